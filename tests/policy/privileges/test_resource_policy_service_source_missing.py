import pytest

from plainwork_policies.privileges.resource_policy_service_source_missing import resource_policy_service_source_missing

POLICY = """resource "%s" "p" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "%s", Resource = "*", Principal = %s%s }]
  })
}
"""
PERMISSION = """resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = "nightly"
  principal     = %s
  %s
}
"""
QUEUE, TOPIC, BUCKET = "aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_s3_bucket_policy"
SNS = '{ Service = "sns.amazonaws.com" }'


@pytest.fixture
def status(statuses):
    return lambda hcl: next(iter(statuses(resource_policy_service_source_missing, hcl).values()))


@pytest.mark.parametrize(
    ("type_", "principal", "expected"),
    [
        (QUEUE, SNS, "failed"),
        (QUEUE, '{ Service = ["sns.amazonaws.com", "s3.amazonaws.com"] }', "failed"),
        (QUEUE, '{ Service = "sns.amazonaws.com.cn" }', "failed"),
        (BUCKET, '{ Service = "cloudtrail.amazonaws.com" }', "failed"),
        (TOPIC, '{ Service = "cloudwatch.amazonaws.com" }', "failed"),
        (TOPIC, '{ Service = "events.amazonaws.com" }', "passed"),
        (QUEUE, '{ Service = "backup.amazonaws.com" }', "passed"),
        (QUEUE, '{ AWS = "arn:aws:iam::111122223333:role/a" }', "passed"),
        (QUEUE, "{ Service = var.service }", "not_evaluated"),
        (QUEUE, "var.principal", "not_evaluated"),
    ],
)
def test_a_service_whose_documentation_has_the_condition_requires_it(type_, principal, expected, status):
    assert status(POLICY % (type_, "sqs:SendMessage", principal, "")) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('ArnEquals = { "aws:SourceArn" = "arn:aws:sns:eu-west-1:111122223333:orders" }', "passed"),
        ('ArnLike = { "AWS:SourceArn" = "arn:aws:sns:*:111122223333:*" }', "passed"),
        ('ArnEquals = { ("aws:SourceArn") = aws_sns_topic.orders.arn }', "passed"),
        ('StringEquals = { "aws:SourceAccount" = "111122223333" }', "passed"),
        ('StringEquals = { "aws:SourceOrgID" = "o-a1b2c3d4e5" }', "passed"),
        ('ArnLike = { "aws:SourceArn" = "arn:aws:sns:*:*:orders" }', "failed"),
        ('ArnLike = { "aws:SourceArn" = "*" }', "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_source(condition, expected, status):
    assert status(POLICY % (QUEUE, "sqs:SendMessage", SNS, f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    ("principal", "arguments", "expected"),
    [
        ('"s3.amazonaws.com"', "", "failed"),
        ('"logs.${var.region}.amazonaws.com"', "", "failed"),
        ('"s3.amazonaws.com"', 'source_account = "111122223333"', "passed"),
        ('"s3.amazonaws.com"', "source_arn = aws_s3_bucket.inbox.arn", "passed"),
        ('"s3.amazonaws.com"', "source_arn = var.source", "not_evaluated"),
        ('"s3.amazonaws.com"', 'source_arn = "arn:aws:s3:::*"', "failed"),
        ('"alexa-appkit.amazon.com"', 'event_source_token = "amzn1.ask.skill.1a2b"', "passed"),
        ('"111122223333"', "", "passed"),
        ("var.principal", "", "not_evaluated"),
    ],
)
def test_a_permission_of_a_function_requires_a_source_for_each_service(principal, arguments, expected, status):
    assert status(PERMISSION % (principal, arguments)) == expected


def test_a_finding_on_a_function_is_medium(results):
    (on_function,) = results(resource_policy_service_source_missing, PERMISSION % ('"s3.amazonaws.com"', ""))
    assert [finding.severity for finding in on_function.findings] == ["medium"]
    assert on_function.findings[0].path == "principal"


@pytest.mark.parametrize("type_", ["aws_kms_key", "aws_ecr_repository_policy"])
def test_other_resources_are_not_checked(type_, statuses):
    assert statuses(resource_policy_service_source_missing, POLICY % (type_, "kms:Decrypt", SNS, "")) == {}


def test_a_deny_statement_passes(status):
    assert status((POLICY % (QUEUE, "sqs:SendMessage", SNS, "")).replace("Allow", "Deny")) == "passed"


@pytest.mark.parametrize("service", ["edgelambda.amazonaws.com", "replicator.lambda.amazonaws.com"])
def test_lambda_at_edge_sends_no_source(service, status):
    assert status(PERMISSION % (f'"{service}"', "")) == "passed"


@pytest.mark.parametrize(
    ("organization", "expected"),
    [
        ('principal_org_id = "o-1234567890"', "passed"),
        ("principal_org_id = data.aws_organizations_organization.this.id", "passed"),
        ("principal_org_id = null", "failed"),
    ],
)
def test_a_permission_for_an_organization_is_not_for_any_account(organization, expected, status):
    assert status(PERMISSION % ('"config.amazonaws.com"', organization)) == expected
