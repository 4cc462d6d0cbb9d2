"""`plainwork schema show`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.schema.store import content_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

RULE = """\
aws_s3_bucket.lifecycle_rule: AWS provider 6.69.1 (in 5.100.0 and 6.69.1)

Required
  enabled                                 bool

Optional
  abort_incomplete_multipart_upload_days  number
  id                                      string       computed
  prefix                                  string
  tags                                    map(string)

Blocks
  expiration                              at most 1
  noncurrent_version_expiration           at most 1
  noncurrent_version_transition           any number
  transition                              any number
"""


def show(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["schema", "show", *arguments])


@pytest.mark.parametrize("path", [["aws_s3_bucket", "lifecycle_rule"], ["aws_s3_bucket.lifecycle_rule"]])
def test_it_shows_a_nested_block(path: list[str]) -> None:
    assert show(*path).output == RULE


def test_it_shows_deprecations_and_what_only_one_version_has() -> None:
    lines = [line.split(maxsplit=2) for line in show("aws_s3_bucket").output.splitlines()]
    assert ["acl", "string", "computed, deprecated"] in lines
    assert ["bucket_namespace", "string", "computed, only in 6.69.1"] in lines
    assert ["bucket_namespace"] not in [
        line[:1] for line in map(str.split, show("aws_s3_bucket", "--provider-version", "~> 5.0").output.splitlines())
    ]


def test_it_shows_data_sources_ephemeral_resources_and_providers() -> None:
    assert "  owners                 list(string)\n" in show("data.aws_ami").output
    assert show("data.aws_ami", "filter").output.startswith("data.aws_ami.filter: AWS provider 6.69.1")
    assert "  secret     any number\n" in show("ephemeral.aws_kms_secrets").output
    assert "  access_key " in show("provider.aws").output


def test_an_object_is_spelled_as_in_terraform() -> None:
    assert "set(object({ product_code_id = string, product_code_type = string }))" in show("data.aws_ami").output


def test_json_has_the_same_facts() -> None:
    document = json.loads(show("aws_s3_bucket", "lifecycle_rule", "--format", "json").output)
    members = {member["name"]: member for member in document.pop("members")}
    assert document == {
        "kind": "resource",
        "type": "aws_s3_bucket",
        "block": ["lifecycle_rule"],
        "provider_version": "6.69.1",
        "provider_versions": ["5.100.0", "6.69.1"],
    }
    assert members["id"] == {
        "name": "id",
        "kind": "optional",
        "type": "string",
        "marks": ["computed"],
        "min_items": 0,
        "max_items": 0,
        "versions": ["5.100.0", "6.69.1"],
    }
    assert (members["expiration"]["type"], members["expiration"]["max_items"]) == ("list", 1)


def test_a_type_of_the_users_file_has_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = [{"attributes": {"name": ["string", "r"]}}]
    (tmp_path / "plainwork.schema.zip").write_bytes(content_of({"resource/acme_site": own}))
    assert show("acme_site").output == "acme_site: your schema\n\nRequired\n  name  string\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["aws_s3_buckt"], "aws_s3_buckt is not a type of the loaded schemas; did you mean `aws_s3_bucket`?"),
        (["aws_ami_ids"], "aws_ami_ids is not a type of the loaded schemas; did you mean `data.aws_ami_ids`?"),
        (
            ["aws_opsworks_stack"],
            "aws_opsworks_stack is not a type of the loaded schemas; provider 5.100.0 has it, not 6.69.1",
        ),
        (
            ["aws_s3_bucket", "lifecycle_rul"],
            "`lifecycle_rul` is not a block of aws_s3_bucket; did you mean `lifecycle_rule`?",
        ),
        (["aws_s3_bucket", "bucket"], "`bucket` is an argument or attribute of aws_s3_bucket, not a block"),
    ],
)
def test_a_wrong_name_is_2_and_names_the_right_one(arguments: list[str], error: str) -> None:
    done = show(*arguments)
    assert (done.exit_code, done.stderr) == (2, f"Error: {error}\n")
