import json
from zipfile import ZipFile

import pytest

from plainwork_core.aws.taggable_types import taggable_types
from plainwork_core.data_files import FOLDER
from plainwork_core.schema.store import SHIPPED, VARIABLE, write
from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_required_missing import tag_required_missing

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


def test_a_type_that_accepts_tags_in_newer_providers_only_is_a_subject_with_their_schema(own_schema, statuses):
    assert statuses(tag_required_missing, resource("aws_dx_gateway"), OWNER) == {}
    own_schema("aws_dx_gateway", NAME | TAGS)
    assert statuses(tag_required_missing, resource("aws_dx_gateway"), OWNER) == {"aws_dx_gateway.x": "failed"}


def test_a_type_without_tags_in_the_schema_of_the_user_is_not_a_subject(own_schema, statuses):
    own_schema("aws_sqs_queue", NAME)
    assert statuses(tag_required_missing, resource("aws_sqs_queue"), OWNER) == {}


def test_the_newer_types_are_not_types_of_the_shipped_schema():
    newer = json.loads((FOLDER / "taggable_types.json").read_text(encoding="utf-8"))["newer_types"]
    shipped = {name.removeprefix("resource/").removesuffix(".json") for name in ZipFile(SHIPPED).namelist()}
    assert len(newer) > 100
    assert not shipped & set(newer)
    assert set(newer) < taggable_types()
