import pytest

from plainwork_policies.privileges.iam_allow_not_action import iam_allow_not_action

DOCUMENT = 'jsonencode({ Statement = [{ Effect = "%s", Action = %s, Resource = "*" }] })'
POLICY = 'resource "aws_iam_policy" "p" {\n  policy = %s\n}\n'


@pytest.mark.parametrize(
    ("effect", "left_out", "verdict"),
    [
        ("Allow", '["iam:*", "sts:*"]', "failed"),
        ("Allow", '"s3:DeleteObject"', "failed"),
        ("Allow", '["iam:*", "*"]', "passed"),
        ("Allow", '["iam:*", var.more]', "not_evaluated"),
        ("${var.effect}", '"iam:*"', "not_evaluated"),
        ("Deny", '"iam:*"', "passed"),
    ],
)
def test_all_actions_but_some_are_too_many(effect, left_out, verdict, statuses):
    document = (DOCUMENT % (effect, left_out)).replace("Action", "NotAction")
    assert statuses(iam_allow_not_action, POLICY % document) == {"aws_iam_policy.p": verdict}


def test_the_finding_names_what_not_action_leaves_out(messages):
    document = (DOCUMENT % ("Allow", '["iam:*", "sts:*"]')).replace("Action", "NotAction")
    assert messages(iam_allow_not_action, POLICY % document) == ["allows every action but `iam:*` and `sts:*`"]


def test_actions_that_are_named_are_fine(statuses):
    assert statuses(iam_allow_not_action, POLICY % (DOCUMENT % ("Allow", '["s3:*", var.action]'))) == {
        "aws_iam_policy.p": "passed"
    }


def test_a_document_that_cannot_be_read_is_not_evaluated(statuses):
    assert statuses(iam_allow_not_action, POLICY % "var.document") == {"aws_iam_policy.p": "not_evaluated"}


@pytest.mark.parametrize(
    ("type_", "argument", "expected"),
    [
        ("aws_sqs_queue_policy", "policy", {"aws_sqs_queue_policy.p": "failed"}),
        ("aws_vpc_endpoint", "policy", {}),
        ("aws_organizations_policy", "content", {}),
    ],
)
def test_a_policy_of_a_resource_is_judged_and_what_only_limits_is_not(type_, argument, expected, statuses):
    document = (DOCUMENT % ("Allow", '"iam:*"')).replace("Action", "NotAction")
    assert statuses(iam_allow_not_action, f'resource "{type_}" "p" {{\n  {argument} = {document}\n}}\n') == expected


def test_the_finding_stands_at_the_element(results):
    block = 'statement {\n    not_actions = ["iam:*"]\n    resources = ["*"]\n  }'
    data = f'data "aws_iam_policy_document" "d" {{\n  {block}\n}}\n'
    (result,) = results(iam_allow_not_action, data + POLICY % "data.aws_iam_policy_document.d.json")
    (finding,) = result.findings
    assert (finding.path, finding.location.line) == ("policy.Statement.0.NotAction", 3)
