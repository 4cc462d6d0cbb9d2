"""An access point as a volume of an ECS task definition, in the one combination that ECS takes.

With an access point ECS wants encryption in transit and no root directory, and only IAM authorization lets the task
role be told from another: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html and
`API_EFSAuthorizationConfig.html` there. The role is the task's, not the execution role
(https://github.com/aws/amazon-ecs-agent/issues/4714).
"""

from __future__ import annotations

import re
from typing import Any

from plainwork.checks import scalars
from plainwork.errors import ArgumentsError

_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")


class EcsVolume(dict[str, Any]):
    """The `volume` block of an `aws_ecs_task_definition`, as a dict that also knows how a container mounts it.

    Args:
        name: in the task definition: up to 255 letters, digits, hyphens and underscores.
        file_system_id: of the access point's file system.
        access_point_id: `fsap-...`.

    Raises:
        ArgumentsError: ECS would reject the name.
    """

    def __init__(self, name: str, *, file_system_id: str, access_point_id: str) -> None:
        if not scalars.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
            problem = f"name must be 1 to 255 letters, digits, '-' and '_': got {name!r}"
            raise ArgumentsError("an ECS volume", [problem])
        super().__init__(
            name=name,
            efs_volume_configuration={
                "file_system_id": file_system_id,
                "transit_encryption": "ENABLED",
                "authorization_config": {"access_point_id": access_point_id, "iam": "ENABLED"},
            },
        )

    def mount_point(self, container_path: str, *, read_only: bool) -> dict[str, Any]:
        """One of the `mountPoints` of a container definition.

        Docker makes the mount point in the container with the owner it has in the image, and fails where the access
        point's user may not do so (https://github.com/aws/amazon-ecs-agent/issues/4702): mount at a path that the image
        does not have, or whose owner there is the access point's user.

        Args:
            container_path: where the files are in the container, as `/data`.
            read_only: whether the container may only read. What the role may is said in `AccessPoint.grant`.

        Raises:
            ArgumentsError: the path is not absolute, or is the container's own root.
        """
        if problems := [*_path_problems(container_path), *scalars.boolean_problems("read_only", read_only)]:
            raise ArgumentsError(f"a mount point of ECS volume {self['name']!r}", problems)
        return {"sourceVolume": self["name"], "containerPath": container_path, "readOnly": read_only}


def _path_problems(path: Any) -> list[str]:
    if scalars.is_reference(path) or (isinstance(path, str) and path.startswith("/") and path.strip("/")):
        return []
    return [f"container_path must begin with '/' and not be '/' itself, as '/data': got {path!r}"]
