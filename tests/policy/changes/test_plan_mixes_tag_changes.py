import pytest

from plainwork_core.model.values import Unknown
from plainwork_policies.changes.plan_mixes_tag_changes import plan_mixes_tag_changes

HIDDEN = Unknown("`aws_kms_key.k.arn` is known only after apply", ("aws_kms_key.k.arn",))


def retagged(change, count):
    before, after = {"name": "q", "tags_all": {"Owner": "a"}}, {"name": "q", "tags_all": {"Owner": "b"}}
    return [change(f"aws_sqs_queue.q{index}", "update", before=before, after=after) for index in range(count)]


def function(change, *actions, **after):
    return change("aws_lambda_function.f", *actions, before={"timeout": 3, "layers": None}, after=after)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ({"timeout": 3}, "passed"),
        ({"timeout": 3, "tags": {"Owner": "b"}}, "passed"),
        ({"timeout": 900}, "failed"),
        ({}, "failed"),
        ({"timeout": 3, "kms_key_arn": HIDDEN}, "not_evaluated"),
        ({"timeout": 3, "kms_key_arn": [HIDDEN]}, "not_evaluated"),
        ({"timeout": 900, "kms_key_arn": HIDDEN}, "failed"),
    ],
)
def test_a_plan_of_tags_changes_nothing_else(after, verdict, change, verdicts_of):
    changes = [*retagged(change, 5), function(change, "update", **after)]
    assert verdicts_of(plan_mixes_tag_changes, *changes) == {"plan": verdict}


@pytest.mark.parametrize(
    ("actions", "verdict"), [(("delete",), "failed"), (("delete", "create"), "failed"), (("create",), "passed")]
)
def test_what_is_destroyed_counts_and_what_is_created_does_not(actions, verdict, change, verdicts_of):
    changes = [*retagged(change, 5), function(change, *actions, timeout=3)]
    assert verdicts_of(plan_mixes_tag_changes, *changes) == {"plan": verdict}


def test_a_plan_of_few_tags_may_change_anything(change, verdicts_of):
    changes = [*retagged(change, 4), function(change, "update", timeout=900)]
    assert verdicts_of(plan_mixes_tag_changes, *changes) == {"plan": "passed"}
    assert verdicts_of(plan_mixes_tag_changes, *changes, tag_only_threshold=4) == {"plan": "failed"}


def test_the_message_names_what_hides(change, messages_of):
    changes = [*retagged(change, 5), function(change, "update", timeout=900)]
    assert messages_of(plan_mixes_tag_changes, *changes) == [
        "changes nothing but tags of 5 resources, and more than that of aws_lambda_function.f"
    ]
