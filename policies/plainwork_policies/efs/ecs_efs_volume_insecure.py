"""ECS task mounts an EFS volume without encryption in transit, IAM authorization or an access point.

What: an EFS volume of an `aws_ecs_task_definition` without encryption in transit, without IAM authorization or without
    an access point. Each volume and each of the three is a finding of its own.
Why: in the clear, the files can be read on the way. Without `iam`, EFS does not ask for the task role, so the file
    system has to be open to everybody in the network. Without an access point the task sees the files of all others.
Remedy: all three together::

        efs_volume_configuration {
          file_system_id     = aws_efs_file_system.files.id
          transit_encryption = "ENABLED"

          authorization_config {
            access_point_id = aws_efs_access_point.reports.id
            iam             = "ENABLED"
          }
        }
Limitations: what the task role may do is not judged here. A volume that ECS refuses for its lack of encryption is
    `ecs-efs-volume-invalid`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.efs.volumes import Volume, efs_volumes, task_definitions
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def tasks_with_efs(stack: Stack) -> list[Resource]:
    """Return the task definitions that have an EFS volume, or may have."""
    return [task for task in task_definitions(stack) if list(efs_volumes(task))]


@policy(
    "PLW_EFS_007",
    "ecs-efs-volume-insecure",
    aliases=("ecs-volume-unprotected",),
    severity="medium",
    subjects=tasks_with_efs,
    links=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html",),
)
def ecs_efs_volume_insecure(task: Resource) -> Iterator[Finding]:
    """Judge each EFS volume of *task*."""
    for volume in efs_volumes(task):
        if isinstance(volume, Unknown):
            yield not_evaluated("volume", volume)
        else:
            yield from _of_volume(volume)


def _of_volume(volume: Volume) -> Iterator[Finding]:
    name = "a volume of unknown name" if isinstance(volume.name, Unknown) else f"`{volume.name}`"
    is_refused = volume.access_point is not None or volume.signed_in is True
    answers = (
        ("transit_encryption", is_refused or volume.encrypted, "in the clear", 'transit_encryption = "ENABLED"'),
        ("authorization_config.0.iam", volume.signed_in, "without its role: EFS asks nobody", 'iam = "ENABLED"'),
        (
            "authorization_config.0.access_point_id",
            volume.access_point is not None,
            "without an access point: it sees the files of all others",
            "access_point_id",
        ),
    )
    for argument, answer, how, remedy in answers:
        path = f"{volume.path}.{argument}"
        if isinstance(answer, Unknown):
            yield not_evaluated(path, answer)
        elif not answer:
            yield fail(path, f"mounts {name} {how}", value=volume.get(argument), remedy=f"write `{remedy}`")
