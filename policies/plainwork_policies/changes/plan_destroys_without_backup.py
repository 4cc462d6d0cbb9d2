"""Plan destroys data without a final snapshot or backup.

What: A change that replaces or deletes a stateful resource for which the state has no final snapshot, no backup, no
    recovery window and no deletion protection. Terraform destroys a resource by the arguments in the state, so that the
    new configuration does not count.
Why: After the apply nothing can be restored. `skip_final_snapshot = true` and `force_destroy = true` are often set once
    to delete a test environment, and then remain.
Remedy: Apply the backup in a plan of its own, then destroy the resource in a later plan.
Limitations: Only plans are checked, and only the types in a list. A plan does not contain snapshots that were made by
    hand or by AWS Backup; EFS has no other backup and is not evaluated without an automatic backup policy. The data of
    a read replica is at its source. A resource with deletion protection passes, because AWS rejects the deletion.
    `[plan] allow_destroy` lists resources that are intended to be destroyed.
"""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.frozen import frozen
from plainwork_core.model.conversion import as_string
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Change, Stack, cached_per_stack
from plainwork_core.model.values import Value, look_up
from plainwork_policies.api import Findings, fail, policy
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.stateful_types import is_stateful
from plainwork_policies.changes.subjects import CHANGES, verb_of


@frozen()
class Backup:
    """The argument of a resource type that decides whether a deletion keeps the data.

    Args:
        argument: its path.
        lost: the values with which the data is lost.
        safe: the code with which it is kept, as a remedy quotes it.
    """

    argument: str
    lost: tuple[Value, ...]
    safe: str


_UNSET = (None, "", False)
_SNAPSHOT = Backup("skip_final_snapshot", (True,), "`skip_final_snapshot = false` with `final_snapshot_identifier`")
_LIGHTSAIL = Backup("skip_final_snapshot", (True,), "`skip_final_snapshot = false` with `final_snapshot_name`")
_FORCE_DESTROY = Backup("force_destroy", (True,), "`force_destroy = false`")
_FSX_BACKUP = Backup("skip_final_backup", (True,), "`skip_final_backup = false`")
_ELASTICACHE = Backup("final_snapshot_identifier", _UNSET, '`final_snapshot_identifier = "NAME"`')
BACKUPS: Mapping[str, Backup] = {
    "aws_backup_vault": _FORCE_DESTROY,
    "aws_cognito_user_pool": Backup("deletion_protection", (*_UNSET, "INACTIVE"), '`deletion_protection = "ACTIVE"`'),
    "aws_db_instance": _SNAPSHOT,
    "aws_docdb_cluster": _SNAPSHOT,
    "aws_dynamodb_table": Backup(
        "point_in_time_recovery.0.enabled", _UNSET, "`point_in_time_recovery { enabled = true }`"
    ),
    "aws_ebs_volume": Backup("final_snapshot", _UNSET, "`final_snapshot = true`"),
    "aws_ecr_repository": Backup("force_delete", (True,), "`force_delete = false`"),
    "aws_ecrpublic_repository": _FORCE_DESTROY,
    "aws_elasticache_cluster": _ELASTICACHE,
    "aws_elasticache_replication_group": _ELASTICACHE,
    "aws_fsx_openzfs_file_system": _FSX_BACKUP,
    "aws_fsx_windows_file_system": _FSX_BACKUP,
    "aws_lightsail_database": _LIGHTSAIL,
    "aws_memorydb_cluster": Backup("final_snapshot_name", _UNSET, '`final_snapshot_name = "NAME"`'),
    "aws_neptune_cluster": _SNAPSHOT,
    "aws_rds_cluster": _SNAPSHOT,
    "aws_redshift_cluster": _SNAPSHOT,
    "aws_s3_bucket": _FORCE_DESTROY,
    "aws_s3_directory_bucket": _FORCE_DESTROY,
    "aws_secretsmanager_secret": Backup("recovery_window_in_days", (0,), "`recovery_window_in_days = 30`"),
}
"""The backup by resource type.

A DynamoDB table with point-in-time recovery leaves a backup for 35 days when it is deleted:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
"""


@policy(
    "PLW_CHANGE_003",
    "plan-destroys-without-backup",
    severity="critical",
    on=CHANGES,
    aliases=("destroyed-for-good",),
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#skip_final_snapshot",
    ),
    settings=("allow_destroy",),
)
def plan_destroys_without_backup(change: Change, stack: Stack, settings: PlanSettings) -> Findings:
    """Check the arguments in the state of a resource that the plan destroys."""
    if not change.destroys or change.address in settings.allow_destroy or _is_kept(change.before):
        return
    id_ = str(look_up(change.before, "id"))
    if change.type == "aws_efs_file_system" and id_ not in _file_systems_with_backup(stack):
        raise NotEvaluated("a plan does not contain the recovery points of AWS Backup; check them before the apply")
    backup = BACKUPS.get(change.type)
    if backup is None or not is_stateful(change):
        return
    value = look_up(change.before, backup.argument)
    if value in backup.lost:
        state = "not set" if value in (None, "") else f"`{as_string(value)}`"
        yield fail(
            backup.argument,
            f"the plan {verb_of(change)} the resource, and `{backup.argument}` is {state} in the state",
            value=value,
            remedy=f"Apply {backup.safe} first, then destroy the resource in a later plan.",
        )


def _is_kept(before: Value) -> bool:
    """Return whether AWS rejects the deletion, the data is elsewhere, or automated backups remain."""
    is_protected = look_up(before, "deletion_protection") in (True, "ACTIVE")
    is_protected = is_protected or look_up(before, "deletion_protection_enabled") is True
    is_replica = bool(look_up(before, "replicate_source_db"))
    retains_backups = look_up(before, "delete_automated_backups") is False
    return is_protected or is_replica or (retains_backups and bool(look_up(before, "backup_retention_period")))


@cached_per_stack
def _file_systems_with_backup(stack: Stack) -> frozenset[str]:
    """Return the ids of file systems with automatic backups in the state: their recovery points remain."""
    policies = [change.before for change in stack.changes if change.type == "aws_efs_backup_policy"]
    enabled = [before for before in policies if look_up(before, "backup_policy.0.status") == "ENABLED"]
    return frozenset(str(look_up(before, "file_system_id")) for before in enabled)
