"""EFS file system is not backed up.

What: an `aws_efs_file_system` without an `aws_efs_backup_policy` that is `ENABLED`, in a stack that selects nothing for
    AWS Backup.
Why: EFS keeps files in several zones, and deletes them in all of them at once. Without a backup, what somebody removes
    or overwrites is gone; and a file system made by the API, as Terraform makes it, has none unless somebody says so.
Remedy: switch it on::

        resource "aws_efs_backup_policy" "files" {
          file_system_id = aws_efs_file_system.files.id

          backup_policy {
            status = "ENABLED"
          }
        }
Limitations: a plan of AWS Backup in another stack, which selects by tags, is not seen: disable this policy where there
    is one; in a module, whose caller may add it, nothing is evaluated. A file system in one zone is backed up
    unless somebody says otherwise, and what a backup holds is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured, may_be_elsewhere, resources_referencing
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.efs.subjects import file_systems
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_STATUS, _ON = "backup_policy.0.status", ("ENABLED", "ENABLING")


@policy(
    "PLW_EFS_011",
    "efs-backup-disabled",
    aliases=("file-system-without-backup",),
    severity="medium",
    subjects=file_systems,
    links=("https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",),
)
def efs_backup_disabled(file_system: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge whether something in the stack backs *file_system* up."""
    said = list(_said(file_system, stack))
    in_one_zone = configured(file_system, "availability_zone_name") is not None
    if any(not isinstance(each, Unknown) and each in _ON for each in said) or (in_one_zone and not said):
        return
    selected = Unknown("what AWS Backup selects in this stack is not worked out")
    doubts = [*said, may_be_elsewhere(file_system, stack), selected if stack.managed("aws_backup_selection") else None]
    unknown = [each for each in doubts if isinstance(each, Unknown)]
    if unknown:
        yield not_evaluated("backup_policy", unknown[0])
        return
    how = f"its backup policy is `{said[0]}`" if said else "nothing in this stack backs it up"
    remedy = 'add an `aws_efs_backup_policy` with `status = "ENABLED"`'
    yield fail("backup_policy", f"keeps files, and {how}", value=said[0] if said else None, remedy=remedy)


def _said(file_system: Resource, stack: Stack) -> Iterator[Value]:
    for part in resources_referencing(file_system, stack, "aws_efs_backup_policy", "file_system_id"):
        yield part if isinstance(part, Unknown) else part.get(_STATUS)
