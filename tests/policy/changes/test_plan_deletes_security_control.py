import pytest

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.schema import load
from plainwork_policies.changes.plan_deletes_security_control import plan_deletes_security_control
from plainwork_policies.changes.security_controls import CONTROLS
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings

BLOCK = "aws_s3_bucket_public_access_block.reports"
BEFORE = {"id": "reports", "bucket": "reports"}


def status_of(*changes, others=()):
    resources = tuple(
        Resource(f"{type_}.other", "managed", type_, "other", "aws", values, Location("plan.json"))
        for type_, values in others
    )
    stack = Stack("plan.json", "plan", resources=resources, changes=changes)
    return evaluate(stack, [plan_deletes_security_control], Settings())[0].status


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        (("delete",), "failed"),
        (("delete", "create"), "passed"),
        (("create", "delete"), "passed"),
        (("update",), "passed"),
    ],
)
def test_a_control_may_be_replaced_and_not_deleted(actions, status, change):
    assert status_of(change(BLOCK, *actions, before=BEFORE)) == status


def test_a_control_is_deleted_with_what_it_protects(change):
    block = change(BLOCK, "delete", before=BEFORE)
    assert status_of(block, change("aws_s3_bucket.reports", "delete", before=BEFORE)) == "passed"
    assert status_of(block, change("aws_s3_bucket.other", "delete", before={"id": "other"})) == "failed"
    assert status_of(block, change("aws_s3_bucket.reports", "update", before=BEFORE)) == "failed"


@pytest.mark.parametrize(
    ("bucket", "status"),
    [
        ("reports", "passed"),
        ("other", "failed"),
        (["reports"], "not_evaluated"),
        (Unknown("is known only after apply"), "not_evaluated"),
    ],
)
def test_another_control_may_protect_the_same_resource(bucket, status, change):
    block = change(BLOCK, "delete", before=BEFORE)
    assert status_of(block, others=[("aws_s3_bucket_public_access_block", {"bucket": bucket})]) == status


def test_an_account_may_have_another_control_of_the_type(change):
    trail = change("aws_cloudtrail.all", "delete", before={"id": "all", "name": "all"})
    assert status_of(trail) == "failed"
    assert status_of(trail, others=[("aws_cloudtrail", {"name": "organization"})]) == "passed"


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ({"permissions_boundary": "arn:aws:iam::111122223333:policy/b"}, {}, "failed"),
        (
            {"permissions_boundary": "arn:aws:iam::111122223333:policy/b"},
            {"permissions_boundary": Unknown("is known only after apply")},
            "passed",
        ),
        ({"permissions_boundary": None}, {}, "passed"),
        ({"permissions_boundary": ""}, {}, "passed"),
    ],
)
def test_a_role_keeps_its_permissions_boundary(before, after, status, change):
    assert status_of(change("aws_iam_role.deploy", "update", before=before, after=after)) == status


def test_a_control_in_allow_destroy_may_be_deleted(change, statuses_of):
    block = change(BLOCK, "delete", before=BEFORE)
    assert statuses_of(plan_deletes_security_control, block, allow_destroy=(BLOCK,)) == {BLOCK: "passed"}


def test_the_message_states_what_is_missing_afterwards(change, messages_of):
    assert messages_of(plan_deletes_security_control, change(BLOCK, "delete", before=BEFORE)) == [
        "the plan deletes the control; bucket policies and ACLs can allow public access"
    ]


@pytest.mark.parametrize("type_", CONTROLS)
def test_the_provider_has_each_control_with_its_arguments(type_):
    assert set(CONTROLS[type_].targets) <= load().block("resource", type_).attributes.keys()
