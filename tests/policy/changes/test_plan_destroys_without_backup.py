import pytest

from plainwork_core.schema import load
from plainwork_policies.changes.plan_destroys_without_backup import BACKUPS, plan_destroys_without_backup
from plainwork_policies.changes.stateful_types import STATEFUL

DATABASE = "aws_db_instance.orders"
TABLE = "aws_dynamodb_table.orders"
SHARE = "aws_efs_file_system.uploads"
SKIPS = {"skip_final_snapshot": True}


@pytest.mark.parametrize(
    ("address", "before", "status"),
    [
        (DATABASE, SKIPS, "failed"),
        (DATABASE, {"skip_final_snapshot": False}, "passed"),
        (DATABASE, {}, "passed"),
        (DATABASE, SKIPS | {"deletion_protection": True}, "passed"),
        (DATABASE, SKIPS | {"deletion_protection": False}, "failed"),
        (DATABASE, SKIPS | {"replicate_source_db": "orders-main"}, "passed"),
        (DATABASE, SKIPS | {"delete_automated_backups": False, "backup_retention_period": 7}, "passed"),
        (DATABASE, SKIPS | {"delete_automated_backups": False, "backup_retention_period": 0}, "failed"),
        (DATABASE, SKIPS | {"delete_automated_backups": True, "backup_retention_period": 7}, "failed"),
        (TABLE, {"point_in_time_recovery": [{"enabled": True}]}, "passed"),
        (TABLE, {"point_in_time_recovery": [{"enabled": False}]}, "failed"),
        (TABLE, {"point_in_time_recovery": []}, "failed"),
        (TABLE, {"deletion_protection_enabled": True}, "passed"),
        ("aws_s3_bucket.b", {"force_destroy": True}, "failed"),
        ("aws_s3_bucket.b", {"force_destroy": False}, "passed"),
        ("aws_secretsmanager_secret.s", {"recovery_window_in_days": 0}, "failed"),
        ("aws_secretsmanager_secret.s", {"recovery_window_in_days": 30}, "passed"),
        ("aws_ebs_volume.v", {"final_snapshot": False}, "failed"),
        ("aws_ebs_volume.v", {"final_snapshot": True}, "passed"),
        ("aws_elasticache_replication_group.g", {"final_snapshot_identifier": None}, "failed"),
        ("aws_elasticache_replication_group.g", {"final_snapshot_identifier": "g-final"}, "passed"),
        ("aws_cognito_user_pool.p", {"deletion_protection": "INACTIVE"}, "failed"),
        ("aws_cognito_user_pool.p", {"deletion_protection": "ACTIVE"}, "passed"),
        ("aws_iam_role.r", {"force_destroy": True}, "passed"),
    ],
)
def test_a_deletion_without_a_backup_in_the_state_fails(address, before, status, change, statuses_of):
    assert statuses_of(plan_destroys_without_backup, change(address, "delete", before=before)) == {address: status}


@pytest.mark.parametrize(
    ("actions", "status"),
    [(("delete", "create"), "failed"), (("create", "delete"), "failed"), (("update",), "passed")],
)
def test_a_replacement_destroys_and_an_update_does_not(actions, status, change, statuses_of):
    assert statuses_of(plan_destroys_without_backup, change(DATABASE, *actions, before=SKIPS)) == {DATABASE: status}


def test_a_resource_in_allow_destroy_may_be_destroyed(change, statuses_of):
    deleted = change(DATABASE, "delete", before=SKIPS)
    assert statuses_of(plan_destroys_without_backup, deleted, allow_destroy=(DATABASE,)) == {DATABASE: "passed"}


@pytest.mark.parametrize(
    ("file_system", "backup", "status"),
    [("fs-1", "ENABLED", "passed"), ("fs-1", "DISABLED", "not_evaluated"), ("fs-2", "ENABLED", "not_evaluated")],
)
def test_a_file_system_without_automatic_backups_is_not_evaluated(file_system, backup, status, change, statuses_of):
    policy = {"file_system_id": file_system, "backup_policy": [{"status": backup}]}
    changes = [
        change(SHARE, "delete", before={"id": "fs-1"}),
        change("aws_efs_backup_policy.uploads", "no-op", before=policy),
    ]
    assert statuses_of(plan_destroys_without_backup, *changes) == {SHARE: status}


@pytest.mark.parametrize(
    ("address", "before", "state"),
    [
        (DATABASE, SKIPS, "`skip_final_snapshot` is `true`"),
        (TABLE, {}, "`point_in_time_recovery.0.enabled` is not set"),
        ("aws_secretsmanager_secret.s", {"recovery_window_in_days": 0}, "`recovery_window_in_days` is `0`"),
        ("aws_ebs_volume.v", {"final_snapshot": False}, "`final_snapshot` is `false`"),
    ],
)
def test_the_message_has_the_value_in_the_state(address, before, state, change, messages_of):
    (message,) = messages_of(plan_destroys_without_backup, change(address, "delete", "create", before=before))
    assert message == f"the plan replaces the resource, and {state} in the state"


@pytest.mark.parametrize(("engine", "status"), [("redis", "failed"), ("memcached", "passed")])
def test_a_memcached_cluster_has_no_data_to_lose(engine, status, change, statuses_of):
    cluster = "aws_elasticache_cluster.sessions"
    assert statuses_of(plan_destroys_without_backup, change(cluster, "delete", before={"engine": engine})) == {
        cluster: status
    }


@pytest.mark.parametrize("type_", BACKUPS)
def test_the_provider_has_the_argument_of_every_backup(type_):
    block, path = load().block("resource", type_), BACKUPS[type_].argument.split(".")
    for name in path[:-1:2]:
        block = block.blocks[name].block
    assert block.attributes[path[-1]].settable
    assert type_ in STATEFUL
