import pytest

from plainwork_core.errors import InputError
from plainwork_policies.changes.plan_too_many_changes import plan_too_many_changes
from plainwork_policies.changes.settings import PlanSettings


def queues(change, count, *actions):
    return [change(f"aws_sqs_queue.q{index}", *actions) for index in range(count)]


@pytest.mark.parametrize(
    ("actions", "verdict"),
    [
        (("update",), "passed"),
        (("delete",), "failed"),
        (("delete", "create"), "failed"),
        (("create", "delete"), "failed"),
    ],
)
def test_fewer_may_be_destroyed_than_touched(actions, verdict, change, verdicts_of):
    many = queues(change, 11, *actions)
    assert verdicts_of(plan_too_many_changes, *many) == {"plan": verdict}


@pytest.mark.parametrize(("count", "verdict"), [(50, "passed"), (51, "failed")])
def test_as_many_as_the_limit_may_be_touched(count, verdict, change, verdicts_of):
    assert verdicts_of(plan_too_many_changes, *queues(change, count, "update")) == {"plan": verdict}


@pytest.mark.parametrize("action", ["create", "read", "no-op", "forget"])
def test_what_touches_nothing_that_is_there_is_no_subject(action, change, verdicts_of):
    assert verdicts_of(plan_too_many_changes, *queues(change, 99, action)) == {}


def test_the_message_names_the_first_and_counts_the_rest(change, messages_of):
    (said,) = messages_of(plan_too_many_changes, *queues(change, 11, "delete"))
    named = ", ".join(f"aws_sqs_queue.q{index}" for index in range(5))
    assert said == f"destroys 11 existing resources, more than 10: {named} and 6 more"


def test_the_limits_are_settings(change, verdicts_of):
    one = change("aws_sqs_queue.q", "delete")
    assert verdicts_of(plan_too_many_changes, one, max_destroyed=0) == {"plan": "failed"}
    assert verdicts_of(plan_too_many_changes, one, max_changed=0, max_destroyed=1) == {"plan": "failed"}


@pytest.mark.parametrize("name", ["max_changed", "max_destroyed", "tag_only_threshold"])
def test_a_limit_below_zero_is_refused(name):
    with pytest.raises(InputError, match=rf"\[plan\] {name} is -1; the minimum is 0"):
        PlanSettings(**{name: -1})
