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
    ("after", "status"),
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
def test_tag_changes_beside_another_change_fail(after, status, change, statuses_of):
    changes = [*retagged(change, 5), function(change, "update", **after)]
    assert statuses_of(plan_mixes_tag_changes, *changes) == {"plan": status}


@pytest.mark.parametrize(
    ("actions", "status"), [(("delete",), "failed"), (("delete", "create"), "failed"), (("create",), "passed")]
)
def test_destroyed_resources_count_and_created_ones_do_not(actions, status, change, statuses_of):
    changes = [*retagged(change, 5), function(change, *actions, timeout=3)]
    assert statuses_of(plan_mixes_tag_changes, *changes) == {"plan": status}


def test_fewer_tag_changes_than_the_threshold_pass(change, statuses_of):
    changes = [*retagged(change, 4), function(change, "update", timeout=900)]
    assert statuses_of(plan_mixes_tag_changes, *changes) == {"plan": "passed"}
    assert statuses_of(plan_mixes_tag_changes, *changes, tag_only_threshold=4) == {"plan": "failed"}


def test_the_message_names_the_other_changes_by_action(change, messages_of):
    others = [function(change, "update", timeout=900), change("aws_sqs_queue.old", "delete")]
    (message,) = messages_of(plan_mixes_tag_changes, *retagged(change, 5), *others)
    assert "only tags of 5 resources" in message
    assert "updates aws_lambda_function.f and deletes aws_sqs_queue.old" in message
