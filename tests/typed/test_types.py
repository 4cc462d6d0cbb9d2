"""`plainwork.types` at run time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, DataSource, Ephemeral, Resource, Stack, synthesize
from plainwork.errors import AddressError, ArgumentsError
from plainwork.types import aws_ami, aws_kms_secrets, aws_lb, aws_s3_bucket

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    return Stack(App(tmp_path), "one")


def test_a_typed_resource_is_the_resource_of_that_type(stack: Stack, tmp_path: Path) -> None:
    other = Stack(App(tmp_path / "other"), "one")
    aws_s3_bucket.Resource(stack, "files", bucket="files")
    Resource(other, "aws_s3_bucket", "files", bucket="files")
    assert synthesize(stack) == synthesize(other)


def test_data_sources_and_ephemeral_resources_are_of_the_classes_of_plainwork(stack: Stack) -> None:
    image = aws_ami.DataSource(stack, "image", owners=["amazon"])
    secrets = aws_kms_secrets.Ephemeral(stack, "all", secret=[{"name": "a", "payload": "b"}])
    assert isinstance(image, DataSource)
    assert image["arn"] == "${data.aws_ami.image.arn}"
    assert isinstance(secrets, Ephemeral)
    assert secrets.address == "ephemeral.aws_kms_secrets.all"


def test_the_class_of_a_block_is_a_dict(stack: Stack) -> None:
    logs = aws_lb.AccessLogs(bucket="logs", prefix="web")
    assert logs == {"bucket": "logs", "prefix": "web"}
    aws_lb.Resource(stack, "web", access_logs=logs)


def test_the_arguments_are_checked_by_the_schema_as_those_of_resource(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"unsupported argument `buckett` .*; did you mean `bucket`"):
        aws_s3_bucket.Resource(stack, "files", buckett="files")


def test_a_type_can_be_tested_with_isinstance(stack: Stack) -> None:
    bucket = aws_s3_bucket.Resource(stack, "files")
    assert isinstance(bucket, aws_s3_bucket.Resource)
    assert not isinstance(bucket, aws_lb.Resource)
    assert not isinstance(bucket, aws_s3_bucket.DataSource)


def test_a_path_outside_of_the_stub_is_an_attribute(stack: Stack) -> None:
    bucket = aws_s3_bucket.Resource(stack, "files")
    assert bucket.attribute('tags["Name"]') == '${aws_s3_bucket.files.tags["Name"]}'


def test_a_wrong_type_is_an_error_that_names_the_right_one(stack: Stack) -> None:
    from plainwork.types import aws_s3_buckt  # noqa: PLC0415  the stub has no such type

    with pytest.raises(AddressError, match="did you mean `aws_s3_bucket`"):
        aws_s3_buckt.Resource(stack, "files")


@pytest.mark.parametrize("name", ["Aws", "_aws", "__wrapped__"])
def test_what_cannot_be_a_type_is_no_attribute(name: str) -> None:
    types: Any = sys.modules["plainwork.types"]
    assert not hasattr(types, name)


def test_a_type_has_classes_only() -> None:
    with pytest.raises(AttributeError, match="aws_lb has no attribute 'arn'; use Resource, DataSource, Ephemeral or"):
        aws_lb.arn  # noqa: B018


def test_the_import_starts_no_node_and_reads_no_schema() -> None:
    code = "import sys; from plainwork.types import aws_lb; print({'jsii', 'cdktf', 'zipfile'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "set()\n"
