import pytest

from plainwork_policies.privileges.iam_allow_not_action import iam_allow_not_action

DOCUMENT = 'jsonencode({ Statement = [{ Effect = "%s", Action = %s, Resource = "*" }] })'
POLICY = 'resource "aws_iam_policy" "p" {\n  policy = %s\n}\n'


@pytest.mark.parametrize(
    ("effect", "excluded", "status"),
    [
        ("Allow", '["iam:*", "sts:*"]', "failed"),
        ("Allow", '"s3:DeleteObject"', "failed"),
        ("Allow", '["iam:*", "*"]', "passed"),
        ("Allow", '["iam:*", var.more]', "not_evaluated"),
        ("${var.effect}", '"iam:*"', "not_evaluated"),
        ("Deny", '"iam:*"', "passed"),
    ],
)
def test_an_allow_statement_with_not_action_fails(effect, excluded, status, statuses):
    document = (DOCUMENT % (effect, excluded)).replace("Action", "NotAction")
    assert statuses(iam_allow_not_action, POLICY % document) == {"aws_iam_policy.p": status}


def test_the_message_lists_the_excluded_actions(messages):
    document = (DOCUMENT % ("Allow", '["iam:*", "sts:*"]')).replace("Action", "NotAction")
    (message,) = messages(iam_allow_not_action, POLICY % document)
    assert message.startswith("`NotAction` is `iam:*` and `sts:*`")


def test_a_statement_with_action_passes(statuses):
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
def test_resource_based_policies_are_checked_and_limiting_policies_are_not(type_, argument, expected, statuses):
    document = (DOCUMENT % ("Allow", '"iam:*"')).replace("Action", "NotAction")
    assert statuses(iam_allow_not_action, f'resource "{type_}" "p" {{\n  {argument} = {document}\n}}\n') == expected


def test_the_finding_has_the_path_and_line_of_the_element(results):
    block = 'statement {\n    not_actions = ["iam:*"]\n    resources = ["*"]\n  }'
    data = f'data "aws_iam_policy_document" "d" {{\n  {block}\n}}\n'
    (result,) = results(iam_allow_not_action, data + POLICY % "data.aws_iam_policy_document.d.json")
    (finding,) = result.findings
    assert (finding.path, finding.location.line) == ("policy.Statement.0.NotAction", 3)
