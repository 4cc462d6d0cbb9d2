from __future__ import annotations

import os
from pathlib import Path

import pytest

from plainwork.errors import SchemaError
from plainwork_core.schema import Attribute, BlockSchema, Schema, load, reduction, store

NESTED_TYPE = {
    "attributes": {"name": {"type": "string", "required": True}, "size": {"type": "number", "optional": True}},
    "nesting_mode": "list",
}


def document(block: dict[str, object]) -> dict[str, object]:
    return {
        "provider_schemas": {"registry.terraform.io/acme/acme": {"resource_schemas": {"acme_site": {"block": block}}}}
    }


def written(path: Path, block: dict[str, object]) -> Path:
    store.write(path, reduction.members(document(block)))
    return path


def site(tmp_path: Path, block: dict[str, object]) -> BlockSchema:
    found = Schema(written(tmp_path / "schema.zip", block)).block("resource", "acme_site")
    assert found is not None
    return found


@pytest.mark.parametrize(("version", "resources", "data_sources"), [("5.100.0", 1526, 608), ("6.69.1", 1735, 685)])
def test_every_type_of_both_provider_versions_is_shipped(version: str, resources: int, data_sources: int) -> None:
    schema = load(version)
    assert (len(schema.types("resource")), len(schema.types("data"))) == (resources + 1, data_sources + 1)


@pytest.mark.parametrize("version", store.SHIPPED)
def test_every_shipped_type_can_be_read(version: str) -> None:
    schema = Schema(store.SHIPPED[version])
    assert all(schema.block("resource", type_) for type_ in schema.types("resource"))
    assert all(schema.block("data", type_) for type_ in schema.types("data"))


@pytest.mark.parametrize(("mode", "type_"), [("resource", "terraform_data"), ("data", "terraform_remote_state")])
def test_the_types_of_terraform_itself_need_no_provider(mode: str, type_: str) -> None:
    assert load().block(mode, type_) is not None


def test_an_attribute_has_a_type_and_says_who_sets_it() -> None:
    bucket = load().block("resource", "aws_s3_bucket")
    assert bucket is not None
    assert bucket.attributes["tags"] == Attribute(["map", "string"], optional=True)
    assert bucket.attributes["arn"] == Attribute("string", computed=True)
    assert bucket.attributes["acl"].deprecated


def test_the_ephemeral_resources_of_aws_5_100_are_shipped() -> None:
    assert "aws_secretsmanager_secret_version" in load().types("ephemeral")
    password = load().block("ephemeral", "aws_secretsmanager_random_password")
    assert password is not None
    assert password.attributes["password_length"].settable


def test_a_write_only_argument_is_marked() -> None:
    instance = load().block("resource", "aws_db_instance")
    assert instance is not None
    assert [name for name, attribute in instance.attributes.items() if attribute.write_only] == ["password_wo"]


def test_the_actions_of_a_provider_are_read(tmp_path: Path) -> None:
    block = {"attributes": {"url": {"type": "string", "required": True}}}
    provider = {"action_schemas": {"acme_call": {"block": block}}}
    store.write(tmp_path / "own.zip", reduction.members({"provider_schemas": {"acme/acme": provider}}))
    call = Schema(tmp_path / "own.zip").block("action", "acme_call")
    assert call == BlockSchema({"url": Attribute("string", required=True)})


def test_a_nested_block_has_limits() -> None:
    versioning = load().block("resource", "aws_s3_bucket_versioning")
    assert versioning is not None
    nested = versioning.blocks["versioning_configuration"]
    assert (nested.nesting, nested.min_items, nested.max_items, nested.is_one) == ("list", 1, 1, True)
    assert nested.block.attributes["status"].required


def test_an_unknown_type_has_no_schema() -> None:
    assert load().block("resource", "acme_site") is None


def test_nested_attributes_of_the_plugin_framework_are_objects(tmp_path: Path) -> None:
    rule = site(tmp_path, {"attributes": {"rule": {"nested_type": NESTED_TYPE, "optional": True}}}).attributes["rule"]
    assert rule.type == ["list", ["object", {"name": "string", "size": "number"}, ["size"]]]


def test_the_id_that_the_plugin_sdk_adds_to_a_resource_cannot_be_set(tmp_path: Path) -> None:
    id_ = {"type": "string", "optional": True, "computed": True}
    assert not site(tmp_path, {"attributes": {"id": id_}}).attributes["id"].settable


def test_a_block_that_is_repeated_is_stored_once() -> None:
    port = {"nesting_mode": "single", "block": {"attributes": {"port": {"type": "number", "required": True}}}}
    assert len(reduction.distinct_blocks({"block_types": {"source": port, "target": port}})) == 2


def test_the_same_members_give_the_same_bytes(tmp_path: Path) -> None:
    block: dict[str, object] = {"attributes": {"name": {"type": "string", "required": True}}}
    assert written(tmp_path / "a.zip", block).read_bytes() == written(tmp_path / "b.zip", block).read_bytes()


@pytest.mark.parametrize("below", [".", "stacks/web"])
def test_the_users_own_file_is_found_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    written(tmp_path / store.FILE_NAME, {"attributes": {"name": {"type": "string", "required": True}}})
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / below)
    assert load().block("resource", "acme_site") is not None
    assert load().block("resource", "aws_s3_bucket") is not None


def test_the_users_own_types_win_over_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = {"resource_schemas": {"aws_s3_bucket": {"block": {}}}}
    store.write(tmp_path / "own.zip", reduction.members({"provider_schemas": {"hashicorp/aws": provider}}))
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "own.zip"))
    assert load().block("resource", "aws_s3_bucket") == BlockSchema()


def test_a_named_file_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(store.VARIABLE, "nowhere.zip")
    with pytest.raises(SchemaError, match=r"PLAINWORK_SCHEMA is 'nowhere.zip'; the file does not exist"):
        load()


def test_a_file_that_is_no_schema_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.zip").write_text("text")
    monkeypatch.setenv(store.VARIABLE, os.fspath(tmp_path / "text.zip"))
    with pytest.raises(SchemaError, match=r"text.zip: not a schema file"):
        load().block("resource", "aws_s3_bucket")
