"""EFS file system is not backed up.

What: An `aws_efs_file_system` without an `aws_efs_backup_policy` that is `ENABLED`, in a stack without a selection of
    AWS Backup.
Why: EFS stores files in several Availability Zones and deletes them in all of them at once. Without a backup, a deleted
    or overwritten file is lost. A file system that Terraform creates has no automatic backups by default.
Remedy: Add an `aws_efs_backup_policy` with the status `ENABLED`.
Limitations: A plan of AWS Backup in another stack that selects by tags is not detected; disable the policy in that
    case. The policy may be defined by the module's caller; a module is not evaluated. One Zone file systems have
    automatic backups by default. The content of backups is not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, any_condition, policy, some

_ENABLED = ("ENABLED", "ENABLING")
_BACKUP_POLICY = ("aws_efs_backup_policy", "file_system_id")


@policy(
    "PLW_EFS_011",
    "efs-backup-disabled",
    severity="medium",
    on="aws_efs_file_system",
    aliases=("file-system-without-backup",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",),
)
def efs_backup_disabled(file_system: Resource) -> Findings:
    """Check the backup policy of the file system."""
    policies = file_system.referenced_by(*_BACKUP_POLICY, in_modules=False)
    if any_condition(
        lambda: some(file_system.referenced_by(*_BACKUP_POLICY), _is_enabled),
        lambda: file_system["availability_zone_name"].is_set and not policies,
    ):
        return
    if file_system.stack.managed("aws_backup_selection"):
        raise file_system.not_evaluated("the resources that AWS Backup selects cannot be determined")
    remedy = 'Add an `aws_efs_backup_policy` with `status = "ENABLED"`.'
    message = "no `aws_efs_backup_policy` or AWS Backup selection in this stack includes the file system"
    for backup_policy in policies:
        message = f"`status` of `{backup_policy.address}` is {backup_policy['backup_policy.status'].state}"
        remedy = f'Set `status = "ENABLED"` in `{backup_policy.address}`.'
    yield file_system.fail(message, remedy=remedy)


def _is_enabled(backup_policy: Resource) -> bool:
    return backup_policy["backup_policy.status"].string(default="") in _ENABLED
