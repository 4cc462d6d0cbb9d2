import json

import pytest

from plainwork_core.aws.taggable_types import taggable_types, types_with_newer_tags
from plainwork_core.data_files import FOLDER, read_stamp
from plainwork_core.read import read
from plainwork_core.schema import Schema
from plainwork_core.schema.store import SHIPPED, VARIABLE, write
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_required_missing import tag_required_missing
from tools.data import DATA

OWNER = Settings(tables=(TagSettings(required=("Owner",)),))
NAME = {"name": ["string", "r"]}
TAGS = {"tags": [["map", "string"], "o"], "tags_all": [["map", "string"], "oc"]}


def resource(type_):
    return f'provider "aws" {{}}\nresource "{type_}" "x" {{\n}}\n'


@pytest.fixture
def own_schema(tmp_path, monkeypatch):
    def own_schema(type_, attributes):
        file = tmp_path / "own.zip"
        write(file, {f"resource/{type_}": [{"attributes": attributes}]})
        monkeypatch.setenv(VARIABLE, str(file))

    return own_schema


@pytest.mark.parametrize("type_", ["aws_sqs_queue", "aws_s3vectors_index"])
def test_a_type_of_provider_5_or_6_that_accepts_tags_is_a_subject(type_, statuses):
    assert statuses(tag_required_missing, resource(type_), OWNER) == {f"{type_}.x": "failed"}


VERSION = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "%s"
    }
  }
}
"""


def test_a_type_that_accepts_tags_in_newer_providers_only_is_a_subject_with_their_schema(own_schema, statuses):
    assert statuses(tag_required_missing, resource("aws_dx_gateway"), OWNER) == {}
    own_schema("aws_dx_gateway", NAME | TAGS)
    assert statuses(tag_required_missing, resource("aws_dx_gateway"), OWNER) == {"aws_dx_gateway.x": "failed"}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [("~> 6.0", ["failed"]), (">= 5.0", ["failed"]), ("6.69.1", ["failed"]), ("~> 5.100", []), ("6.2.0", [])],
)
def test_the_version_constraint_decides_about_tags_that_came_with_a_newer_provider(constraint, expected, tmp_path):
    (tmp_path / "main.tf").write_text(VERSION % constraint + resource("aws_dx_gateway"))
    (stack,) = read(tmp_path)
    assert [result.status for result in evaluate(stack, [tag_required_missing], OWNER)] == expected


def test_the_lock_file_precedes_the_version_constraint(tmp_path):
    (tmp_path / "main.tf").write_text(VERSION % ">= 5.0" + resource("aws_dx_gateway"))
    lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n'
    (tmp_path / ".terraform.lock.hcl").write_text(lock)
    (stack,) = read(tmp_path)
    assert evaluate(stack, [tag_required_missing], OWNER) == []


def test_a_type_without_tags_in_the_schema_of_the_user_is_not_a_subject(own_schema, statuses):
    own_schema("aws_sqs_queue", NAME)
    assert statuses(tag_required_missing, resource("aws_sqs_queue"), OWNER) == {}


def test_the_table_is_up_to_date():
    (file,) = (file for file in DATA if file.name == "taggable_types.json")
    kept = file.path.read_bytes()
    assert file.write(read_stamp(kept), None, None) == kept, "run python -m tools.data taggable_types.json"


def test_the_newer_types_are_not_types_of_the_older_schema():
    table = json.loads((FOLDER / "taggable_types.json").read_text(encoding="utf-8"))
    older = set(Schema(SHIPPED["5.100.0"]).types("resource"))
    assert len(table["newer_types"]) > 100
    assert not older & set(table["newer_types"])
    assert types_with_newer_tags() < older
    assert set(table["newer_types"]) < taggable_types()
