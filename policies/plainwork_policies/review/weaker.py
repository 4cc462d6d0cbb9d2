"""Updates that remove a protection, stop something, or cannot be taken back: one row for each argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork_core.frozen import frozen
from plainwork_core.model.conversion import as_number, as_string
from plainwork_core.model.stack import Change
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.review.levels import Level

_OFF = (None, False, "", "false", "Suspended", "DISABLED", "INACTIVE")
Test = Callable[[Value, Value], bool]


def _turned_off(before: Value, after: Value) -> bool:
    return before not in _OFF and after in _OFF


def _turned_on(before: Value, after: Value) -> bool:
    return before in _OFF and after is True


def _lower(before: Value, after: Value) -> bool:
    old, new = as_number(before), as_number(after)
    return old is not None and new is not None and new < old


def _fewer_days(before: Value, after: Value) -> bool:
    """Return whether a retention is shorter; 0 is without an end."""
    return bool(as_number(after)) and (as_number(before) in (None, 0) or _lower(before, after))


def _to_zero(before: Value, after: Value) -> bool:
    return bool(as_number(before)) and as_number(after) == 0


def _changed(before: Value, after: Value) -> bool:
    return before is not None and after is not None and as_string(before) != as_string(after)


def _newer_major(before: Value, after: Value) -> bool:
    return _changed(before, after) and _major(before) != _major(after)


def _newer(before: Value, after: Value) -> bool:
    return _changed(before, after)


def _major(version: Value) -> str:
    return str(version).partition(".")[0]


@frozen()
class Rule:
    """What an update means.

    Args:
        types: the resource types; a prefix ends in `*`.
        argument: the path.
        test: whether a change of its value is a risk.
        level: how bad it is.
        effect: a sentence.
        link: the page that states it.
    """

    types: tuple[str, ...]
    argument: str
    test: Test
    level: Level
    effect: str
    link: str = ""

    def selects(self, type_: str) -> bool:
        """Return whether it is about resources of *type_*."""
        return any(type_ == name or (name[-1] == "*" and type_.startswith(name[:-1])) for name in self.types)


_RDS = ("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster")
_INSTANCES = (
    "aws_db_instance",
    "aws_docdb_cluster_instance",
    "aws_neptune_cluster_instance",
    "aws_rds_cluster_instance",
)
_CACHE = ("aws_elasticache_replication_group", "aws_elasticache_cluster")
_MODIFY_RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html"
_UPGRADE_RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"
_UPGRADE_CACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement-clusters.html"
_UPGRADE_EKS = "https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html"
_RETENTION = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"
_PUBLIC = "Bucket policies and ACLs can allow public access."
_BLOCKS = ("aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block")
RULES = (
    Rule(
        ("aws_cloudwatch_log_group",),
        "retention_in_days",
        _fewer_days,
        Level.LOSS,
        "Log events that are older are deleted.",
        _RETENTION,
    ),
    Rule(("aws_*",), "publicly_accessible", _turned_on, Level.WEAKER, "It gets a public address."),
    Rule(("aws_kms_key",), "is_enabled", _turned_off, Level.OUTAGE, "What the key encrypts cannot be read."),
    Rule(("aws_instance",), "instance_type", _changed, Level.OUTAGE, "The instance is stopped and started."),
    Rule(
        _INSTANCES,
        "instance_class",
        _changed,
        Level.OUTAGE,
        "The database is not available during the change.",
        _MODIFY_RDS,
    ),
    Rule(("aws_ecs_service",), "desired_count", _to_zero, Level.OUTAGE, "All its tasks stop."),
    Rule(("aws_autoscaling_group",), "max_size", _to_zero, Level.OUTAGE, "All its instances are terminated."),
    Rule(
        ("aws_lambda_function",),
        "reserved_concurrent_executions",
        _to_zero,
        Level.OUTAGE,
        "Each call of the function is throttled.",
    ),
    Rule(("aws_*",), "deletion_protection", _turned_off, Level.WEAKER, "It can be deleted from then on."),
    Rule(("aws_*",), "deletion_protection_enabled", _turned_off, Level.WEAKER, "It can be deleted from then on."),
    Rule(("aws_*",), "enable_deletion_protection", _turned_off, Level.WEAKER, "It can be deleted from then on."),
    Rule(("aws_*",), "force_destroy", _turned_on, Level.WEAKER, "Terraform empties it before it deletes it."),
    Rule(("aws_*",), "force_delete", _turned_on, Level.WEAKER, "Terraform empties it before it deletes it."),
    Rule(("aws_*",), "skip_final_snapshot", _turned_on, Level.WEAKER, "A later deletion leaves no snapshot."),
    Rule(("aws_*",), "backup_retention_period", _lower, Level.WEAKER, "Older automated backups are deleted."),
    Rule(("aws_*",), "snapshot_retention_limit", _lower, Level.WEAKER, "Older automatic snapshots are deleted."),
    Rule(
        ("aws_dynamodb_table",),
        "point_in_time_recovery.0.enabled",
        _turned_off,
        Level.WEAKER,
        "The table can no longer be restored to a point in time.",
    ),
    Rule(
        ("aws_s3_bucket_versioning",),
        "versioning_configuration.0.status",
        _turned_off,
        Level.WEAKER,
        "Objects that are overwritten or deleted from then on cannot be restored.",
    ),
    *(
        Rule(_BLOCKS, name, _turned_off, Level.WEAKER, _PUBLIC)
        for name in ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    ),
    Rule(("aws_efs_backup_policy",), "backup_policy.0.status", _turned_off, Level.WEAKER, "It is no longer backed up."),
    Rule(("aws_cloudtrail",), "enable_logging", _turned_off, Level.WEAKER, "API calls are no longer recorded."),
    Rule(("aws_kms_key",), "enable_key_rotation", _turned_off, Level.WEAKER, "The key is no longer rotated."),
    Rule(_RDS, "multi_az", _turned_off, Level.WEAKER, "There is no standby if its Availability Zone fails."),
    Rule(
        _CACHE, "automatic_failover_enabled", _turned_off, Level.WEAKER, "No replica takes over if the primary fails."
    ),
    Rule(_CACHE, "transit_encryption_enabled", _turned_off, Level.WEAKER, "Data is sent without encryption."),
    Rule(("aws_cloudwatch_metric_alarm",), "actions_enabled", _turned_off, Level.WEAKER, "The alarm notifies no one."),
    Rule(
        ("aws_ecr_repository",),
        "image_tag_mutability",
        lambda before, after: (before, after) == ("IMMUTABLE", "MUTABLE"),
        Level.WEAKER,
        "A tag can be pushed again with another image.",
    ),
    Rule(_RDS, "engine_version", _newer_major, Level.ONE_WAY, "AWS does not downgrade an engine.", _UPGRADE_RDS),
    Rule(_CACHE, "engine_version", _newer_major, Level.ONE_WAY, "AWS does not downgrade an engine.", _UPGRADE_CACHE),
    Rule(("aws_eks_cluster",), "version", _newer, Level.ONE_WAY, "EKS does not downgrade a cluster.", _UPGRADE_EKS),
)


def met(change: Change) -> Iterator[tuple[Rule, Value, Value]]:
    """Yield each rule that the update *change* meets, with the values before and after."""
    for rule in RULES:
        if rule.selects(change.type):
            before, after = look_up(change.before, rule.argument), look_up(change.after, rule.argument)
            known = not isinstance(before, Unknown) and not isinstance(after, Unknown)
            if known and rule.test(before, after):
                yield rule, before, after
