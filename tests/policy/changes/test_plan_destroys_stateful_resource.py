import tomllib

import pytest

from plainwork_core.model.stack import Stack
from plainwork_core.schema.store import SHIPPED, load
from plainwork_policies.changes.plan_destroys_stateful_resource import plan_destroys_stateful_resource
from plainwork_policies.changes.stateful_types import STATEFUL
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings

TABLE = "aws_dynamodb_table.orders"


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        (("delete",), "failed"),
        (("delete", "create"), "failed"),
        (("create", "delete"), "failed"),
        (("update",), "passed"),
    ],
)
def test_a_stateful_resource_may_be_updated_and_not_destroyed(actions, status, change, statuses_of):
    assert statuses_of(plan_destroys_stateful_resource, change(TABLE, *actions)) == {TABLE: status}


@pytest.mark.parametrize("actions", [("create",), ("no-op",), ("read",), ("forget",), ("create", "forget")])
def test_a_resource_that_does_not_exist_or_is_not_changed_is_not_checked(actions, change, statuses_of):
    assert statuses_of(plan_destroys_stateful_resource, change(TABLE, *actions)) == {}


def test_another_resource_may_be_destroyed_unless_the_settings_list_its_type(change, statuses_of):
    role = "aws_iam_role.deploy"
    assert statuses_of(plan_destroys_stateful_resource, change(role, "delete")) == {role: "passed"}
    assert statuses_of(plan_destroys_stateful_resource, change(role, "delete"), stateful_types=("aws_iam_role",)) == {
        role: "failed"
    }


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ({"engine": "redis", "replication_group_id": None}, "failed"),
        ({"engine": "valkey"}, "failed"),
        ({"engine": "redis", "replication_group_id": "orders"}, "passed"),
        ({"engine": "memcached"}, "passed"),
    ],
)
def test_a_standalone_elasticache_cluster_is_stateful(before, status, change, statuses_of):
    cluster = "aws_elasticache_cluster.sessions"
    assert statuses_of(plan_destroys_stateful_resource, change(cluster, "delete", before=before)) == {cluster: status}


def test_a_resource_in_allow_destroy_may_be_destroyed(change, statuses_of):
    assert statuses_of(plan_destroys_stateful_resource, change(TABLE, "delete"), allow_destroy=(TABLE,)) == {
        TABLE: "passed"
    }


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"forced_by": (("hash_key",),)}, "; a change of `hash_key` forces the replacement"),
        ({"forced_by": (("a",), ("b", 0, "c"))}, "; a change of `a` and `b.0.c` forces the replacement"),
        ({"reason": "replace_because_tainted"}, "; the resource is tainted"),
        ({"reason": "replace_by_request"}, "; `-replace` requests it"),
        ({"reason": "of_a_later_terraform"}, ""),
        ({}, ""),
    ],
)
def test_the_message_has_the_reason_of_a_replacement(plan, reason, change, messages_of):
    (message,) = messages_of(plan_destroys_stateful_resource, change(TABLE, "delete", "create", **plan))
    assert message.startswith("the plan replaces the resource")
    assert message.partition(";")[2] == reason.removeprefix(";")


@pytest.mark.parametrize(
    ("force_destroy", "beginning"),
    [
        (True, "the plan deletes the resource and its data"),
        (False, "the plan deletes the resource; AWS rejects that until it is empty"),
    ],
)
def test_the_message_states_whether_a_bucket_is_deleted_with_its_objects(force_destroy, beginning, change, messages_of):
    bucket = change("aws_s3_bucket.b", "delete", before={"force_destroy": force_destroy})
    (message,) = messages_of(plan_destroys_stateful_resource, bucket)
    assert message.startswith(beginning)


def test_the_message_has_the_reason_of_a_deletion(change, messages_of):
    (message,) = messages_of(plan_destroys_stateful_resource, change(TABLE, "delete", reason="delete_because_each_key"))
    assert message.startswith("the plan deletes the resource")
    assert message.endswith("; `for_each` no longer has its key")


@pytest.mark.parametrize("type_", sorted(STATEFUL))
def test_the_provider_has_every_stateful_type(type_):
    assert any(load(version).block("resource", type_) for version in SHIPPED)


def test_the_remedy_quotes_a_valid_setting(change):
    address = 'aws_sqs_queue.orders["eu"]'
    stack = Stack("plan.json", "plan", changes=(change(address, "delete"),))
    (result,) = evaluate(stack, [plan_destroys_stateful_resource], Settings())
    setting = result.findings[0].remedy.partition("set `")[2].partition("` under `[plan]`")[0]
    assert tomllib.loads(setting) == {"allow_destroy": [address]}
