import pytest

from plainwork_policies.privileges.iam_condition_key_unsupported import iam_condition_key_unsupported

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = %s, Resource = "*", Condition = { StringEquals = { %s = "a" } }
  }] })
}
"""


@pytest.fixture
def status(statuses):
    return lambda *parts: statuses(iam_condition_key_unsupported, POLICY % parts)["aws_iam_policy.p"]


@pytest.mark.parametrize(
    ("actions", "key", "expected"),
    [
        ('"s3:GetObject"', '"s3:prefix"', "failed"),
        ('"ec2:RunInstances"', '"ec2:Foo"', "failed"),
        ('["s3:GetObject", "kms:Decrypt"]', '"s3:prefix"', "failed"),
        ('"s3:ListBucket"', '"s3:prefix"', "passed"),
        ('["s3:ListBucket", "s3:GetObject"]', '"s3:prefix"', "passed"),
        ('"s3:*"', '"s3:prefix"', "passed"),
        ('"kms:Decrypt"', '"kms:EncryptionContext:department"', "passed"),
        ('"iam:PassRole"', '"iam:PassedToService"', "passed"),
        ('"dynamodb:GetItem"', '"dynamodb:LeadingKeys"', "passed"),
        ('"elasticfilesystem:ClientMount"', '"elasticfilesystem:AccessPointArn"', "passed"),
        ('"sts:AssumeRole"', '"sts:ExternalId"', "passed"),
        ('"s3:GetObject"', '"aws:SourceIp"', "passed"),
        ('"rds:DeleteDBInstance"', '"ec2:SourceInstanceARN"', "passed"),
        ('"ec2:AttachVolume"', '"ec2:SourceInstanceARN"', "passed"),
        ('"lambda:InvokeFunction"', '"lambda:SourceFunctionArn"', "passed"),
        ('"codebuild:StartBuild"', '"codebuild:projectArn"', "passed"),
        ('"states:InvokeHTTPEndpoint"', '"states:HTTPMethod"', "passed"),
        ('"ec2-instance-connect:OpenTunnel"', '"ec2-instance-connect:remotePort"', "passed"),
        ('"apigateway:PUT"', '"apigateway:Request/AuthorizerUri"', "passed"),
        ('"states:InvokeHTTPEndpoint"', '"states:StateMachineQualifier"', "failed"),
        ('"s3:ListBucket"', '"s3:ResourceTag/team"', "passed"),
        ('"s3:Frobnicate"', '"s3:prefix"', "passed"),
        ("var.action", '"s3:prefix"', "not_evaluated"),
    ],
)
def test_a_key_that_no_action_of_its_service_has_fails(actions, key, expected, status):
    assert status(actions, key) == expected


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("StringEquals", "failed"),
        ("ForAnyValue:StringEquals", "failed"),
        ("StringNotEquals", "failed"),
        ("StringEqualsIfExists", "passed"),
        ("Null", "passed"),
    ],
)
def test_a_condition_that_a_request_without_the_key_meets_on_purpose_passes(operator, expected, statuses):
    hcl = (POLICY % ('"s3:GetObject"', '"s3:prefix"')).replace("StringEquals", f'"{operator}"')
    assert statuses(iam_condition_key_unsupported, hcl) == {"aws_iam_policy.p": expected}


@pytest.mark.parametrize(("effect", "severity"), [("Allow", None), ("Deny", "high")])
def test_a_condition_of_a_deny_statement_is_high(effect, severity, results):
    hcl = (POLICY % ('"s3:GetObject"', '"s3:prefix"')).replace("Allow", effect)
    (result,) = results(iam_condition_key_unsupported, hcl)
    assert [finding.severity for finding in result.findings] == [severity]
    assert result.findings[0].message == "`s3:prefix` is not a condition key of `s3:GetObject`; no request has it"
