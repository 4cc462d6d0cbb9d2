from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
[tags]
required = ["Environment", "Owner"]
allowed_values = { Environment = ["dev", "prod"] }
value_patterns = { CostCenter = "cc-[0-9]{4}" }

[regions]
allowed = ["eu-west-1"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plainwork.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["guardrails", *arguments])


@pytest.mark.usefixtures("folder")
def test_hcl_is_on_standard_output_and_the_summary_on_standard_error() -> None:
    result = run()
    assert result.exit_code == 0
    assert 'resource "aws_organizations_policy" "tags" {' in result.stdout
    assert 'resource "aws_organizations_policy" "regions" {' in result.stdout
    assert "Environment: required; value `dev` or `prod`" in result.stderr
    assert "no policy can express the pattern `cc-[0-9]{4}`; `plainwork check` checks it" in result.stderr
    assert "ec2:CreateNetworkInterface: AWS services make the call" in result.stderr
    assert "of 10,240 characters" in result.stderr


@pytest.mark.usefixtures("folder")
def test_json_is_one_object_with_the_policies_by_name() -> None:
    policies = json.loads(run("--format", "json").stdout)
    assert list(policies) == ["tags", "tags-2", "tag-policy", "regions"]
    assert policies["tags"]["Statement"][0]["Sid"] == "RequireEnvironment"


def test_files_have_the_policies_without_spaces_which_count(folder: Path) -> None:
    result = run("--format", "json", "--output", "policies")
    written = sorted(file.name for file in (folder / "policies").iterdir())
    assert written == ["regions.json", "tag-policy.json", "tags-2.json", "tags.json"]
    assert '"Statement":[{"Action":[' in (folder / "policies" / "tags.json").read_text()
    assert "policies/tags.json: written" in result.stdout
    assert "Covered: " in result.stdout


@pytest.mark.usefixtures("folder")
def test_a_file_of_an_earlier_run_is_reported() -> None:
    first = run("--iam", "--format", "json", "--output", "policies")
    assert "policies/tags-2.json: written" in first.stdout
    result = run("tags", "--service", "sqs", "--format", "json", "--output", "policies")
    assert "policies/tags-2.json: of an earlier run and no longer part of the policies; delete it\n" in result.stderr
    assert "regions" not in result.stderr


@pytest.mark.usefixtures("folder")
def test_one_table_alone_and_policies_of_iam() -> None:
    result = run("regions", "--iam")
    assert 'resource "aws_iam_policy" "regions" {' in result.stdout
    assert "aws_organizations_policy" not in result.stdout
    assert "Tags" not in result.stderr


@pytest.mark.usefixtures("folder")
def test_policies_are_attached_to_targets_and_do_not_deny_exempt_principals() -> None:
    result = run("--target", "ou-ab12-cd34ef56", "--exempt", "arn:aws:iam::*:role/break-glass", "--service", "sqs")
    assert 'resource "aws_organizations_policy_attachment" "tags_ou_ab12_cd34ef56" {' in result.stdout
    assert '"aws:PrincipalArn" = ["arn:aws:iam::*:role/break-glass"]' in result.stdout


def test_more_policies_than_a_target_can_have_are_reported(folder: Path) -> None:
    keys = [f"Key{number}" for number in range(50)]
    (folder / "plainwork.toml").write_text(f"[tags]\nrequired = {json.dumps(keys)}\n")
    result = run()
    assert result.exit_code == 0
    assert "service control policies exceed the 9 that a target can have" in result.stderr
    assert "managed policies exceed the 10 of a role by default" in run("--iam").stderr


@pytest.mark.parametrize(
    ("settings", "arguments", "problem"),
    [
        ("", (), "the settings have neither rules for tags nor allowed Regions"),
        ("[regions]\nallowed = ['eu-west-1']", ("tags",), "`[tags]` has no rule"),
        ("[tags]\nrequired = ['Owner', 'owner']", (), "differ in case only"),
        ("[tags]\nrequired = ['Own\"er']", (), "tags have letters, digits, spaces"),
        (SETTINGS, ("--service", "lamda"), "did you mean `lambda`?"),
        (SETTINGS, ("--exempt", "ci"), "--exempt must be ARNs of principals"),
        (SETTINGS, ("--target", "root"), "targets must be roots, organizational units or accounts"),
        (SETTINGS, ("--target", "r-ab12", "--format", "json"), "--target is for HCL"),
        (SETTINGS, ("--output", "plainwork.toml"), "is a file"),
        (SETTINGS, ("--output", "plainwork.toml/x"), "cannot be written"),
        (SETTINGS, ("--config", "none.toml"), "none.toml"),
    ],
)
def test_an_error_names_what_to_correct(folder: Path, settings: str, arguments: tuple[str, ...], problem: str) -> None:
    (folder / "plainwork.toml").write_text(settings)
    result = run(*arguments)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(file.name for file in folder.iterdir()) == ["plainwork.toml"]
