import tomllib

import pytest

from plainwork_core.model.stack import Stack
from plainwork_core.schema import load
from plainwork_policies.changes.plan_destroys_stateful_resource import plan_destroys_stateful_resource
from plainwork_policies.changes.stateful import STATEFUL
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings

TABLE = "aws_dynamodb_table.orders"


@pytest.mark.parametrize(
    ("actions", "verdict"),
    [
        (("delete",), "failed"),
        (("delete", "create"), "failed"),
        (("create", "delete"), "failed"),
        (("update",), "passed"),
    ],
)
def test_what_holds_data_may_change_and_may_not_go(actions, verdict, change, verdicts_of):
    assert verdicts_of(plan_destroys_stateful_resource, change(TABLE, *actions)) == {TABLE: verdict}


@pytest.mark.parametrize("actions", [("create",), ("no-op",), ("read",), ("forget",), ("create", "forget")])
def test_what_is_not_there_or_stays_is_no_subject(actions, change, verdicts_of):
    assert verdicts_of(plan_destroys_stateful_resource, change(TABLE, *actions)) == {}


def test_what_holds_no_data_may_go(change, verdicts_of):
    role = "aws_iam_role.deploy"
    assert verdicts_of(plan_destroys_stateful_resource, change(role, "delete")) == {role: "passed"}
    assert verdicts_of(plan_destroys_stateful_resource, change(role, "delete"), stateful_types=("aws_iam_role",)) == {
        role: "failed"
    }


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        ({"engine": "redis", "replication_group_id": None}, "failed"),
        ({"engine": "valkey"}, "failed"),
        ({"engine": "redis", "replication_group_id": "orders"}, "passed"),
        ({"engine": "memcached"}, "passed"),
    ],
)
def test_a_cache_cluster_holds_data_where_it_stands_alone(before, verdict, change, verdicts_of):
    cluster = "aws_elasticache_cluster.sessions"
    assert verdicts_of(plan_destroys_stateful_resource, change(cluster, "delete", before=before)) == {cluster: verdict}


def test_what_is_meant_to_go_may_go(change, verdicts_of):
    assert verdicts_of(plan_destroys_stateful_resource, change(TABLE, "delete"), allow_destroy=(TABLE,)) == {
        TABLE: "passed"
    }


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"forced_by": (("hash_key",),)}, ", because `hash_key` cannot change in place"),
        ({"forced_by": (("a",), ("b", 0, "c"))}, ", because `a` and `b.0.c` cannot change in place"),
        ({"reason": "replace_because_tainted"}, ", because it is tainted"),
        ({"reason": "replace_by_request"}, ", because `-replace` asks for it"),
        ({"reason": "of_a_later_terraform"}, ""),
        ({}, ""),
    ],
)
def test_the_message_says_what_forces_a_replacement(how, why, change, messages_of):
    replaced = change(TABLE, "delete", "create", **how)
    assert messages_of(plan_destroys_stateful_resource, replaced) == [f"is replaced by an empty one{why}"]


def test_the_message_says_why_something_is_deleted(change, messages_of):
    deleted = change(TABLE, "delete", reason="delete_because_each_key")
    assert messages_of(plan_destroys_stateful_resource, deleted) == [
        "is deleted with all it holds, because `for_each` does not have its key any more"
    ]


@pytest.mark.parametrize("type_", sorted(STATEFUL))
def test_every_type_is_one_that_the_provider_has(type_):
    assert load().block("resource", type_)


def test_the_remedy_can_be_written_as_it_stands(change):
    address = 'aws_sqs_queue.orders["eu"]'
    stack = Stack("plan.json", "plan", changes=(change(address, "delete"),))
    ((finding,),) = (each.findings for each in evaluate(stack, [plan_destroys_stateful_resource], Settings()))
    written = finding.remedy.partition("write ")[2].partition(" under [plan]")[0]
    assert tomllib.loads(written) == {"allow_destroy": [address]}
