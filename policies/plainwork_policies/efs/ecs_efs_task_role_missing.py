"""ECS task definition mounts EFS with IAM authorization but has no task role.

What: An `aws_ecs_task_definition` without `task_role_arn` whose EFS volume has `iam = "ENABLED"`.
Why: With IAM authorization, ECS mounts the volume with the credentials of the task role. Without a task role the mount
    has no IAM identity, so a file system policy that requires one denies the mount, and the task does not start.
Remedy: Set `task_role_arn` to a role that is allowed to mount the file system.
Limitations: A role that `RunTask` sets for one task is not in the configuration. The permissions of the role are not
    checked.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Resource, all_conditions, policy, some
from plainwork_policies.efs.volumes import TASK_DEFINITION, efs_configuration, has_efs_volume, uses_iam


@policy(
    "PLW_EFS_012",
    "ecs-efs-task-role-missing",
    severity="medium",
    on=TASK_DEFINITION,
    where=has_efs_volume,
    links=("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSAuthorizationConfig.html",),
)
def ecs_efs_task_role_missing(task: Resource) -> Findings:
    """Check the task role if a volume uses IAM authorization."""
    role = task["task_role_arn"]
    has_no_role = (lambda: not role.is_set or role.raw == "", lambda: some(task.blocks("volume"), _uses_iam))
    if all_conditions(*has_no_role):
        message = f'`{role.path}` is not set, but an EFS volume has `iam = "ENABLED"`, which uses the task role'
        yield role.fail(message, value=None, remedy="Set `task_role_arn` to a role that can mount the file system.")


def _uses_iam(volume: Block) -> bool:
    configuration = efs_configuration(volume)
    return configuration is not None and uses_iam(configuration)
