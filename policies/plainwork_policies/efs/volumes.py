"""EFS volumes of ECS task definitions, and the volumes that containers mount.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.hcl.read.json_argument import json_argument
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.api import Argument, Block, Members, Resource, some

TASK_DEFINITION = "aws_ecs_task_definition"
ENABLED = "ENABLED"


def efs_configuration(volume: Block) -> Block | None:
    """Return the block that makes a `volume` an EFS volume."""
    return volume.block("efs_volume_configuration")


def has_efs_volume(task: Resource) -> bool:
    """Return whether a task definition has an EFS volume."""
    return some(task.blocks("volume"), lambda volume: efs_configuration(volume) is not None)


def has_access_point(configuration: Block) -> bool:
    """Return whether an EFS volume has an access point; an empty string is none."""
    access_point = configuration["authorization_config.access_point_id"]
    return access_point.is_set and access_point.raw != ""


def uses_iam(configuration: Block) -> bool:
    """Return whether EFS authorizes the task role."""
    return configuration["authorization_config.iam"].string(default="") == ENABLED


def is_encrypted_in_transit(configuration: Block) -> bool:
    """Return whether an EFS volume uses TLS."""
    return configuration["transit_encryption"].string(default="") == ENABLED


def mounted_volumes(task: Resource) -> Members[str]:
    """Return the `sourceVolume` of each mount point of the containers."""
    definitions = task["container_definitions"]

    def read(_index: int, name: Value) -> str:
        return Argument(task, definitions.path, name).string()

    containers = json_argument(definitions.raw, f"`{definitions.path}`")
    return Members(list(_source_volumes(containers)), read, not_evaluated=definitions.not_evaluated)


def _source_volumes(containers: Value) -> Iterator[Value]:
    for container in containers if isinstance(containers, list) else [containers]:
        points = container if isinstance(container, Unknown) else look_up(container, "mountPoints")
        for point in points if isinstance(points, list) else [points]:
            if (name := look_up(point, "sourceVolume")) is not None:
                yield name
