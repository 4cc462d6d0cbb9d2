"""ECS task mounts an EFS volume without encryption in transit, IAM authorization or an access point.

What: An EFS volume of an `aws_ecs_task_definition` without encryption in transit, without IAM authorization or without
    an access point. Each volume and each of the three is a separate finding.
Why: Without encryption in transit, the network can read the files. Without IAM authorization, EFS does not check the
    task role, so the file system has to allow anonymous access. Without an access point, the task can access the whole
    file system.
Remedy: Set `transit_encryption`, `iam` and `access_point_id` together.
Limitations: The permissions of the task role are not checked. A volume that ECS rejects because it has no encryption in
    transit is reported by `ecs-efs-volume-invalid`.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Resource, any_condition, check_each, policy
from plainwork_policies.efs.volumes import (
    ENABLED,
    TASK_DEFINITION,
    efs_configuration,
    has_access_point,
    has_efs_volume,
    is_encrypted_in_transit,
    uses_iam,
)


@policy(
    "PLW_EFS_007",
    "ecs-efs-volume-insecure",
    severity="medium",
    on=TASK_DEFINITION,
    where=has_efs_volume,
    aliases=("ecs-volume-unprotected",),
    links=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html",),
)
def ecs_efs_volume_insecure(task: Resource) -> Findings:
    """Check each EFS volume."""
    yield from check_each(task.blocks("volume"), _volume_problems)


def _volume_problems(volume: Block) -> Findings:
    if (efs := efs_configuration(volume)) is None:
        return
    volume_name = volume["name"]
    name = f"volume {volume_name.state}" if isinstance(volume_name.raw, str) else f"`{volume.path}`"
    checks = (_transit_encryption_problems, _iam_problems, _access_point_problems)
    yield from check_each(checks, lambda check: check(efs, name))


def _transit_encryption_problems(efs: Block, name: str) -> Findings:
    is_rejected = (lambda: has_access_point(efs), lambda: uses_iam(efs))
    if not any_condition(lambda: is_encrypted_in_transit(efs), *is_rejected):
        argument = efs["transit_encryption"]
        message = f"`transit_encryption` of {name} is {argument.state}"
        yield argument.fail(message, remedy=f'Set `transit_encryption = "{ENABLED}"`.')


def _iam_problems(efs: Block, name: str) -> Findings:
    if not uses_iam(efs):
        argument = efs["authorization_config.iam"]
        message = f"`iam` of {name} is {argument.state}; EFS does not check the task role"
        yield argument.fail(message, remedy=f'Set `iam = "{ENABLED}"` in `authorization_config`.')


def _access_point_problems(efs: Block, name: str) -> Findings:
    if not has_access_point(efs):
        message = f"`access_point_id` of {name} is not set; the task can access the whole file system"
        remedy = "Set `access_point_id` in `authorization_config` to the ID of an `aws_efs_access_point`."
        yield efs["authorization_config.access_point_id"].fail(message, remedy=remedy)
