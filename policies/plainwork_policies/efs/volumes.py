"""The EFS volumes of ECS task definitions, and what containers mount.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import JsonText, Unknown, Value, look_up

_EFS = "efs_volume_configuration"
_ACCESS_POINT, _IAM = "authorization_config.0.access_point_id", "authorization_config.0.iam"


@dataclass(frozen=True)
class Volume:
    """One EFS volume: what stands in its configuration, which is at *path* of the task definition."""

    name: Value
    path: str
    values: Mapping[str, Value]

    def get(self, path: str) -> Value:
        """Follow *path* into the configuration; an empty string is none."""
        value = look_up(self.values, path)
        return None if isinstance(value, str) and not value else value

    @property
    def access_point(self) -> Value:
        """The id of the access point."""
        return self.get(_ACCESS_POINT)

    @property
    def encrypted(self) -> bool | Unknown:
        """Whether TLS is on."""
        return self._enabled("transit_encryption")

    @property
    def signed_in(self) -> bool | Unknown:
        """Whether the task role counts."""
        return self._enabled(_IAM)

    def _enabled(self, path: str) -> bool | Unknown:
        value = self.get(path)
        return value if isinstance(value, Unknown) else value == "ENABLED"


def task_definitions(stack: Stack) -> list[Resource]:
    """Return the task definitions."""
    return stack.managed("aws_ecs_task_definition")


def efs_volumes(task: Resource) -> Iterator[Volume | Unknown]:
    """Yield the EFS volumes of *task*, and the `Unknown` that hides one that may be."""
    for index, block in enumerate(task.blocks("volume")):
        values = look_up({"volume": [block]}, f"volume.0.{_EFS}.0")
        if isinstance(values, Mapping):
            yield Volume(block.get("name"), f"volume.{index}.{_EFS}.0", values)
        elif isinstance(values, Unknown):
            yield values


def mounted(task: Resource) -> Iterator[Value]:
    """Yield the name of each volume that a container of *task* mounts; `Unknown` where that cannot be told."""
    containers = _containers(task.get("container_definitions"))
    for container in containers if isinstance(containers, list) else [containers]:
        points = container if isinstance(container, Unknown) else look_up(container, "mountPoints")
        for point in points if isinstance(points, list) else [points]:
            name = look_up(point, "sourceVolume")
            if name is not None:
                yield name


def _containers(definitions: Value) -> Value:
    if isinstance(definitions, JsonText):
        return definitions.document
    if not isinstance(definitions, str):
        return definitions
    try:
        return json.loads(definitions)
    except ValueError as error:
        return Unknown(f"`container_definitions` is no JSON: {error}")
