import pytest

from plainwork_policies.privileges.resource_policy_public_access import resource_policy_public_access

STATEMENT = '{ Effect = "Allow", Action = "%s", Resource = "*", Principal = %s%s }'
OWNER = 'resource "%s" "p" {\n  %s = jsonencode({ Statement = [%s] })\n}\n'
PUBLIC = "`Principal` is `*` without a condition that limits the caller; anyone can {use}"
KINDS = [
    ("aws_s3_bucket_policy", "policy", "s3:GetObject", "read the bucket"),
    ("aws_s3_bucket_policy", "policy", "s3:PutObject", "use the bucket"),
    ("aws_kms_key", "policy", "kms:Decrypt", "use the key"),
    ("aws_sqs_queue_policy", "policy", "sqs:SendMessage", "use the queue"),
    ("aws_sqs_queue", "policy", "sqs:SendMessage", "use the queue"),
    ("aws_sns_topic_policy", "policy", "sns:Publish", "use the topic"),
    ("aws_efs_file_system_policy", "policy", "elasticfilesystem:ClientMount", "use the file system"),
    ("aws_cloudwatch_log_destination_policy", "access_policy", "logs:PutSubscriptionFilter", "use the log destination"),
    ("aws_secretsmanager_secret_policy", "policy", "secretsmanager:GetSecretValue", "use the secret"),
    ("aws_ecr_repository_policy", "policy", "ecr:BatchGetImage", "use the image repository"),
    ("aws_iam_role", "assume_role_policy", "sts:AssumeRole", "assume the role"),
]


def queue(principal='"*"', more="", *others):
    statements = [STATEMENT % ("sqs:SendMessage", principal, more), *others]
    return OWNER % ("aws_sqs_queue_policy", "policy", ", ".join(statements))


def bucket(principal='"*"', more="", *others):
    statements = [STATEMENT % ("s3:GetObject", principal, more), *others]
    return OWNER % ("aws_s3_bucket_policy", "policy", ", ".join(statements))


@pytest.fixture
def status(statuses):
    return lambda hcl: next(iter(statuses(resource_policy_public_access, hcl).values()))


@pytest.mark.parametrize(("type_", "argument", "action", "use"), KINDS)
def test_a_public_principal_fails(type_, argument, action, use, messages):
    hcl = OWNER % (type_, argument, STATEMENT % (action, '{ AWS = ["arn:aws:iam::111122223333:role/a", "*"] }', ""))
    assert messages(resource_policy_public_access, hcl) == [PUBLIC.format(use=use)]


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
def test_resources_that_are_public_by_purpose_are_not_checked(type_, argument, statuses):
    assert statuses(resource_policy_public_access, OWNER % (type_, argument, STATEMENT % ("a:b", '"*"', ""))) == {}


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
def test_other_principals_pass(principal, expected, status):
    assert status(queue(principal)) == expected


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
        ('StringEquals = { "aws:VpceAccount" = "111122223333" }', "passed"),
        ('StringEquals = { "aws:VpceOrgID" = "o-a1b2c3d4e5" }', "passed"),
        ('"ForAnyValue:StringLike" = { "aws:VpceOrgPaths" = "o-a1b2c3d4e5/*" }', "passed"),
        ('StringEquals = { "aws:Ec2InstanceSourceVpc" = "vpc-0abc" }', "passed"),
        ('StringLike = { "aws:PrincipalOrgID" = "o-*" }', "failed"),
        ('"ForAnyValue:StringLike" = { "aws:PrincipalOrgPaths" = "o-*/*" }', "failed"),
        ('StringLike = { "aws:SourceVpce" = "vpce-*" }', "failed"),
        ('StringLike = { "aws:SourceVpce" = "vpce-0a*" }', "passed"),
        ('StringLike = { "aws:PrincipalAccount" = "????????????" }', "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/*" }', "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/*" }', "passed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/${var.sender}" }', "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::${var.account}:role/*" }', "passed"),
        ('ArnLike = { "aws:SourceArn" = "arn:aws:s3:*" }', "failed"),
        ('ArnLike = { "aws:SourceArn" = "arn:aws:s3:::*" }', "failed"),
        ('ArnLike = { "aws:SourceArn" = "arn:aws:sns:eu-west-1:111122223333:*" }', "passed"),
        ('ArnLike = { "aws:SourceArn" = "arn:aws:sns:*:*:orders" }', "failed"),
        ('IpAddress = { "aws:SourceIp" = ["0.0.0.0/1", "128.0.0.0/1"] }', "failed"),
        ('IpAddress = { "aws:SourceIp" = ["0.0.0.0/1", "192.0.2.0/24"] }', "passed"),
        ('IpAddress = { "aws:SourceIp" = var.ranges }', "passed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_caller(condition, expected, status):
    assert status(queue(more=f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ('NotIpAddress = { "aws:SourceIp" = "192.0.2.0/24" }', "not_evaluated"),
        ('StringNotEquals = { "aws:SourceVpce" = "vpce-1" }', "not_evaluated"),
        ('StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-1" }', "not_evaluated"),
        ('Bool = { "aws:SecureTransport" = "false" }', "failed"),
    ],
)
def test_a_deny_statement_that_limits_the_principals_ends_in_not_evaluated(denied, expected, results):
    deny = (STATEMENT % ("sqs:*", '"*"', f", Condition = {{ {denied} }}")).replace("Allow", "Deny")
    allowing, denying = results(resource_policy_public_access, queue('"*"', "", deny))
    assert (allowing.status, denying.status) == (expected, "passed")


@pytest.mark.parametrize(
    ("excluded", "expected"),
    [
        ('{ AWS = "arn:aws:iam::111122223333:root" }', "failed"),
        ("{ AWS = aws_iam_role.sender.arn }", "failed"),
        ('{ AWS = "*" }', "passed"),
        ("{ AWS = var.sender }", "not_evaluated"),
    ],
)
def test_not_principal_allows_all_other_principals(excluded, expected, status):
    assert status(queue(excluded).replace("Principal", "NotPrincipal")) == expected


def test_a_condition_limits_not_principal(status):
    source = ', Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }'
    assert status(queue('{ AWS = "444455556666" }', source).replace("Principal", "NotPrincipal")) == "passed"


def test_a_deny_statement_passes(status):
    assert status(queue().replace("Allow", "Deny")) == "passed"


def test_a_document_that_cannot_be_read_is_not_evaluated(status):
    assert status('resource "aws_sqs_queue_policy" "p" {\n  policy = var.document\n}\n') == "not_evaluated"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/x-*" }', "passed"),
        ('StringEquals = { "AWS:SourceVpce" = aws_vpc_endpoint.e.id }', "passed"),
        ('IpAddress = { "aws:SourceIp" = ["192.0.2.0/24"] }', "passed"),
        ('"ForAnyValue:StringEquals" = { "aws:SourceVpc" = "vpc-1" }', "passed"),
        ('StringEquals = { "aws:PrincipalOrgID" = "o-1" }', "passed"),
        ('StringEquals = { "aws:PrincipalAccount" = "111122223333" }', "passed"),
        ('Bool = { "aws:SecureTransport" = "true" }', "failed"),
        ('IpAddress = { "aws:SourceIp" = "0.0.0.0/0" }', "failed"),
        ('StringLike = { "aws:PrincipalArn" = "*" }', "failed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:*" }', "passed"),
        ('ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:*" }', "failed"),
        ('StringNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/x" }', "failed"),
        ('StringEqualsIfExists = { "aws:SourceVpce" = "vpce-1" }', "failed"),
        ('"ForAllValues:StringEquals" = { "aws:PrincipalArn" = "arn" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_the_readers_of_a_bucket(condition, expected, status):
    assert status(bucket(more=f", Condition = {{ {condition} }}")) == expected


@pytest.mark.parametrize(
    ("excluded", "expected"),
    [
        ('{ AWS = "111122223333" }', "failed"),
        ('{ AWS = "*" }', "passed"),
        ("{ AWS = var.reader }", "not_evaluated"),
    ],
)
def test_not_principal_allows_all_other_principals_to_read_a_bucket(excluded, expected, status):
    assert status(bucket(excluded).replace("Principal", "NotPrincipal")) == expected


def test_the_message_lists_the_excluded_principals(messages):
    hcl = bucket('{ AWS = "111122223333" }').replace("Principal", "NotPrincipal")
    (message,) = messages(resource_policy_public_access, hcl)
    assert message.startswith("`NotPrincipal` is `111122223333` in an `Allow` statement")
    assert message.endswith("anyone else can read the bucket")


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        ('Principal = "*", Condition = { NotIpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }', "not_evaluated"),
        ('NotPrincipal = { AWS = "arn:aws:iam::111122223333:role/reader" }', "not_evaluated"),
        ('Principal = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } }', "failed"),
    ],
)
def test_a_deny_statement_that_limits_the_readers_of_a_bucket_ends_in_not_evaluated(denied, expected, results):
    deny = f'{{ Effect = "Deny", Action = "s3:*", Resource = "*", {denied} }}'
    allowing, denying = results(resource_policy_public_access, bucket('"*"', "", deny))
    assert (allowing.status, denying.status) == (expected, "passed")


def test_a_public_bucket_fails_even_if_its_actions_are_unknown(status):
    assert status(bucket().replace('"s3:GetObject"', "var.actions")) == "failed"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('Bool = { "elasticfilesystem:AccessedViaMountTarget" = var.value }', "not_evaluated"),
        ('Bool = { "aws:SecureTransport" = var.value }', "failed"),
    ],
)
def test_an_unknown_value_of_a_bool_condition_counts_only_for_a_key_that_limits(condition, expected, status):
    assert status(queue(more=f", Condition = {{ {condition} }}")) == expected


PERMISSION = """resource "%s" "p" {
  principal = %s
  %s
}
"""
FUNCTION, LAYER, BUS = (
    "aws_lambda_permission",
    "aws_lambda_layer_version_permission",
    "aws_cloudwatch_event_permission",
)
ORGANIZATION = 'condition {\n key = "aws:PrincipalOrgID"\n type = "StringEquals"\n value = "o-a1b2c3d4e5"\n }'


@pytest.mark.parametrize(
    ("type_", "principal", "more", "expected"),
    [
        (FUNCTION, '"*"', "", "failed"),
        (FUNCTION, '"*"', 'function_url_auth_type = "AWS_IAM"', "failed"),
        (FUNCTION, '"*"', 'principal_org_id = "o-a1b2c3d4e5"', "passed"),
        (FUNCTION, '"*"', 'source_account = "111122223333"', "passed"),
        (FUNCTION, '"*"', "source_arn = aws_sns_topic.orders.arn", "passed"),
        (FUNCTION, '"*"', 'function_url_auth_type = "NONE"', "passed"),
        (FUNCTION, '"*"', "invoked_via_function_url = true", "passed"),
        (FUNCTION, '"*"', "principal_org_id = var.organization", "not_evaluated"),
        (FUNCTION, '"*"', "principal_org_id = null", "failed"),
        (FUNCTION, '"111122223333"', "", "passed"),
        (FUNCTION, '"sns.amazonaws.com"', "", "passed"),
        (FUNCTION, '"logs.${var.region}.amazonaws.com"', "", "passed"),
        (FUNCTION, "aws_iam_role.caller.arn", "", "passed"),
        (FUNCTION, "var.caller", "", "not_evaluated"),
        (LAYER, '"*"', "", "failed"),
        (LAYER, '"*"', 'organization_id = "o-a1b2c3d4e5"', "passed"),
        (LAYER, '"111122223333"', "", "passed"),
        (BUS, '"*"', "", "failed"),
        (BUS, '"*"', ORGANIZATION, "passed"),
        (BUS, '"111122223333"', "", "passed"),
    ],
)
def test_a_permission_is_checked_like_a_statement(type_, principal, more, expected, status):
    assert status(PERMISSION % (type_, principal, more)) == expected


def test_the_finding_about_a_permission_has_the_path_of_its_principal(results):
    (result,) = results(resource_policy_public_access, PERMISSION % (FUNCTION, '"*"', ""))
    (finding,) = result.findings
    assert (finding.path, finding.location.line) == ("principal", 2)
    assert finding.message.startswith("`principal` is `*` ")
