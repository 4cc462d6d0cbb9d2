import pytest

from plainwork_policies.privileges.iam_wildcard_action import iam_wildcard_action

DOCUMENT = 'jsonencode({ Statement = [{ Effect = "%s", Action = %s, Resource = "*" }] })'
POLICY = 'resource "aws_iam_policy" "p" {\n  policy = %s\n}\n'
KEY = """resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = %s }] })
}
"""
ROOT = '"arn:${data.aws_partition.p.partition}:iam::${data.aws_caller_identity.c.account_id}:root"'


@pytest.mark.parametrize(
    "action", ['"*"', '"s3:*"', '["s3:GetObject", "sqs:*"]', '"*:*"', '"s3:**"', '"s3:?*"', '"${var.x}:*"']
)
def test_all_actions_of_a_service_fail(action, statuses):
    assert statuses(iam_wildcard_action, POLICY % (DOCUMENT % ("Allow", action))) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    ("action", "severity", "scope"),
    [
        ('"*"', "high", "all actions"),
        ('["s3:*", "*:*"]', "high", "all actions"),
        ('"s3:*"', "medium", "all actions of `s3`"),
        ('["s3:*", "SQS:*"]', "medium", "all actions of `s3` and `sqs`"),
    ],
)
def test_the_severity_is_lower_for_the_actions_of_a_service(action, severity, scope, results):
    (result,) = results(iam_wildcard_action, POLICY % (DOCUMENT % ("Allow", action)))
    (finding,) = result.findings
    assert finding.severity == severity
    assert finding.message.endswith(f"it allows {scope}")


@pytest.mark.parametrize("action", ['"s3:GetObject"', '"s3:Get*"', '"s3:?"', '["s3:*Object", "s3:List?ucket"]'])
def test_a_part_of_a_service_passes(action, statuses):
    assert statuses(iam_wildcard_action, POLICY % (DOCUMENT % ("Allow", action))) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ["var.actions", '["s3:GetObject", var.action]', '"s3:${var.action}"'])
def test_an_unknown_action_is_not_evaluated(action, statuses):
    assert statuses(iam_wildcard_action, POLICY % (DOCUMENT % ("Allow", action))) == {
        "aws_iam_policy.p": "not_evaluated"
    }


def test_a_wildcard_fails_beside_an_unknown_action(statuses):
    document = DOCUMENT % ("Allow", '["s3:*", var.action]')
    assert statuses(iam_wildcard_action, POLICY % document) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(("effect", "status"), [("Deny", "passed"), ("${var.effect}", "not_evaluated")])
def test_only_an_allow_statement_fails(effect, status, statuses):
    document = DOCUMENT % (effect, '"s3:*"')
    assert statuses(iam_wildcard_action, POLICY % document) == {"aws_iam_policy.p": status}


def test_not_action_passes(statuses):
    document = (DOCUMENT % ("Allow", '"iam:*"')).replace("Action", "NotAction")
    assert statuses(iam_wildcard_action, POLICY % document) == {"aws_iam_policy.p": "passed"}


def test_a_resource_based_policy_is_checked(statuses):
    hcl = POLICY.replace('aws_iam_policy" "p', 'aws_sqs_queue_policy" "q') % (DOCUMENT % ("Allow", '"SQS:*"'))
    assert statuses(iam_wildcard_action, hcl) == {"aws_sqs_queue_policy.q": "failed"}


@pytest.mark.parametrize(
    "hcl",
    [
        'resource "aws_vpc_endpoint" "e" {\n  policy = %s\n}\n',
        'resource "aws_organizations_policy" "o" {\n  content = %s\n}\n',
        'resource "aws_iam_role" "r" {\n  permissions_boundary = aws_iam_policy.p.arn\n}\n' + POLICY,
    ],
)
def test_policies_that_only_limit_are_not_checked(hcl, statuses):
    assert statuses(iam_wildcard_action, hcl % (DOCUMENT % ("Allow", '"*"'))) == {}


@pytest.mark.parametrize(
    ("principal", "status"),
    [
        ('{ AWS = "arn:aws:iam::111122223333:root" }', "passed"),
        (f"{{ AWS = {ROOT} }}", "passed"),
        ('{ AWS = ["111122223333", "arn:aws:iam::111122223333:role/admin"] }', "failed"),
        ('{ AWS = "*" }', "failed"),
        ("{ AWS = aws_iam_role.admin.arn }", "failed"),
        ("{ AWS = var.principal }", "not_evaluated"),
    ],
)
def test_a_key_policy_may_allow_all_actions_to_an_account(principal, status, statuses):
    assert statuses(iam_wildcard_action, KEY % principal) == {"aws_kms_key.k": status}


def test_a_document_that_no_resource_uses_is_not_evaluated(messages):
    hcl = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n}\n'
    )
    (message,) = messages(iam_wildcard_action, hcl)
    assert message.startswith("no resource of this stack uses the document")


def test_the_finding_has_the_path_line_and_value_of_the_action(results):
    hcl = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n}\n'
    )
    (result,) = results(iam_wildcard_action, hcl + POLICY % "data.aws_iam_policy_document.d.json")
    (finding,) = result.findings
    assert (result.address, result.location.line) == ("aws_iam_policy.p", 2)
    assert finding.message == "`Action` is `s3:*`; it allows all actions of `s3`"
    assert (finding.path, finding.value) == ("policy.Statement.0.Action", ["s3:*"])


def test_the_action_of_a_permission_of_a_function_is_checked(results):
    hcl = 'resource "aws_lambda_permission" "p" {\n  principal = "111122223333"\n  action    = "lambda:*"\n}\n'
    (result,) = results(iam_wildcard_action, hcl)
    (finding,) = result.findings
    assert (finding.path, finding.location.line) == ("action", 3)
