"""Plan destroys data without a final snapshot or backup.

What: a change that destroys a resource that holds data while nothing of it is kept: no final snapshot, no backup, no
    recovery window, and no deletion protection that would stop it. Terraform destroys by what stands in the state, so
    that is what is judged, not the new configuration.
Why: after the apply there is nothing to restore from. `skip_final_snapshot = true` and `force_destroy = true` are
    written once to get a test environment down, and stay.
Remedy: apply the way back first, in a change of its own, then destroy::

        resource "aws_db_instance" "orders" {
          skip_final_snapshot       = false
          final_snapshot_identifier = "orders-final"
        }

Limitations: plans only, and the types of the table here. Snapshots that were made by hand or by AWS Backup are not in a
    plan; for EFS, which has no other way back, that is not evaluated. A read replica's data is at its source. What
    deletion protection guards is not destroyed: the apply stops there. `may_destroy` lists what is meant to go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.model.stack import Change, Stack, cached_per_stack
from plainwork_core.model.values import Value, look_up
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.changes.stateful import holds_data
from plainwork_policies.changes.subjects import touching
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_SKIPS = "true", (True,)
_LACKS = "not set", (None, "", False)
_AT_ONCE = "0", (0,)
LOST_WHEN: Mapping[str, tuple[str, tuple[str, tuple[object, ...]]]] = {
    "aws_backup_vault": ("force_destroy", _SKIPS),
    "aws_cognito_user_pool": ("deletion_protection", ("not `ACTIVE`", (None, "", "INACTIVE"))),
    "aws_db_instance": ("skip_final_snapshot", _SKIPS),
    "aws_docdb_cluster": ("skip_final_snapshot", _SKIPS),
    "aws_dynamodb_table": ("point_in_time_recovery.0.enabled", _LACKS),
    "aws_ebs_volume": ("final_snapshot", _LACKS),
    "aws_ecr_repository": ("force_delete", _SKIPS),
    "aws_ecrpublic_repository": ("force_destroy", _SKIPS),
    "aws_elasticache_cluster": ("final_snapshot_identifier", _LACKS),
    "aws_elasticache_replication_group": ("final_snapshot_identifier", _LACKS),
    "aws_fsx_openzfs_file_system": ("skip_final_backup", _SKIPS),
    "aws_fsx_windows_file_system": ("skip_final_backup", _SKIPS),
    "aws_lightsail_database": ("skip_final_snapshot", _SKIPS),
    "aws_memorydb_cluster": ("final_snapshot_name", _LACKS),
    "aws_neptune_cluster": ("skip_final_snapshot", _SKIPS),
    "aws_rds_cluster": ("skip_final_snapshot", _SKIPS),
    "aws_redshift_cluster": ("skip_final_snapshot", _SKIPS),
    "aws_s3_bucket": ("force_destroy", _SKIPS),
    "aws_s3_directory_bucket": ("force_destroy", _SKIPS),
    "aws_secretsmanager_secret": ("recovery_window_in_days", _AT_ONCE),
}
"""By type, the argument that keeps nothing, how that is said, and its values.

A DynamoDB table with point-in-time recovery leaves a backup for 35 days when it is deleted:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
"""


@policy(
    "PLW_CHANGE_003",
    "plan-destroys-without-backup",
    aliases=("destroyed-for-good",),
    severity="critical",
    subjects=touching,
    links=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#skip_final_snapshot",
    ),
    settings=("allow_destroy",),
)
def plan_destroys_without_backup(change: Change, stack: Stack, settings: PlanSettings) -> Iterator[Finding]:
    """Judge what *change*, if it destroys, leaves of the data."""
    if not change.destroys or change.address in settings.allow_destroy or _is_kept(change.before):
        return
    if change.type == "aws_efs_file_system":
        if look_up(change.before, "id") not in _backed_up(stack):
            yield not_evaluated("", "whether AWS Backup has a recovery point of it, a plan does not tell")
        return
    argument, (said, values) = LOST_WHEN.get(change.type, ("", ("", ())))
    if argument and holds_data(change) and look_up(change.before, argument) in values:
        yield fail(
            argument,
            f"is {'replaced' if change.replaces else 'deleted'} for good: in the state `{argument}` is {said}",
            value=look_up(change.before, argument),
            remedy="apply a way back first, and destroy in a later plan: a deletion goes by what is in the state",
        )


def _is_kept(before: Value) -> bool:
    """Whether AWS refuses to delete it or has its data elsewhere: protection, a replica, backups that stay."""
    is_protected = look_up(before, "deletion_protection") in (True, "ACTIVE")
    backups_stay = look_up(before, "delete_automated_backups") is False and look_up(before, "backup_retention_period")
    return (
        is_protected
        or look_up(before, "deletion_protection_enabled") is True
        or bool(look_up(before, "replicate_source_db"))
        or bool(backups_stay)
    )


@cached_per_stack
def _backed_up(stack: Stack) -> frozenset[str]:
    """Return the ids of the file systems that the state has automatic backups of: recovery points outlive them."""
    policies = (change.before for change in stack.changes if change.type == "aws_efs_backup_policy")
    enabled = (each for each in policies if look_up(each, "backup_policy.0.status") == "ENABLED")
    return frozenset(look_up(each, "file_system_id") for each in enabled)
