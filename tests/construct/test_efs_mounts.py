"""The arguments that mount an access point in ECS, Lambda and Kubernetes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, synthesize
from plainwork.errors import ArgumentsError
from plainwork.functions import jsonencode
from tests.support.efs_file_systems import access_point, file_system

if TYPE_CHECKING:
    from plainwork import Stack
    from plainwork.efs import AccessPoint


@pytest.fixture
def data(stack: Stack) -> AccessPoint:
    return access_point(file_system(stack))


def test_an_ecs_volume_has_encryption_in_transit_and_iam_authorization(data: AccessPoint) -> None:
    assert data.ecs_volume("data") == {
        "name": "data",
        "efs_volume_configuration": {
            "file_system_id": "${aws_efs_file_system.files.id}",
            "transit_encryption": "ENABLED",
            "authorization_config": {"access_point_id": "${aws_efs_access_point.files_data.id}", "iam": "ENABLED"},
        },
    }


@pytest.mark.parametrize(
    "argument", [{"root_directory": "/x"}, {"transit_encryption": "DISABLED"}, {"iam": "DISABLED"}]
)
def test_an_ecs_volume_has_no_other_options(data: AccessPoint, argument: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=next(iter(argument))):
        data.ecs_volume("data", **argument)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_mount_point_refers_to_its_volume(data: AccessPoint, read_only: bool) -> None:  # noqa: FBT001
    mount_point = data.ecs_volume("files").mount_point("/data", read_only=read_only)
    assert mount_point == {"sourceVolume": "files", "containerPath": "/data", "readOnly": read_only}


def test_a_task_definition_accepts_volume_and_mount_point(stack: Stack, data: AccessPoint) -> None:
    volume = data.ecs_volume("data")
    container = {"name": "web", "image": "web", "mountPoints": [volume.mount_point("/data", read_only=True)]}
    definition = Resource(
        stack,
        "aws_ecs_task_definition",
        "web",
        family="web",
        container_definitions=jsonencode([container]),
        volume=volume,
    )
    arguments = synthesize(stack)["resource"]["aws_ecs_task_definition"]["web"]
    assert definition.address == "aws_ecs_task_definition.web"
    assert arguments["volume"] == [volume]
    assert (
        'mountPoints = [{ sourceVolume = "data", containerPath = "/data", readOnly = true }]'
        in (arguments["container_definitions"])
    )


@pytest.mark.parametrize("name", ["", "a b", "a" * 256, None])
def test_an_invalid_volume_name_is_rejected(data: AccessPoint, name: Any) -> None:
    with pytest.raises(ArgumentsError, match="name must be 1 to 255 letters") as error:
        data.ecs_volume(name)
    assert repr(name) in str(error.value)


@pytest.mark.parametrize("path", ["data", "/", "//", "", None])
def test_an_invalid_container_path_is_rejected(data: AccessPoint, path: Any) -> None:
    with pytest.raises(ArgumentsError, match="container_path must be an absolute path") as error:
        data.ecs_volume("data").mount_point(path, read_only=True)
    assert repr(path) in str(error.value)


def test_read_only_is_required_and_a_boolean(data: AccessPoint) -> None:
    with pytest.raises(TypeError, match="read_only"):
        data.ecs_volume("data").mount_point("/data")  # type: ignore[call-arg]  the invalid value
    with pytest.raises(ArgumentsError, match="read_only must be True or False: got 'true'"):
        data.ecs_volume("data").mount_point("/data", read_only="true")  # type: ignore[arg-type]  the invalid value


@pytest.mark.parametrize("path", ["/mnt/data", "/mnt/a.b_c-d", "${var.path}", "/mnt/" + "a" * 155])
def test_a_lambda_function_mounts_at_a_directory_in_mnt(data: AccessPoint, path: str) -> None:
    config = {"arn": "${aws_efs_access_point.files_data.arn}", "local_mount_path": path}
    assert data.lambda_file_system_config(path) == config


@pytest.mark.parametrize("path", ["/data", "/mnt", "/mnt/", "/mnt/a/b", "mnt/data", None])
def test_another_lambda_path_is_rejected(data: AccessPoint, path: Any) -> None:
    with pytest.raises(ArgumentsError, match="local_mount_path must be a directory in /mnt") as error:
        data.lambda_file_system_config(path)
    assert repr(path) in str(error.value)


def test_a_long_lambda_path_is_rejected(data: AccessPoint) -> None:
    with pytest.raises(ArgumentsError, match="local_mount_path must have at most 160 characters: got 161"):
        data.lambda_file_system_config("/mnt/" + "a" * 156)


def test_the_csi_volume_handle_has_file_system_and_access_point(data: AccessPoint) -> None:
    assert data.csi_volume_handle == "${aws_efs_file_system.files.id}::${aws_efs_access_point.files_data.id}"
