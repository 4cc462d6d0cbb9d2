import pytest

from plainwork_core.errors import InputError
from plainwork_policies.changes.plan_too_many_changes import plan_too_many_changes
from plainwork_policies.changes.settings import PlanSettings


def queues(change, count, *actions):
    return [change(f"aws_sqs_queue.q{index}", *actions) for index in range(count)]


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        (("update",), "passed"),
        (("delete",), "failed"),
        (("delete", "create"), "failed"),
        (("create", "delete"), "failed"),
    ],
)
def test_destroyed_resources_have_a_lower_limit_than_changed_ones(actions, status, change, statuses_of):
    many = queues(change, 11, *actions)
    assert statuses_of(plan_too_many_changes, *many) == {"plan": status}


@pytest.mark.parametrize(("count", "status"), [(50, "passed"), (51, "failed")])
def test_more_changed_resources_than_the_limit_fail(count, status, change, statuses_of):
    assert statuses_of(plan_too_many_changes, *queues(change, count, "update")) == {"plan": status}


@pytest.mark.parametrize("action", ["create", "read", "no-op", "forget"])
def test_a_plan_that_changes_no_existing_resource_is_not_checked(action, change, statuses_of):
    assert statuses_of(plan_too_many_changes, *queues(change, 99, action)) == {}


def test_the_message_names_the_first_and_counts_the_rest(change, messages_of):
    (message,) = messages_of(plan_too_many_changes, *queues(change, 11, "delete"))
    first = ", ".join(f"aws_sqs_queue.q{index}" for index in range(5))
    assert f"destroys 11 existing resources ({first} and 6 more)" in message
    assert "`[plan] max_destroyed` is 10" in message


def test_the_limits_are_settings(change, statuses_of):
    one = change("aws_sqs_queue.q", "delete")
    assert statuses_of(plan_too_many_changes, one, max_destroyed=0) == {"plan": "failed"}
    assert statuses_of(plan_too_many_changes, one, max_changed=0, max_destroyed=1) == {"plan": "failed"}


@pytest.mark.parametrize("name", ["max_changed", "max_destroyed", "tag_only_threshold"])
def test_a_limit_below_zero_is_rejected(name):
    with pytest.raises(InputError, match=rf"`{name}` is -1; the minimum is 0"):
        PlanSettings(**{name: -1})


def test_a_resource_without_infrastructure_does_not_count(change, statuses_of):
    made = [change(f"null_resource.n{index}", "delete", "create") for index in range(11)]
    assert statuses_of(plan_too_many_changes, *made) == {}
    assert statuses_of(plan_too_many_changes, *made, *queues(change, 1, "delete")) == {"plan": "passed"}
