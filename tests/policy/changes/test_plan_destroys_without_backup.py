import pytest

from plainwork_core.schema import load
from plainwork_policies.changes.plan_destroys_without_backup import LOST_WHEN, plan_destroys_without_backup
from plainwork_policies.changes.stateful import STATEFUL

DATABASE = "aws_db_instance.orders"
TABLE = "aws_dynamodb_table.orders"
SHARE = "aws_efs_file_system.uploads"
SKIPS = {"skip_final_snapshot": True}


@pytest.mark.parametrize(
    ("address", "before", "verdict"),
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
def test_what_is_deleted_leaves_something_behind(address, before, verdict, change, verdicts_of):
    assert verdicts_of(plan_destroys_without_backup, change(address, "delete", before=before)) == {address: verdict}


@pytest.mark.parametrize(
    ("actions", "verdict"),
    [(("delete", "create"), "failed"), (("create", "delete"), "failed"), (("update",), "passed")],
)
def test_what_is_replaced_is_destroyed_and_what_is_updated_is_not(actions, verdict, change, verdicts_of):
    assert verdicts_of(plan_destroys_without_backup, change(DATABASE, *actions, before=SKIPS)) == {DATABASE: verdict}


def test_what_is_meant_to_go_may_go(change, verdicts_of):
    gone = change(DATABASE, "delete", before=SKIPS)
    assert verdicts_of(plan_destroys_without_backup, gone, allow_destroy=(DATABASE,)) == {DATABASE: "passed"}


@pytest.mark.parametrize(
    ("file_system", "status", "verdict"),
    [("fs-1", "ENABLED", "passed"), ("fs-1", "DISABLED", "not_evaluated"), ("fs-2", "ENABLED", "not_evaluated")],
)
def test_a_file_system_lives_on_in_its_recovery_points(file_system, status, verdict, change, verdicts_of):
    backup = {"file_system_id": file_system, "backup_policy": [{"status": status}]}
    changes = [
        change(SHARE, "delete", before={"id": "fs-1"}),
        change("aws_efs_backup_policy.uploads", "no-op", before=backup),
    ]
    assert verdicts_of(plan_destroys_without_backup, *changes) == {SHARE: verdict}


def test_the_message_says_what_the_state_has(change, messages_of):
    (said,) = messages_of(plan_destroys_without_backup, change(DATABASE, "delete", "create", before=SKIPS))
    assert said == "is replaced for good: in the state `skip_final_snapshot` is true"


@pytest.mark.parametrize(("engine", "verdict"), [("redis", "failed"), ("memcached", "passed")])
def test_a_cache_that_holds_nothing_of_its_own_loses_nothing(engine, verdict, change, verdicts_of):
    cluster = "aws_elasticache_cluster.sessions"
    assert verdicts_of(plan_destroys_without_backup, change(cluster, "delete", before={"engine": engine})) == {
        cluster: verdict
    }


@pytest.mark.parametrize("type_", LOST_WHEN)
def test_every_argument_is_one_that_the_provider_has(type_):
    block, path = load().block("resource", type_), LOST_WHEN[type_][0].split(".")
    for name in path[:-1:2]:
        block = block.blocks[name].block
    assert block.attributes[path[-1]].settable
    assert type_ in STATEFUL
