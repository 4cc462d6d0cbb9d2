"""Tags are read from every argument that sets tags, and from no other."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.reading.block import Resource
from plainwork_policies.tags.tag_sources import NESTED, TAG_BLOCKS, tag_sources

SCHEMA = Path(__file__).parents[3] / "core/plainwork_core/data/aws-5.100.0.schema.zip"
# In these types `tags` selects resources or objects.
SELECT = ("aws_backup_framework", "aws_s3_bucket", "aws_s3control_bucket_lifecycle_configuration")
# In these types the block `override_provider` has the tags of the provider.
DEFAULTS = ("aws_s3_object", "aws_s3_object_copy")


@pytest.mark.parametrize(
    ("type_", "body", "expected"),
    [
        ("aws_s3_bucket", "tags = { A = 1 }", {"tags.A": 1}),
        ("aws_s3_bucket", "", {}),
        ("aws_s3_bucket", 'lifecycle_rule {\n tags = { A = "1" }\n}', {}),
        ("aws_instance", "volume_tags = { A = 1 }", {"volume_tags.A": 1}),
        (
            "aws_instance",
            "tags = { A = 1 }\n root_block_device {\n tags = { B = 2 }\n}\n ebs_block_device {\n}\n",
            {"tags.A": 1, "root_block_device.0.tags.B": 2},
        ),
        (
            "aws_launch_template",
            'tag_specifications {\n resource_type = "instance"\n tags = { A = 1 }\n}\n',
            {"tag_specifications.0.tags.A": 1},
        ),
        (
            "aws_autoscaling_group",
            'tag {\n key = "A"\n value = 1\n}\n tag {\n key = "B"\n value = 2\n}\n',
            {"tag.0": 1, "tag.1": 2},
        ),
        (
            "aws_autoscaling_group",
            'tags = [{ key = "A", value = 1, propagate_at_launch = true }]',
            {"tags.0": 1},
        ),
    ],
)
def test_tags_are_read_where_they_are_set(type_, body, expected, tmp_path):
    (tmp_path / "main.tf").write_text(f'resource "{type_}" "x" {{\n  {body}\n}}\n', encoding="utf-8")
    (stack,) = read(tmp_path)
    sources = tag_sources(Resource(stack.managed()[0], stack))
    assert {tag.value.path: tag.value.number() for source in sources for tag in source.tags()} == expected


def test_every_nested_argument_of_the_schema_that_sets_tags_is_in_the_table():
    found = {(type_, path) for type_, path in nested_in_schema() if not type_.startswith((*SELECT, *DEFAULTS))}
    assert {(type_, path) for type_, paths in NESTED.items() for path in paths} == found


def test_every_type_with_tag_blocks_is_in_the_table():
    assert set(TAG_BLOCKS) == {type_ for type_, block in top_level() if "tag" in block.get("blocks", {})}


def top_level():
    with zipfile.ZipFile(SCHEMA) as archive:
        for name in archive.namelist():
            if name.startswith("resource/"):
                yield Path(name).stem, json.loads(archive.read(name))[-1]


def nested_in_schema():
    with zipfile.ZipFile(SCHEMA) as archive:
        for name in archive.namelist():
            if name.startswith("resource/"):
                blocks = json.loads(archive.read(name))
                yield from ((Path(name).stem, path) for path in paths_to_tags(blocks, blocks[-1], ""))


def paths_to_tags(blocks, block, before):
    for name in block.get("attributes", {}):
        if (before and name == "tags") or name == "volume_tags":
            yield before + name
    for name, nested in block.get("blocks", {}).items():
        yield from paths_to_tags(blocks, blocks[nested[4]], f"{before}{name}.")
