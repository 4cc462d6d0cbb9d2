"""ECS task definition has an invalid EFS volume.

What: a volume of an `aws_ecs_task_definition` that names an access point and a `root_directory`; one with an access
    point or IAM authorization whose `transit_encryption` is not `ENABLED`; a container that mounts a volume which the
    task definition does not have.
Why: the AWS provider takes each of them. The plan is green, and the new revision is refused in the middle of an apply,
    or a task mounts another directory than the one that is written there.
Remedy: with an access point, TLS and no directory::

        volume {
          name = "reports"

          efs_volume_configuration {
            file_system_id     = aws_efs_file_system.files.id
            transit_encryption = "ENABLED"

            authorization_config {
              access_point_id = aws_efs_access_point.reports.id
              iam             = "ENABLED"
            }
          }
        }
Limitations: of `container_definitions` that are not written in the stack nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, is_known, look_up
from plainwork_policies.efs.volumes import Volume, efs_volumes, mounted, task_definitions
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def tasks_with_volumes(stack: Stack) -> list[Resource]:
    """Return the task definitions that have an EFS volume, or of which a container is known to mount a volume."""
    return [task for task in task_definitions(stack) if list(efs_volumes(task)) or any(map(is_known, mounted(task)))]


@policy(
    "PLW_EFS_006",
    "ecs-efs-volume-invalid",
    aliases=("ecs-volume-refused",),
    severity="medium",
    subjects=tasks_with_volumes,
    links=("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",),
)
def ecs_efs_volume_invalid(task: Resource) -> Iterator[Finding]:
    """Judge each EFS volume of *task*, and what its containers mount."""
    for volume in efs_volumes(task):
        if isinstance(volume, Unknown):
            yield not_evaluated("volume", volume)
        else:
            yield from _of_volume(volume)
    yield from _of_mounts(task)


def _of_volume(volume: Volume) -> Iterator[Finding]:
    directory, path = volume.get("root_directory"), f"{volume.path}.root_directory"
    if volume.access_point is not None and directory not in (None, "/"):
        if isinstance(directory, Unknown):
            yield not_evaluated(path, directory)
        else:
            message = f"names an access point and the directory `{directory}`: only the access point's own path counts"
            remedy = "leave `root_directory` out, and set the path of the access point"
            yield fail(path, message, value=directory, remedy=remedy)
    if volume.access_point is None and volume.signed_in is False:
        return
    path, because = f"{volume.path}.transit_encryption", volume.access_point is not None or volume.signed_in
    if isinstance(volume.encrypted, Unknown):
        yield not_evaluated(path, volume.encrypted)
    elif not volume.encrypted and isinstance(because, Unknown):
        yield not_evaluated(path, because)
    elif not volume.encrypted:
        beside = "an access point" if volume.access_point is not None else "IAM authorization"
        message = f"uses {beside} without encryption in transit, which ECS refuses"
        remedy = 'write `transit_encryption = "ENABLED"`'
        yield fail(path, message, value=volume.get("transit_encryption"), remedy=remedy)


def _of_mounts(task: Resource) -> Iterator[Finding]:
    names = [each if isinstance(each, Unknown) else look_up(each, "name") for each in task.blocks("volume")]
    doubt = next((name for name in names if isinstance(name, Unknown)), None)
    for name in mounted(task):
        if name in names:
            continue
        reason = name if isinstance(name, Unknown) else doubt
        if reason is not None:
            yield not_evaluated("container_definitions", reason)
        else:
            message = f"mounts the volume `{name}`, which the task definition does not have"
            remedy = f"add a `volume` named `{name}`, or correct `sourceVolume`"
            yield fail("container_definitions", message, value=name, remedy=remedy)
