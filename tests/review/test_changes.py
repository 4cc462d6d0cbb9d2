"""The changes of a plan: their differences, their kind, and their groups."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plainwork_core.diff.line import Line
from plainwork_policies.review.levels import Level
from plainwork_policies.review.model import Review, ReviewedChange
from tests.review.conftest import MakeReview
from tests.support.plan_documents import change

TAGS = {"tags": {"Owner": "it"}, "tags_all": {"Owner": "it"}}
NEW_TAGS = {"tags": {"Owner": "platform"}, "tags_all": {"Owner": "platform"}}


def only(review: Review) -> ReviewedChange:
    (found,) = [change for group in review.groups for change in group.changes]
    return found


def test_forty_tag_changes_do_not_hide_a_replacement(make_review: MakeReview) -> None:
    tagged = [change("update", f"aws_sqs_queue.q{number}", TAGS, NEW_TAGS) for number in range(40)]
    file_system = change(
        "replace",
        "aws_efs_file_system.files",
        TAGS | {"encrypted": False},
        NEW_TAGS | {"encrypted": True},
        forced_by=("encrypted",),
    )
    review = make_review(*tagged[:20], file_system, *tagged[20:])
    assert review.question == "Approve the loss of data?"
    assert review.summary == "Replaces 1 EFS file system that cannot come back; 40 tag changes folded."
    assert only(review).address == "aws_efs_file_system.files"
    assert only(review).lines[0] == Line("~", "encrypted", "false", "true", forces=True)


def test_tag_changes_alone_are_the_decision(make_review: MakeReview) -> None:
    review = make_review(*(change("update", f"aws_sqs_queue.q{number}", TAGS, NEW_TAGS) for number in range(2)))
    assert review.question == "Approve 2 tag changes?"
    assert review.groups == ()


def test_tags_are_compared_with_the_default_tags_of_the_provider(make_review: MakeReview) -> None:
    before, after = {"tags": {}, "tags_all": {"Owner": "it"}}, {"tags": None, "tags_all": {"Owner": "platform"}}
    (found,) = make_review(change("update", "aws_sqs_queue.q", before, after)).folded
    assert (found.fold, found.lines) == ("tags", (Line("~", "tags.Owner", "it", "platform"),))


def test_a_zero_of_the_state_that_is_not_set_is_no_difference(make_review: MakeReview) -> None:
    before, after = {"size": 0, "encrypted": False, "mode": "a"}, {"size": None, "encrypted": None, "mode": "b"}
    assert only(make_review(change("update", "aws_ebs_volume.v", before, after))).lines == (
        Line("~", "mode", "a", "b"),
    )


def test_moves_alone_change_nothing(make_review: MakeReview) -> None:
    moves = [
        change("none", f"aws_subnet.s{number}", previous_address=f"module.net.aws_subnet.s[{number}]")
        for number in range(3)
    ]
    review = make_review(*moves)
    assert review.question == "Approve 3 moves of addresses?"
    assert review.summary == "3 moved addresses folded."
    assert [one.fold for one in review.folded] == ["moved"] * 3
    assert review.folded[0].notes == ("moved from `module.net.aws_subnet.s[0]`",)


def test_a_moved_resource_that_is_updated_is_a_real_change(make_review: MakeReview) -> None:
    moved = change(
        "update", "aws_sqs_queue.b", {"delay_seconds": 0}, {"delay_seconds": 9}, previous_address="aws_sqs_queue.a"
    )
    assert only(make_review(moved)).notes == ("moved from `aws_sqs_queue.a`",)


def test_imports_and_forgotten_resources_are_folded(make_review: MakeReview) -> None:
    imported = change("none", "aws_sqs_queue.a", importing={"id": "https://sqs/queue"})
    forgotten = change("forget", "aws_sqs_queue.b")
    review = make_review(imported, forgotten)
    assert [one.fold for one in review.folded] == ["imported", "forgotten"]


def test_an_update_of_computed_attributes_is_known_after_apply(make_review: MakeReview) -> None:
    computed = change("update", "aws_sns_topic.a", {"arn": "x"}, {"arn": None}, unknown={"arn": True})
    (found,) = make_review(computed).folded
    assert (found.fold, found.unknown) == ("after_apply", ("arn",))


def test_an_update_of_the_layout_of_json_is_to_the_same_value(make_review: MakeReview) -> None:
    spaced = change("update", "aws_sqs_queue.a", {"redrive_policy": '{"a": 1}'}, {"redrive_policy": '{"a":1}'})
    review = make_review(spaced)
    assert [one.fold for one in review.folded] == ["same_value"]
    assert review.summary == "1 update to the same value folded."


def test_several_updates_that_are_known_after_apply_are_plural(make_review: MakeReview) -> None:
    computed = [
        change("update", f"aws_sns_topic.{name}", {"arn": "x"}, {"arn": None}, unknown={"arn": True}) for name in "ab"
    ]
    assert make_review(*computed).summary == "2 updates known after apply folded."


def test_a_security_group_is_compared_by_port(make_review: MakeReview) -> None:
    def rule(port: int, cidr: str) -> dict[str, Any]:
        return {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": [cidr], "description": ""}

    before = {"ingress": [rule(443, "10.0.0.0/8"), rule(22, "10.0.0.0/8")]}
    after = {"ingress": [rule(22, "0.0.0.0/0"), rule(443, "10.0.0.0/8")]}
    lines = only(make_review(change("update", "aws_security_group.a", before, after))).lines
    assert lines == (Line("~", "ingress[tcp 22].cidr_blocks", "10.0.0.0/8", "0.0.0.0/0"),)


def test_a_policy_is_compared_by_statement(make_review: MakeReview) -> None:
    def policy(*actions: str) -> dict[str, Any]:
        statement = {"Sid": "Queue", "Effect": "Allow", "Action": list(actions), "Resource": "*"}
        return {"policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}

    updated = change("update", "aws_iam_policy.a", policy("sqs:SendMessage"), policy("sqs:SendMessage", "sqs:*"))
    assert only(make_review(updated)).lines == (Line("+", "policy.Statement[Queue].Action", after="sqs:*"),)


def test_changes_are_grouped_by_module_the_worst_first(make_review: MakeReview) -> None:
    review = make_review(
        change("create", "aws_sqs_queue.a"),
        change("create", 'module.net["a.b"].module.sub.aws_vpc.main'),
        change("delete", 'module.data.aws_dynamodb_table.t["x"]'),
    )
    assert [(group.kind, group.name) for group in review.groups] == [
        ("module", "module.data"),
        ("root", "root module"),
        ("module", 'module.net["a.b"].module.sub'),
    ]


def test_a_version_upgrade_is_recognized(make_review: MakeReview) -> None:
    review = make_review(
        change(
            "update",
            "aws_elasticache_replication_group.cache",
            {"engine": "valkey", "engine_version": "7.2", "parameter_group_name": "default.valkey7"},
            {"engine_version": "8.0", "parameter_group_name": "default.valkey8"},
        )
    )
    assert review.level is Level.ONE_WAY
    assert review.question == (
        "Approve the version upgrade of ElastiCache replication group `aws_elasticache_replication_group.cache`: "
        "`engine_version` 7.2 -> 8.0?"
    )


def test_drift_actions_and_outputs_are_shown(make_review: MakeReview) -> None:
    drifted = change("update", "aws_sqs_queue.a", {"delay_seconds": 0}, {"delay_seconds": 5})
    review = make_review(
        change("none", "aws_sqs_queue.a", {"delay_seconds": 0}),
        resource_drift=[drifted],
        action_invocations=[{"address": "action.aws_lambda_invoke.warm", "type": "aws_lambda_invoke", "name": "warm"}],
        output_changes={
            "url": {"actions": ["update"], "before": "a", "after": "b", "after_unknown": False},
            "token": {
                "actions": ["update"],
                "before": "old",
                "after": "new",
                "before_sensitive": True,
                "after_sensitive": True,
            },
        },
    )
    assert [(one.fold, one.lines) for one in review.folded] == [("drift", (Line("~", "delay_seconds", "0", "5"),))]
    assert review.actions == ("action.aws_lambda_invoke.warm",)
    assert review.outputs == (Line("~", "url", "a", "b"), Line("~", "token", "(sensitive)", "(sensitive)"))


def test_quantities_are_counted_before_and_after(make_review: MakeReview) -> None:
    endpoint = {"vpc_endpoint_type": "Interface", "subnet_ids": ["a", "b"]}
    review = make_review(
        change("update", "aws_vpc_endpoint.a", endpoint, {"subnet_ids": ["a", "b", "c"]}),
        change("create", "aws_vpc_endpoint.b", None, endpoint),
        change("delete", "aws_nat_gateway.a"),
        change("create", "aws_instance.a", None, {}),
        change("delete", "aws_instance.b"),
    )
    assert [(found.name, found.before, found.after) for found in review.quantities] == [
        ("interface endpoints x Availability Zones", 2, 5),
        ("NAT gateways", 1, 0),
    ]


def test_an_unknown_number_is_not_counted(make_review: MakeReview) -> None:
    endpoint = {"vpc_endpoint_type": "Interface"}
    review = make_review(change("create", "aws_vpc_endpoint.b", None, endpoint, unknown={"subnet_ids": True}))
    assert review.quantities == ()


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_without_changes_has_nothing_to_approve(make_review: MakeReview, number: int) -> None:
    review = make_review(*(change("none", f"aws_sqs_queue.q{index}") for index in range(number)))
    assert (review.question, review.summary) == ("Nothing to approve.", "The plan changes nothing.")
    assert review.counts == (("unchanged", number),)


def rule(stable: int, canary: int) -> dict[str, Any]:
    groups = [
        {"arn": f"arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/{name}/1", "weight": weight}
        for name, weight in (("stable", stable), ("canary", canary))
    ]
    return {"action": [{"type": "forward", "forward": [{"target_group": groups}]}]}


@pytest.mark.parametrize(
    ("canary", "question", "level"),
    [
        (25, "Approve the canary step: rollout 5 % -> 25 %?", Level.CHANGE),
        (0, "Approve the canary step: rollout 5 % -> 0 %?", Level.CHANGE),
        (50, "Approve a canary step out of order: rollout 5 % -> 50 % skips 25 %?", Level.FINDING),
    ],
)
def test_a_canary_step_is_the_decision(make_review: MakeReview, canary: int, question: str, level: Level) -> None:
    values = rule(100 - canary, canary)["action"]
    block = {
        "address": "aws_lb_listener_rule.rollout",
        "mode": "managed",
        "type": "aws_lb_listener_rule",
        "name": "rollout",
    }
    groups = [{"arn": {"constant_value": group["arn"]}} for group in values[0]["forward"][0]["target_group"]]
    expressions = {"action": [{"forward": [{"target_group": groups}]}]}
    review = make_review(
        change("update", "aws_lb_listener_rule.rollout", rule(95, 5), {"action": values}),
        configuration={
            "root_module": {"resources": [{**block, "provider_config_key": "aws", "expressions": expressions}]}
        },
    )
    assert (review.question, review.level) == (question, level)
    assert [line.argument for line in only(review).lines] == [
        "action.forward.target_group[targetgroup/stable].weight",
        "action.forward.target_group[targetgroup/canary].weight",
    ]
