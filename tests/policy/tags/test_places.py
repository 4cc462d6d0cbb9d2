"""Tags are read wherever they are written, and nowhere else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.tags.places import NESTED, TAG_BLOCKS, written_tags

SCHEMA = Path(__file__).parents[3] / "core/plainwork_core/data/aws-5.100.0.schema.zip"
# Called `tags`, these say which resources or objects are meant.
SELECT = ("aws_backup_framework", "aws_s3_bucket", "aws_s3control_bucket_lifecycle_configuration")
# And these are the tags of the provider, written once more.
DEFAULTS = ("aws_s3_object", "aws_s3_object_copy")


@pytest.mark.parametrize(
    ("type_", "body", "expected"),
    [
        ("aws_s3_bucket", "tags = { A = 1 }", {"tags": {"A": 1}}),
        ("aws_s3_bucket", "", {}),
        ("aws_s3_bucket", 'lifecycle_rule {\n tags = { A = "1" }\n}', {}),
        ("aws_instance", "volume_tags = { A = 1 }", {"volume_tags": {"A": 1}}),
        (
            "aws_instance",
            "tags = { A = 1 }\n root_block_device {\n tags = { B = 2 }\n}\n ebs_block_device {\n}\n",
            {"tags": {"A": 1}, "root_block_device.0.tags": {"B": 2}},
        ),
        (
            "aws_launch_template",
            'tag_specifications {\n resource_type = "instance"\n tags = { A = 1 }\n}\n',
            {"tag_specifications.0.tags": {"A": 1}},
        ),
        (
            "aws_autoscaling_group",
            'tag {\n key = "A"\n value = 1\n}\n tag {\n key = "B"\n value = 2\n}\n',
            {"tag.0": {"A": 1}, "tag.1": {"B": 2}},
        ),
    ],
)
def test_tags_are_read_where_they_are_written(type_, body, expected, tmp_path):
    (tmp_path / "main.tf").write_text(f'resource "{type_}" "x" {{\n  {body}\n}}\n', encoding="utf-8")
    (stack,) = read(tmp_path)
    assert {place.path: place.tags for place in written_tags(stack.managed()[0])} == expected


def test_every_nested_argument_of_the_provider_that_sets_tags_is_known():
    found = {(type_, path) for type_, path in nested_in_schema() if not type_.startswith((*SELECT, *DEFAULTS))}
    assert {(type_, path) for type_, paths in NESTED.items() for path in paths} == found


def test_every_type_with_tag_blocks_is_known():
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
