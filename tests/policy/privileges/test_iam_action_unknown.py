import pytest

from plainwork_policies.privileges.iam_action_unknown import iam_action_unknown

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "%s", %s = %s, Resource = "*" }] })
}
"""


@pytest.fixture
def status(statuses):
    return lambda actions: statuses(iam_action_unknown, POLICY % ("Allow", "Action", actions))["aws_iam_policy.p"]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ('"s3:ListObjects"', "failed"),
        ('["s3:GetObject", "S3:headobject"]', "failed"),
        ('"s3:Frobnicate"', "failed"),
        ('"s3:Frob*"', "failed"),
        ('"ec2:Describe"', "failed"),
        ('"ec2:DescribeInstnces"', "failed"),
        ('"GetObject"', "failed"),
        ('["s3:Frobnicate", var.action]', "failed"),
        ('"athena:ReadEverything"', "not_evaluated"),
        ('"ec2:RunInstance"', "not_evaluated"),
        ('"cloudwatch:SetInsightRules"', "not_evaluated"),
        ('"nosuchservice:Get"', "not_evaluated"),
        ('["s3:GetObject", "s3:List*", "s3:*", "*"]', "passed"),
        ('"s3:getobject"', "passed"),
        ('"*:Get*"', "passed"),
        ('"SNS:Receive"', "passed"),
        ('"s3:Get${var.thing}"', "not_evaluated"),
    ],
)
def test_an_action_that_does_not_exist_fails(actions, expected, status):
    assert status(actions) == expected


@pytest.mark.parametrize(
    ("action", "remedy"),
    [
        ("s3:ListObjectsV2", "Replace `s3:ListObjectsV2` with `s3:ListBucket`."),
        ("kms:Describe", "Replace `kms:Describe` with `kms:Describe*`."),
        ("ec2:RunInstnaces", "Replace `ec2:RunInstnaces` with `ec2:RunInstances`."),
        ("GetObject", "Replace `GetObject` with `<service>:GetObject`."),
    ],
)
def test_the_remedy_has_the_action_to_write(action, remedy, results):
    (result,) = results(iam_action_unknown, POLICY % ("Allow", "Action", f'"{action}"'))
    assert [finding.remedy for finding in result.findings] == [remedy]


@pytest.mark.parametrize(
    ("effect", "element", "severity"),
    [("Allow", "Action", None), ("Deny", "Action", "medium"), ("Deny", "NotAction", "medium")],
)
def test_an_entry_that_does_not_protect_is_medium(effect, element, severity, results):
    (result,) = results(iam_action_unknown, POLICY % (effect, element, '"s3:ListObjects"'))
    assert [finding.severity for finding in result.findings] == [severity]


def test_a_document_that_cannot_be_read_is_not_evaluated(statuses):
    found = statuses(iam_action_unknown, 'resource "aws_iam_policy" "p" {\n  policy = var.document\n}\n')
    assert found == {"aws_iam_policy.p": "not_evaluated"}
