"""A review says that nothing changes only if nothing does."""

from __future__ import annotations

from typing import Any

import pytest

from plainwork_policies.review.levels import Level
from tests.review.conftest import MakeReview
from tests.support.plan_documents import change

QUEUE = change("none", "aws_sqs_queue.a", {"name": "a"})
ACTION = {"address": "action.aws_lambda_invoke.warm", "type": "aws_lambda_invoke", "name": "warm"}
OUTPUT = {"actions": ["update"], "before": "a", "after": "b", "after_unknown": False}


@pytest.mark.parametrize(
    ("members", "clause"),
    [
        ({"output_changes": {"url": OUTPUT}}, "changes 1 output"),
        ({"output_changes": {"url": {"actions": ["create"], "after_unknown": True}}}, "changes 1 output"),
        ({"action_invocations": [ACTION]}, "invokes 1 action"),
        (
            {"output_changes": {"a": OUTPUT, "b": OUTPUT}, "action_invocations": [ACTION]},
            "invokes 1 action and changes 2 outputs",
        ),
    ],
)
def test_outputs_and_actions_are_changes(make_review: MakeReview, members: dict[str, Any], clause: str) -> None:
    review = make_review(QUEUE, **members)
    assert review.level is Level.CHANGE
    assert review.question == f"Approve a plan that only {clause}?"
    assert review.summary.lower() == f"{clause.replace(' and', ';')}."


def test_an_output_that_stays_is_no_change(make_review: MakeReview) -> None:
    review = make_review(QUEUE, output_changes={"url": {**OUTPUT, "actions": ["no-op"]}})
    assert (review.question, review.summary) == ("Nothing to approve.", "The plan changes nothing.")


def test_data_sources_that_are_read_change_nothing(make_review: MakeReview) -> None:
    read = change("update", "data.aws_iam_policy_document.a")
    read["mode"], read["change"]["actions"] = "data", ["read"]
    review = make_review(read)
    assert review.question == "Approve 1 data source that is read?"
    assert review.summary == "Reads 1 data source, and changes nothing."


def test_a_deferred_change_is_a_warning(make_review: MakeReview) -> None:
    deferred = {"reason": "instance_count_unknown", "resource_change": change("create", "aws_sqs_queue.b")}
    review = make_review(QUEUE, complete=False, deferred_changes=[deferred])
    assert review.question == "Nothing to approve, but the plan has a warning."
    assert [warning.partition(" not ")[0] for warning in review.warnings] == ["1 deferred change (aws_sqs_queue.b)"]


def test_a_check_block_that_fails_is_a_warning(make_review: MakeReview) -> None:
    check = {"address": {"kind": "check", "to_display": "check.health"}, "status": "fail"}
    review = make_review(change("update", "aws_sqs_queue.a", {"name": "a"}, {"name": "b"}), checks=[check])
    assert review.question == "Approve these changes?"
    assert review.warnings == ("1 check (check.health) failed in Terraform",)


def test_a_check_block_that_passes_is_none(make_review: MakeReview) -> None:
    check = {"address": {"kind": "check", "to_display": "check.health"}, "status": "pass"}
    assert make_review(QUEUE, checks=[check]).warnings == ()


def test_drift_alone_is_the_decision(make_review: MakeReview) -> None:
    drifted = change("update", "aws_sqs_queue.a", {"name": "a"}, {"name": "b"})
    review = make_review(QUEUE, resource_drift=[drifted])
    assert review.question == "Nothing to approve, but 1 resource changed outside of Terraform."


@pytest.mark.parametrize(
    ("importing", "shown"),
    [({"id": "q"}, "imports `q`"), ({"identity": {"url": "q", "account_id": None}}, "imports `url = q`")],
)
def test_an_import_by_id_or_identity_is_folded(make_review: MakeReview, importing: dict[str, Any], shown: str) -> None:
    (found,) = make_review(change("none", "aws_sqs_queue.a", {"name": "a"}, importing=importing)).folded
    assert (found.fold, found.notes) == ("imported", (shown,))
