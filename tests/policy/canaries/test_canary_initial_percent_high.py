from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Change, Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.canaries.canary_initial_percent_high import canary_initial_percent_high
from plainwork_policies.canaries.settings import CanarySettings
from plainwork_policies.engine.runner import evaluate
from tests.support.settings import team_with

HIDDEN = Unknown("`aws_x.y` is known only after apply", ("aws_x.y",))
CREATE, UPDATE, NO_OP, DELETE, REPLACE = ("create",), ("update",), ("no-op",), ("delete",), ("delete", "create")


def record(label, weight, *actions, **arguments):
    values = {"zone_id": "Z1", "name": "a.example.com", "type": "A", **arguments}
    return f"aws_route53_record.{label}", actions, values, values | {"weighted_routing_policy": [{"weight": weight}]}


def forward(**weights):
    groups = [{"arn": HIDDEN if arn == "made" else arn, "weight": weight} for arn, weight in weights.items()]
    return {"action": [{"type": "forward", "forward": [{"target_group": groups}]}]}


def simple(arn):
    return {"action": [{"type": "forward", "target_group_arn": arn, "forward": []}]}


def rule(before, after, *actions):
    return "aws_lb_listener_rule.x", actions or UPDATE, before, after


def found(*rows, **settings):
    here, place = Location("plan.json"), "aws"
    resources, changes = [], []
    for address, actions, before, after in rows:
        kind, label = address.split(".")
        changes.append(Change(address, kind, actions, before, after, location=here))
        if actions != DELETE:
            resources.append(Resource(address, "managed", kind, label, place, after, here))
    stack = Stack("plan.json", "plan", resources=tuple(resources), changes=tuple(changes))
    return evaluate(stack, [canary_initial_percent_high], team_with(CanarySettings, **settings))


def statuses(*rows, **settings):
    return [result.status for result in found(*rows, **settings)]


@pytest.mark.parametrize(
    ("weight", "status"),
    [(0, "passed"), (5, "passed"), (10, "passed"), (11, "failed"), (90, "failed"), (HIDDEN, "not_evaluated")],
)
@pytest.mark.parametrize("stays", [NO_OP, UPDATE, REPLACE])
def test_a_new_record_starts_with_at_most_10_percent(weight, status, stays):
    assert statuses(record("stable", 90, *stays), record("canary", weight, *CREATE)) == [status]


def test_a_new_record_does_not_start_with_all_the_traffic():
    assert statuses(record("stable", 0, *UPDATE), record("canary", 1, *CREATE)) == ["failed"]


def test_beside_an_unknown_weight_only_a_weight_of_0_passes():
    assert statuses(record("stable", HIDDEN, *UPDATE), record("canary", 1, *CREATE)) == ["not_evaluated"]
    assert statuses(record("stable", HIDDEN, *UPDATE), record("canary", 0, *CREATE)) == ["passed"]


def test_a_new_group_starts_with_any_weights():
    assert statuses(record("stable", 50, *CREATE), record("canary", 50, *CREATE)) == ["passed", "passed"]
    assert statuses(record("stable", 50, *CREATE), record("old", 50, *DELETE)) == ["passed"]


@pytest.mark.parametrize("differs", [{"zone_id": "Z2"}, {"name": "b.example.com"}, {"type": "AAAA"}])
def test_a_record_of_another_group_does_not_count(differs):
    assert statuses(record("stable", 50, *NO_OP, **differs), record("canary", 50, *CREATE)) == ["passed"]


def test_an_existing_record_is_no_subject():
    assert statuses(record("stable", 10, *UPDATE), record("canary", 90, *UPDATE)) == []
    assert statuses(record("stable", 10, *UPDATE), record("canary", 90, *REPLACE)) == []


def test_a_record_that_may_replace_a_deleted_one_is_not_evaluated():
    stays, goes = record("stable", 50, *NO_OP), record("old", 50, *DELETE, name="A.example.com.")
    assert statuses(stays, goes, record("canary", 50, *CREATE)) == ["not_evaluated"]
    other = record("old", 50, *DELETE, name="b.example.com")
    assert statuses(stays, other, record("canary", 50, *CREATE)) == ["failed"]


def test_a_group_that_may_have_another_record_is_not_evaluated():
    stays, may = record("stable", 50, *NO_OP), record("other", 50, *NO_OP, name=HIDDEN)
    assert statuses(stays, may, record("canary", 50, *CREATE)) == ["not_evaluated"]


def test_a_record_with_an_unknown_name_is_not_evaluated():
    assert statuses(record("stable", 50, *NO_OP), record("canary", 50, *CREATE, name=HIDDEN)) == ["not_evaluated"]


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (forward(a=100), forward(a=90, b=10), "passed"),
        (forward(a=100), forward(a=50, b=50), "failed"),
        (forward(a=100), forward(a=50, made=50), "failed"),
        (forward(a=100), forward(a=95, made=5), "passed"),
        (simple("a"), forward(a=1, b=1), "failed"),
        (simple("a"), forward(a=95, b=5), "passed"),
        (forward(a=95, b=5), forward(a=0, b=100), "passed"),
        (forward(a=100, b=0), forward(a=50, b=50), "passed"),
        (forward(a=100), forward(a=50, b=HIDDEN), "not_evaluated"),
        (forward(a=100), forward(a=HIDDEN, b=0), "passed"),
        (forward(a=100), forward(b=100), "passed"),
        (forward(a=100), forward(b=50, c=50), "passed"),
        (forward(a=50, b=50), forward(a=50, c=50), "not_evaluated"),
        (forward(a=50, b=50), forward(a=95, c=5), "passed"),
        (forward(a=100), forward(made=100), "not_evaluated"),
    ],
)
def test_a_new_target_group_starts_with_at_most_10_percent(before, after, status):
    assert statuses(rule(before, after)) == [status]
    assert statuses(rule(before, after, *REPLACE)) == [status]


@pytest.mark.parametrize("actions", [CREATE, NO_OP])
def test_a_rule_that_is_new_or_unchanged_is_no_subject(actions):
    assert statuses(rule(None if actions == CREATE else forward(a=1), forward(a=1, b=1), *actions)) == []


def test_the_default_action_of_a_listener_is_checked():
    before, after = ({"default_action": rule["action"]} for rule in (simple("a"), forward(a=1, b=1)))
    assert statuses(("aws_lb_listener.x", UPDATE, before, after)) == ["failed"]


def test_the_setting_is_the_maximum():
    rows = record("stable", 75, *NO_OP), record("canary", 25, *CREATE)
    assert statuses(*rows, max_initial_percent=25) == ["passed"]
    assert statuses(*rows, max_initial_percent=24) == ["failed"]


@pytest.mark.parametrize("percentage", [-1, 101])
def test_the_setting_is_a_percentage(percentage):
    with pytest.raises(InputError, match=rf"`max_initial_percent` is {percentage}; the range is 0 to 100"):
        CanarySettings(max_initial_percent=percentage)


def test_a_new_group_that_may_have_another_record_is_not_evaluated():
    may = record("other", 50, *NO_OP, name=HIDDEN)
    assert statuses(may, record("canary", 50, *CREATE)) == ["not_evaluated"]


def test_the_messages_have_share_and_maximum():
    rows = record("stable", 2, *NO_OP), record("canary", 1, *CREATE), rule(forward(a=1), forward(a=1, b=1))
    of_record, of_rule = (finding for result in found(*rows) for finding in result.findings)
    assert of_record.path == "weighted_routing_policy.0.weight"
    assert "33.33 % of the traffic" in of_record.message
    assert "`[canaries] max_initial_percent` is 10" in of_record.message
    assert of_rule.path == "action.0.forward.0.target_group.1.weight"
    assert "50 % of the traffic" in of_rule.message


def test_without_a_plan_there_is_no_subject(results):
    assert results(canary_initial_percent_high, 'resource "aws_route53_record" "x" {}\n') == []
