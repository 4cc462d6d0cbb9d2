import pytest

from plainwork_policies.conditions.iam_policy_variable_literal import iam_policy_variable_literal
from tests.support.iam_hcl import allow, deny, identity, service_control

VARIABLE = "${aws:PrincipalTag/Team}"


@pytest.mark.parametrize(
    "text",
    [
        "aws:PrincipalTag/Team",
        "AWS:principaltag/Team",
        "{aws:PrincipalTag/Team}",
        "$aws:PrincipalTag/Team",
        "&{aws:PrincipalTag/Team}",
        "team-&{aws:PrincipalTag/Team}",
        "aws:username",
        "aws:PrincipalAccount",
    ],
)
def test_a_condition_value_without_the_form_of_a_variable_fails(text, messages):
    (message,) = messages(
        iam_policy_variable_literal, identity(allow("sqs:*", StringEquals={"aws:ResourceTag/Team": text}))
    )
    assert message.endswith("is literal text; a policy variable has the form `${...}`")


def test_the_form_of_a_data_source_in_a_resource_fails(statuses):
    hcl = identity(allow("s3:GetObject", "arn:aws:s3:::home/&{aws:username}/*"))
    assert statuses(iam_policy_variable_literal, hcl) == {"aws_iam_policy.p": "failed"}


def test_the_data_source_converts_its_own_form(statuses):
    hcl = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:GetObject"]\n'
        '    resources = ["arn:aws:s3:::home/&{aws:username}/*"]\n  }\n}\n'
        'resource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n'
    )
    assert statuses(iam_policy_variable_literal, hcl) == {}
    older = hcl.replace("  statement {", '  version = "2008-10-17"\n  statement {')
    assert statuses(iam_policy_variable_literal, older) == {"aws_iam_policy.p": "failed"}
    unknown = 'variable "x" {}\n' + hcl.replace("  statement {", "  version = var.x\n  statement {")
    assert statuses(iam_policy_variable_literal, unknown) == {"aws_iam_policy.p": "not_evaluated"}


@pytest.mark.parametrize("version", ['"Version": "2008-10-17", ', ""])
def test_a_variable_in_a_document_of_the_old_version_fails(version, messages):
    hcl = identity(allow("sqs:*", StringEquals={"aws:ResourceTag/Team": VARIABLE}))
    (message,) = messages(iam_policy_variable_literal, hcl.replace('"Version": "2012-10-17", ', version))
    assert message == f"`{VARIABLE}` is literal text, because the `Version` of the document is `2008-10-17`"


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:ResourceTag/Team": VARIABLE}},
        {"StringEquals": {"aws:ResourceTag/Team": "aws"}},
        {"StringLike": {"aws:TagKeys": "aws:*"}},
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["aws:cloudformation:stack-name"]}},
        {"StringEquals": {"kms:EncryptionContextKeys": "aws:s3:arn"}},
    ],
)
def test_a_variable_in_a_current_document_or_another_text_is_not_a_subject(condition, statuses):
    statement = allow("sqs:*") | {"Condition": condition}
    assert statuses(iam_policy_variable_literal, identity(statement)) == {}


@pytest.mark.parametrize(("statement", "severity"), [(allow, "medium"), (deny, "high")])
def test_a_literal_in_an_allow_statement_is_less_severe(statement, severity, results):
    hcl = service_control(statement("sqs:*", StringNotEquals={"aws:ResourceTag/Team": "aws:PrincipalTag/Team"}))
    (result,) = results(iam_policy_variable_literal, hcl)
    (finding,) = result.findings
    assert (finding.severity or result.policy.severity) == severity
    assert finding.remedy == "Use `${aws:PrincipalTag/Team}`, in Terraform `$${aws:PrincipalTag/Team}`."
