"""The arguments that mount an access point in ECS tasks and Lambda functions.

ECS requires encryption in transit and no root directory with an access point, and IAM authorization to distinguish task
roles: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html and
`API_EFSAuthorizationConfig.html` there. The role is the task role, not the execution role
(https://github.com/aws/amazon-ecs-agent/issues/4714).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import ArgumentsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOLUME_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
_LAMBDA_PATH = re.compile(r"/mnt/[a-zA-Z0-9_.-]+")
_MAX_LAMBDA_PATH = 160


class EcsVolume(dict[str, Any]):
    """The `volume` block of an `aws_ecs_task_definition`: a dict with a method for the mount points of containers.

    Args:
        name: name in the task definition: up to 255 letters, digits, hyphens and underscores.
        file_system_id: the file system of the access point.
        access_point_id: `fsap-...`.

    Raises:
        ArgumentsError: ECS rejects the name.
    """

    def __init__(self, name: str, *, file_system_id: str, access_point_id: str) -> None:
        if not scalars.is_reference(name) and not (isinstance(name, str) and _VOLUME_NAME.fullmatch(name)):
            problem = f"name must be 1 to 255 letters, digits, '-' and '_': got {name!r}"
            raise ArgumentsError("ECS volume", [problem])
        super().__init__(
            name=name,
            efs_volume_configuration={
                "file_system_id": file_system_id,
                "transit_encryption": "ENABLED",
                "authorization_config": {"access_point_id": access_point_id, "iam": "ENABLED"},
            },
        )

    def mount_point(self, container_path: str, *, read_only: bool) -> dict[str, Any]:
        """Return an element of `mountPoints` of a container definition.

        Docker creates the mount point with the owner that it has in the image, and fails if the user of the access
        point cannot do so (https://github.com/aws/amazon-ecs-agent/issues/4702). Mount at a path that does not exist in
        the image, or that is owned by the user of the access point.

        Args:
            container_path: directory in the container, as `/data`.
            read_only: whether the container mounts the directory read-only. The role also needs a grant: see
                `AccessPoint.grant_read`.

        Raises:
            ArgumentsError: the path is not absolute, or is the root directory of the container.
        """
        if problems := [*_container_path_problems(container_path), *scalars.boolean_problems("read_only", read_only)]:
            raise ArgumentsError(f"mount point of ECS volume {self['name']!r}", problems)
        return {"sourceVolume": self["name"], "containerPath": container_path, "readOnly": read_only}


def lambda_file_system_config(access_point_arn: str, local_mount_path: str) -> dict[str, str]:
    """Return the `file_system_config` block of an `aws_lambda_function`.

    Raises:
        ArgumentsError: Lambda rejects the path
            (https://docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html).
    """
    if problems := [*_lambda_path_problems(local_mount_path)]:
        raise ArgumentsError("Lambda file system", problems)
    return {"arn": access_point_arn, "local_mount_path": local_mount_path}


def _container_path_problems(path: Any) -> Iterator[str]:
    is_absolute = isinstance(path, str) and path.startswith("/") and path.strip("/")
    if not scalars.is_reference(path) and not is_absolute:
        yield f"container_path must be an absolute path other than '/', as '/data': got {path!r}"


def _lambda_path_problems(path: Any) -> Iterator[str]:
    if scalars.is_reference(path):
        return
    if not _LAMBDA_PATH.fullmatch(str(path)):
        yield f"local_mount_path must be a directory in /mnt, as '/mnt/data': got {path!r}"
    elif len(path) > _MAX_LAMBDA_PATH:
        yield f"local_mount_path must have at most {_MAX_LAMBDA_PATH} characters: got {len(path)}, in {path!r}"
