"""ECS task definition has an invalid EFS volume.

What: An EFS volume of an `aws_ecs_task_definition` with both an access point and a `root_directory`, or with an access
    point or IAM authorization but without `transit_encryption = "ENABLED"`. Also a container that mounts a volume that
    the task definition does not define.
Why: `terraform plan` accepts these values. ECS rejects the new revision during apply.
Remedy: Set `transit_encryption = "ENABLED"` with an access point, and do not set `root_directory`.
Limitations: `container_definitions` with an unknown value are checked as far as they are known.
"""

from __future__ import annotations

from plainwork_policies.api import (
    Block,
    Findings,
    Resource,
    all_conditions,
    any_condition,
    check_each,
    is_certain,
    policy,
    some,
)
from plainwork_policies.efs.volumes import (
    ENABLED,
    TASK_DEFINITION,
    efs_configuration,
    has_access_point,
    has_efs_volume,
    is_encrypted_in_transit,
    mounted_volumes,
    uses_iam,
)


def has_volumes(task: Resource) -> bool:
    """Return whether a task definition has an EFS volume, or a container that certainly mounts a volume."""
    return any_condition(lambda: has_efs_volume(task), lambda: bool(mounted_volumes(task).certain()))


@policy(
    "PLW_EFS_006",
    "ecs-efs-volume-invalid",
    severity="medium",
    on=TASK_DEFINITION,
    where=has_volumes,
    aliases=("ecs-volume-refused",),
    links=("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",),
)
def ecs_efs_volume_invalid(task: Resource) -> Findings:
    """Check each EFS volume, and the volumes that containers mount."""
    yield from check_each(task.blocks("volume"), _volume_problems)
    yield from check_each(mounted_volumes(task), lambda name: _mount_problems(task, name))


def _volume_problems(volume: Block) -> Findings:
    if (configuration := efs_configuration(volume)) is not None:
        yield from check_each((_directory_problems, _encryption_problems), lambda check: check(configuration))


def _directory_problems(efs: Block) -> Findings:
    directory = efs["root_directory"]
    if all_conditions(lambda: directory.string(default="") not in ("", "/"), lambda: has_access_point(efs)):
        message = f"`root_directory` is {directory.state} with an access point; ECS requires `/` or no value"
        yield directory.fail(message, remedy="Remove `root_directory`; set the path in the access point.")


def _encryption_problems(efs: Block) -> Findings:
    requires_encryption = (lambda: has_access_point(efs), lambda: uses_iam(efs))
    if not all_conditions(lambda: not is_encrypted_in_transit(efs), lambda: any_condition(*requires_encryption)):
        return
    encryption = efs["transit_encryption"]
    feature = "an access point" if is_certain(lambda: has_access_point(efs)) else "IAM authorization"
    message = f"`transit_encryption` is {encryption.state}; ECS requires `{ENABLED}` with {feature}"
    yield encryption.fail(message, remedy=f'Set `transit_encryption = "{ENABLED}"`.')


def _mount_problems(task: Resource, name: str) -> Findings:
    if not some(task.blocks("volume"), lambda volume: volume["name"].string(default="") == name):
        message = f"`sourceVolume` is `{name}`, which the task definition does not define"
        remedy = f"Add a `volume` named `{name}`, or set `sourceVolume` to the name of a `volume`."
        yield task["container_definitions"].fail(message, value=name, remedy=remedy)
