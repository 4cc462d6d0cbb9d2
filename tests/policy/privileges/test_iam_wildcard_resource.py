import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_wildcard_resource import iam_wildcard_resource, is_for_resources
from plainwork_policies.privileges.settings import IamSettings

POLICY = """resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %s, Resource = %s%s }] })
}
"""
READ = '"s3:GetObject"'


@pytest.mark.parametrize("resource", ['"*"', '["arn:aws:s3:::a/*", "*"]', '["*", var.arn]'])
def test_all_resources_fail_for_an_action_that_supports_arns(resource, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (READ, resource, "")) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize(
    "resource",
    ['"arn:aws:s3:::a/*"', "aws_s3_bucket.b.arn", '"${aws_s3_bucket.b.arn}/*"', '"arn:aws:s3:::${var.name}/*"'],
)
def test_a_resource_arn_passes_even_if_its_name_is_unknown(resource, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (READ, resource, "")) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("resource", ["arn:*", "arn:aws:*", "arn:aws:s3:*", "arn:aws:s3:::*", "arn:*:s3:*:*:*"])
def test_an_arn_that_includes_all_of_the_service_fails(resource, messages):
    (message,) = messages(iam_wildcard_resource, POLICY % (READ, f'"{resource}"', ""))
    assert message == f"`Resource` is `{resource}`; `s3:GetObject` supports resource ARNs"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/*"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:*:111122223333:*"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:*"),
        ("dynamodb:GetItem", "arn:aws:s3:::*"),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::*"),
    ],
)
def test_an_arn_with_account_region_or_type_and_one_of_another_service_pass(action, resource, statuses):
    hcl = POLICY % (f'"{action}"', f'"{resource}"', "")
    assert statuses(iam_wildcard_resource, hcl) == {"aws_iam_policy.p": "passed"}


def test_only_the_actions_of_the_service_count(messages):
    actions, resources = '["s3:GetObject", "dynamodb:*"]', '["arn:aws:dynamodb:*:*:*", "arn:aws:s3:::b/*"]'
    (message,) = messages(iam_wildcard_resource, POLICY % (actions, resources, ""))
    assert message == "`Resource` is `arn:aws:dynamodb:*:*:*`; `dynamodb:*` supports resource ARNs"


@pytest.mark.parametrize("resource", ["var.arn", '["arn:aws:s3:::a/*", var.arn]', "var.arns", "module.m.arn"])
def test_a_resource_that_may_be_the_wildcard_is_not_evaluated(resource, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (READ, resource, "")) == {"aws_iam_policy.p": "not_evaluated"}


@pytest.mark.parametrize(
    "action", ["ce:GetCostAndUsage", "budgets:ViewBudget", "ssm:GetConnectionStatus", "translate:TranslateText"]
)
def test_reads_of_bills_and_requests_with_an_optional_resource_pass(action, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (f'"{action}"', '"*"', "")) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("action", ['"ec2:DescribeInstances"', '["s3:ListAllMyBuckets", "sts:GetCallerIdentity"]'])
def test_an_action_without_resource_level_permissions_passes(action, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (action, '"*"', "")) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize("pattern", ["*", "*:*", "s3:*", "s3:Get*", "S3:PUTOBJECT", "dynamodb:*Item", "iam:PassRole"])
def test_a_pattern_counts_if_most_of_its_actions_support_arns(pattern):
    assert is_for_resources(pattern, reads="contents")


@pytest.mark.parametrize(
    "pattern",
    [
        "ec2:Describe*",
        "rds:Describe*",
        "s3:List*",
        "eks:DescribeNodegroup",
        "Route53:listTagsForResource",
        "xray:Get*",
        "tag:*",
        "no:Such",
    ],
)
def test_read_only_patterns_and_those_that_mostly_require_the_wildcard_do_not_count(pattern):
    assert not is_for_resources(pattern, reads="contents")


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("s3files:DeleteFileSystem", "not_evaluated"),  # only one source has it
        ("cloudwatch:PutMetricData", "passed"),  # supports the ARN of a dataset, by one source only
        ("backup:DeleteBackupVault", "failed"),
    ],
)
def test_an_action_fails_only_if_both_sources_of_the_reference_agree(action, status, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (f'"{action}"', '"*"', "")) == {"aws_iam_policy.p": status}


def test_an_unknown_action_hides_no_other(messages):
    actions = '["s3files:DeleteFileSystem", "s3:NoSuch", "s3:DeleteObject"]'
    (message,) = messages(iam_wildcard_resource, POLICY % (actions, '"*"', ""))
    assert message == "`Resource` is `*`; `s3:DeleteObject` supports resource ARNs"


READS = [
    ("iam:GetUser", "passed"),
    ("iam:Get*", "passed"),
    ("s3:GetBucketLocation", "passed"),
    ("sqs:GetQueueAttributes", "passed"),
    ("s3:GetObject", "failed"),
    ("secretsmanager:GetSecretValue", "failed"),
    ("ssm:GetParameter", "failed"),
    ("dynamodb:GetItem", "failed"),
    ("logs:GetLogEvents", "failed"),
]


@pytest.mark.parametrize(("action", "status"), READS)
def test_reads_of_contents_fail_and_reads_of_configuration_by_a_setting(action, status, statuses):
    hcl = POLICY % (f'"{action}"', '"*"', "")
    assert statuses(iam_wildcard_resource, hcl) == {"aws_iam_policy.p": status}
    every_read = Settings(tables=(IamSettings(wildcard_resource_reads="all"),))
    assert statuses(iam_wildcard_resource, hcl, every_read) == {"aws_iam_policy.p": "failed"}


@pytest.mark.parametrize("action", ['"s3:GetObjekt"', '"nosuch:*"', "var.action"])
def test_an_unknown_action_is_not_evaluated(action, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (action, '"*"', "")) == {"aws_iam_policy.p": "not_evaluated"}
    assert statuses(iam_wildcard_resource, POLICY % (action, '"arn:aws:s3:::a"', "")) == {"aws_iam_policy.p": "passed"}


@pytest.mark.parametrize(
    ("action", "condition", "status"),
    [
        ("ec2:StopInstances", '{ StringEquals = { "aws:ResourceTag/App" = "x" } }', "passed"),
        ("ec2:StopInstances", '{ StringLike = { "ec2:ResourceTag/App" = "x-*" } }', "passed"),
        ("ec2:CreateVolume", '{ StringEquals = { "aws:RequestTag/App" = var.app } }', "passed"),
        ("ecs:RunTask", '{ ArnEquals = { "ecs:cluster" = aws_ecs_cluster.c.arn } }', "passed"),
        ("ec2:DeleteVolume", '{ StringLike = { "ec2:ResourceTag/csi.example.com/name" = "*" } }', "passed"),
        ("elasticloadbalancing:SetSubnets", '{ Null = { "aws:ResourceTag/lb.example.com" = "false" } }', "passed"),
        ("elasticloadbalancing:SetSubnets", '{ Null = { "aws:ResourceTag/lb.example.com" = false } }', "passed"),
        ("elasticloadbalancing:SetSubnets", '{ Null = { "aws:ResourceTag/lb.example.com" = "true" } }', "failed"),
        ("elasticloadbalancing:SetSubnets", '{ Null = { "aws:TagKeys" = "false" } }', "failed"),
        ("ec2:StopInstances", '{ StringLike = { "ec2:InstanceID" = "*" } }', "failed"),
        ("ec2:StopInstances", '{ StringEqualsIfExists = { "aws:ResourceTag/App" = "x" } }', "failed"),
        ("ec2:StopInstances", '{ StringNotEquals = { "aws:ResourceTag/App" = "x" } }', "failed"),
        ("s3:GetObject", '{ StringEquals = { "aws:ResourceAccount" = "111122223333" } }', "failed"),
        ("s3:GetObject", "var.condition", "not_evaluated"),
        ("sts:AssumeRole", '{ StringEquals = { "iam:ResourceTag/Project" = "blue" } }', "passed"),
        ("s3:GetObject", '{ StringEquals = { "iam:ResourceTag/Project" = "blue" } }', "failed"),
        ("ecs:RunTask", '{ ArnLike = { "ecs:cluster" = "arn:aws:ecs:*:*:cluster/*" } }', "failed"),
    ],
)
def test_a_condition_on_the_resource_limits_it(action, condition, status, statuses):
    hcl = POLICY % (f'"{action}"', '"*"', f", Condition = {condition}")
    assert statuses(iam_wildcard_resource, hcl) == {"aws_iam_policy.p": status}


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("aws:ResourceTag/owned-by/${var.cluster}", "passed"),
        ("aws:${var.key}", "not_evaluated"),
        ("${var.key}", "not_evaluated"),
    ],
)
def test_a_condition_on_a_tag_key_limits_even_if_its_end_is_unknown(key, status, statuses):
    condition = f'condition {{\n test = "StringEquals"\n variable = "{key}"\n values = ["x"]\n}}\n'
    hcl = f'statement {{\n actions = ["ec2:StopInstances"]\n resources = ["*"]\n {condition}}}\n'
    policy = 'resource "aws_iam_policy" "p" {\n policy = data.aws_iam_policy_document.d.json\n}\n'
    found = statuses(iam_wildcard_resource, f'data "aws_iam_policy_document" "d" {{\n{hcl}}}\n{policy}')
    assert found == {"aws_iam_policy.p": status}


def test_a_condition_on_a_key_of_an_unknown_service_may_limit_the_resource(statuses):
    actions, condition = '["s3:GetObject", var.action]', ', Condition = { ArnEquals = { "%s" = "a" } }'
    by_service = statuses(iam_wildcard_resource, POLICY % (actions, '"*"', condition % "ecs:cluster"))
    by_account = statuses(iam_wildcard_resource, POLICY % (actions, '"*"', condition % "aws:ResourceAccount"))
    assert (by_service, by_account) == ({"aws_iam_policy.p": "not_evaluated"}, {"aws_iam_policy.p": "failed"})


def test_a_resource_based_policy_is_not_checked(statuses):
    hcl = POLICY.replace("aws_iam_policy", "aws_kms_key") % ('"kms:Decrypt"', '"*"', ', Principal = { AWS = "1" }')
    assert statuses(iam_wildcard_resource, hcl) == {}


@pytest.mark.parametrize("action", ['"iam:PassRole"', '["ssm:StartSession", "ecs:ExecuteCommand"]'])
def test_passed_roles_and_sessions_pass(action, statuses):
    assert statuses(iam_wildcard_resource, POLICY % (action, '"*"', "")) == {"aws_iam_policy.p": "passed"}


def test_a_deny_statement_passes(statuses):
    assert statuses(iam_wildcard_resource, POLICY.replace("Allow", "Deny") % (READ, '"*"', "")) == {
        "aws_iam_policy.p": "passed"
    }


def test_the_message_lists_the_first_actions_that_support_arns(messages):
    actions = '["s3:GetObject", "ec2:DescribeInstances", "s3:PutObject", "sqs:SendMessage", "sns:Publish"]'
    (message,) = messages(iam_wildcard_resource, POLICY % (actions, '"*"', ""))
    assert message.startswith("`Resource` is `*`; `s3:GetObject`, `s3:PutObject`, `sqs:SendMessage` and 1 more support")
