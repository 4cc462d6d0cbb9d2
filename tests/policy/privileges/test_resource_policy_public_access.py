import pytest

from plainwork_policies.privileges.resource_policy_public_access import resource_policy_public_access

STATEMENT = '{ Effect = "Allow", Action = "%s", Resource = "*", Principal = %s%s }'
OWNER = 'resource "%s" "p" {\n  %s = jsonencode({ Statement = [%s] })\n}\n'
KINDS = [
    ("aws_s3_bucket_policy", "policy", "s3:PutObject", "bucket"),
    ("aws_kms_key", "policy", "kms:Decrypt", "key"),
    ("aws_sqs_queue_policy", "policy", "sqs:SendMessage", "queue"),
    ("aws_sqs_queue", "policy", "sqs:SendMessage", "queue"),
    ("aws_sns_topic_policy", "policy", "sns:Publish", "topic"),
    ("aws_efs_file_system_policy", "policy", "elasticfilesystem:ClientMount", "file system"),
    ("aws_cloudwatch_log_destination_policy", "access_policy", "logs:PutSubscriptionFilter", "log destination"),
    ("aws_secretsmanager_secret_policy", "policy", "secretsmanager:GetSecretValue", "secret"),
    ("aws_ecr_repository_policy", "policy", "ecr:BatchGetImage", "image repository"),
    ("aws_iam_role", "assume_role_policy", "sts:AssumeRole", "role"),
]


def queue(principal='"*"', more="", *others):
    statements = [STATEMENT % ("sqs:SendMessage", principal, more), *others]
    return OWNER % ("aws_sqs_queue_policy", "policy", ", ".join(statements))


@pytest.fixture
def verdict(statuses):
    return lambda hcl: next(iter(statuses(resource_policy_public_access, hcl).values()))


@pytest.mark.parametrize(("type_", "argument", "action", "noun"), KINDS)
def test_everyone_may_not_use_a_resource(type_, argument, action, noun, messages):
    hcl = OWNER % (type_, argument, STATEMENT % (action, '{ AWS = ["arn:aws:iam::111122223333:role/a", "*"] }', ""))
    assert messages(resource_policy_public_access, hcl) == [f"lets everyone (`*`) use the {noun}"]


@pytest.mark.parametrize(
    ("type_", "argument"),
    [
        ("aws_api_gateway_rest_api_policy", "policy"),
        ("aws_ecrpublic_repository_policy", "policy"),
        ("aws_opensearch_domain", "access_policies"),
        ("aws_vpc_endpoint", "policy"),
        ("aws_iam_policy", "policy"),
    ],
)
def test_what_is_public_by_purpose_is_not_judged(type_, argument, statuses):
    assert statuses(resource_policy_public_access, OWNER % (type_, argument, STATEMENT % ("a:b", '"*"', ""))) == {}


def test_reading_a_bucket_is_another_policys(statuses):
    assert statuses(
        resource_policy_public_access, OWNER % ("aws_s3_bucket", "policy", STATEMENT % ("s3:Get*", '"*"', ""))
    ) == {"aws_s3_bucket.p": "passed"}


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ('{ AWS = "arn:aws:iam::111122223333:role/sender" }', "passed"),
        ('{ AWS = "111122223333" }', "passed"),
        ("{ AWS = aws_iam_role.sender.arn }", "passed"),
        ('{ AWS = "arn:aws:iam::${var.account}:root" }', "passed"),
        ('{ Service = "sns.amazonaws.com" }', "passed"),
        ("{ AWS = var.senders }", "not_evaluated"),
        ("var.principal", "not_evaluated"),
        ('{ AWS = ["*", var.sender] }', "failed"),
    ],
)
def test_somebody_may(principal, expected, verdict):
    assert verdict(queue(principal)) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('ArnEquals = { "aws:SourceArn" = aws_sns_topic.t.arn }', "passed"),
        ('ArnLike = { "aws:SourceArn" = "arn:aws:s3:*:*:uploads" }', "passed"),
        ('StringEquals = { "AWS:SourceOwner" = "111122223333" }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "passed"),
        ('StringEquals = { "aws:PrincipalAccount" = ["111122223333"] }', "passed"),
        ('StringEquals = { "kms:CallerAccount" = "111122223333" }', "passed"),
        ('Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" }', "passed"),
        ('Bool = { "aws:PrincipalIsAWSService" = "true" }', "passed"),
        ('Bool = { "aws:PrincipalIsAWSService" = "false" }', "failed"),
        ('IpAddress = { "aws:SourceIp" = "0.0.0.0/0" }', "failed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
        ('StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" }', "failed"),
        ('ArnLike = { "aws:SourceArn" = "*" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_says_who(condition, expected, verdict):
    assert verdict(queue(more=f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ('NotIpAddress = { "aws:SourceIp" = "192.0.2.0/24" }', "not_evaluated"),
        ('StringNotEquals = { "aws:SourceVpce" = "vpce-1" }', "not_evaluated"),
        ('StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-1" }', "not_evaluated"),
        ('Bool = { "aws:SecureTransport" = "false" }', "failed"),
    ],
)
def test_a_statement_that_shuts_others_out_leaves_it_open(denied, expected, results):
    deny = (STATEMENT % ("sqs:*", '"*"', f", Condition = {{ {denied} }}")).replace("Allow", "Deny")
    allowing, denying = results(resource_policy_public_access, queue('"*"', "", deny))
    assert (allowing.status, denying.status) == (expected, "passed")


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ('{ AWS = "arn:aws:iam::111122223333:root" }', "failed"),
        ("{ AWS = aws_iam_role.sender.arn }", "failed"),
        ('{ AWS = "*" }', "passed"),
        ("{ AWS = var.sender }", "not_evaluated"),
    ],
)
def test_not_principal_lets_in_everyone_but_those_that_it_names(left_out, expected, verdict):
    assert verdict(queue(left_out).replace("Principal", "NotPrincipal")) == expected


def test_a_condition_narrows_not_principal_too(verdict):
    source = ', Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }'
    assert verdict(queue('{ AWS = "444455556666" }', source).replace("Principal", "NotPrincipal")) == "passed"


def test_denying_everyone_is_fine(verdict):
    assert verdict(queue().replace("Allow", "Deny")) == "passed"


def test_a_document_that_cannot_be_read_is_not_evaluated(verdict):
    assert verdict('resource "aws_sqs_queue_policy" "p" {\n  policy = var.document\n}\n') == "not_evaluated"
