"""What remains of the data of a resource that a plan destroys, by the arguments in the state."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.values import Value, look_up


@frozen()
class Backup:
    """The argument of a resource type that decides whether a deletion keeps the data.

    Args:
        argument: its path.
        lost: the values with which the data is lost.
        safe: the code with which it is kept, as a remedy quotes it.
        way_back: how to get the data back if it is kept, a sentence.
    """

    argument: str
    lost: tuple[Value, ...]
    safe: str
    way_back: str


_FROM_SNAPSHOT = "Terraform takes a final snapshot before the deletion; create the new resource from it."
_FROM_BACKUP = "Terraform takes a final backup before the deletion; create the new file system from it."
_UNTIL_EMPTY = "AWS rejects the deletion until the resource is empty."
_PROTECTED = "Deletion protection is on, so AWS rejects the deletion."
_RECOVERY_WINDOW = "AWS keeps the secret for the recovery window; `aws secretsmanager restore-secret` restores it."
_UNSET = (None, "", False)
_SNAPSHOT = Backup(
    "skip_final_snapshot", (True,), "`skip_final_snapshot = false` with `final_snapshot_identifier`", _FROM_SNAPSHOT
)
_LIGHTSAIL = Backup(
    "skip_final_snapshot", (True,), "`skip_final_snapshot = false` with `final_snapshot_name`", _FROM_SNAPSHOT
)
_FORCE_DESTROY = Backup("force_destroy", (True,), "`force_destroy = false`", _UNTIL_EMPTY)
_FSX_BACKUP = Backup("skip_final_backup", (True,), "`skip_final_backup = false`", _FROM_BACKUP)
_ELASTICACHE = Backup("final_snapshot_identifier", _UNSET, '`final_snapshot_identifier = "NAME"`', _FROM_SNAPSHOT)
BACKUPS: Mapping[str, Backup] = {
    "aws_backup_vault": _FORCE_DESTROY,
    "aws_cognito_user_pool": Backup(
        "deletion_protection", (*_UNSET, "INACTIVE"), '`deletion_protection = "ACTIVE"`', _PROTECTED
    ),
    "aws_db_instance": _SNAPSHOT,
    "aws_docdb_cluster": _SNAPSHOT,
    "aws_dynamodb_table": Backup(
        "point_in_time_recovery.0.enabled",
        _UNSET,
        "`point_in_time_recovery { enabled = true }`",
        "Point-in-time recovery is enabled, so AWS keeps a backup for 35 days; restore it to a new table.",
    ),
    "aws_ebs_volume": Backup("final_snapshot", _UNSET, "`final_snapshot = true`", _FROM_SNAPSHOT),
    "aws_ecr_repository": Backup("force_delete", (True,), "`force_delete = false`", _UNTIL_EMPTY),
    "aws_ecrpublic_repository": _FORCE_DESTROY,
    "aws_elasticache_cluster": _ELASTICACHE,
    "aws_elasticache_replication_group": _ELASTICACHE,
    "aws_fsx_openzfs_file_system": _FSX_BACKUP,
    "aws_fsx_windows_file_system": _FSX_BACKUP,
    "aws_lightsail_database": _LIGHTSAIL,
    "aws_memorydb_cluster": Backup("final_snapshot_name", _UNSET, '`final_snapshot_name = "NAME"`', _FROM_SNAPSHOT),
    "aws_neptune_cluster": _SNAPSHOT,
    "aws_rds_cluster": _SNAPSHOT,
    "aws_redshift_cluster": _SNAPSHOT,
    "aws_s3_bucket": _FORCE_DESTROY,
    "aws_s3_directory_bucket": _FORCE_DESTROY,
    "aws_secretsmanager_secret": Backup(
        "recovery_window_in_days", (0,), "`recovery_window_in_days = 30`", _RECOVERY_WINDOW
    ),
}
"""The backup by resource type.

A DynamoDB table with point-in-time recovery leaves a backup for 35 days when it is deleted:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
"""


def is_kept(before: Value) -> bool:
    """Return whether AWS rejects the deletion, the data is elsewhere, or automated backups remain."""
    is_protected = look_up(before, "deletion_protection") in (True, "ACTIVE")
    is_protected = is_protected or look_up(before, "deletion_protection_enabled") is True
    is_replica = bool(look_up(before, "replicate_source_db"))
    retains_backups = look_up(before, "delete_automated_backups") is False
    return is_protected or is_replica or (retains_backups and bool(look_up(before, "backup_retention_period")))


@cached_per_stack
def file_systems_with_backup(stack: Stack) -> frozenset[str]:
    """Return the ids of file systems with automatic backups in the state: their recovery points remain."""
    policies = [change.before for change in stack.changes if change.type == "aws_efs_backup_policy"]
    enabled = [before for before in policies if look_up(before, "backup_policy.0.status") == "ENABLED"]
    return frozenset(str(look_up(before, "file_system_id")) for before in enabled)
