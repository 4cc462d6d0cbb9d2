"""The requests, condition keys and values that cases are generated from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OURS, THEIRS = "111122223333", "444455556666"
ROLES = ("role/ci", "role/teams/data/etl")
SERVICES = ("ecs-tasks.amazonaws.com", "sns.amazonaws.com", "s3.amazonaws.com")
PROVIDER = f"arn:aws:iam::{OURS}:oidc-provider/token.actions.githubusercontent.com"
OIDC = "token.actions.githubusercontent.com"
TAGS = ({}, {"team": "data"}, {"team": "web", "Env": "prod"})


@dataclass(frozen=True)
class Target:
    """Actions on one resource, with the keys that AWS sends for them.

    Args:
        actions: that are about the resource.
        resource: its ARN, with `{account}` in the place of the account.
        others: patterns of other resources.
        keys: condition keys of the service, with values of a request.
        has_policy: whether the resource may have a resource-based policy.
    """

    actions: tuple[str, ...]
    resource: str
    others: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    has_policy: bool = True


TARGETS = (
    Target(
        ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectTagging"),
        "arn:aws:s3:::reports/2026/january.csv",
        ("arn:aws:s3:::reports", "arn:aws:s3:::reports/2025/*", "arn:aws:s3:::report?/2026", "arn:aws:s3:::*.csv/*"),
        {"s3:x-amz-acl": ("private", "public-read"), "s3:VersionId": ("abc",), "s3:x-amz-storage-class": ("STANDARD",)},
    ),
    Target(
        ("s3:ListBucket", "s3:ListBucketVersions"),
        "arn:aws:s3:::reports",
        ("arn:aws:s3:::reports/*", "arn:aws:s3:::logs", "arn:aws:s3:::repo?"),
        {"s3:prefix": ("2026/", "home/ana/", ""), "s3:max-keys": ("10", "1000"), "s3:delimiter": ("/",)},
    ),
    Target(
        ("kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", "kms:CreateGrant"),
        "arn:aws:kms:eu-west-1:{account}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ("arn:aws:kms:us-east-1:*:key/*", "arn:aws:kms:eu-west-1:*:alias/*"),
        {
            "kms:ViaService": ("s3.eu-west-1.amazonaws.com", "ec2.eu-west-1.amazonaws.com"),
            "kms:EncryptionContext:aws:s3:arn": ("arn:aws:s3:::reports",),
            "kms:ResourceAliases": ("alias/reports", "alias/logs"),
            "kms:GrantIsForAWSResource": ("true",),
        },
    ),
    Target(
        ("sqs:SendMessage", "sqs:ReceiveMessage"),
        "arn:aws:sqs:eu-west-1:{account}:orders",
        ("arn:aws:sqs:eu-west-1:{account}:orders-dead", "arn:aws:sqs:us-*:*:orders"),
        {"aws:SourceArn": ("arn:aws:sns:eu-west-1:111122223333:orders",), "aws:SourceAccount": (OURS, THEIRS)},
    ),
    Target(
        ("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"),
        "arn:aws:secretsmanager:eu-west-1:{account}:secret:prod/db-Ab12Cd",
        ("arn:aws:secretsmanager:*:*:secret:dev/*", "arn:aws:secretsmanager:eu-west-1:{account}:secret:prod/db"),
        {"secretsmanager:VersionStage": ("AWSCURRENT",), "secretsmanager:SecretId": ("prod/db",)},
    ),
    Target(
        ("lambda:InvokeFunction",),
        "arn:aws:lambda:eu-west-1:{account}:function:resize",
        ("arn:aws:lambda:eu-west-1:{account}:function:resize:*", "arn:aws:lambda:*:*:function:other"),
        {"aws:SourceArn": ("arn:aws:s3:::reports",), "lambda:FunctionUrlAuthType": ("NONE",)},
    ),
    Target(
        ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"),
        "arn:aws:dynamodb:eu-west-1:{account}:table/orders",
        ("arn:aws:dynamodb:eu-west-1:*:table/orders/index/*", "arn:aws:dynamodb:*:*:table/users"),
        {
            "dynamodb:LeadingKeys": ("ana", "ben"),
            "dynamodb:Attributes": ("id", "name", "card"),
            "dynamodb:Select": ("x",),
        },
        has_policy=False,
    ),
    Target(
        ("ec2:TerminateInstances", "ec2:StartInstances", "ec2:CreateTags"),
        "arn:aws:ec2:eu-west-1:{account}:instance/i-0123456789abcdef0",
        ("arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:us-east-1:*:instance/*"),
        {
            "aws:RequestTag/Owner": ("ana", "*"),
            "aws:TagKeys": ("Owner", "Env"),
            "ec2:InstanceType": ("t3.micro", "m5.large"),
        },
        has_policy=False,
    ),
    Target(
        ("ec2:DescribeInstances", "ec2:DescribeVpcs"),
        "*",
        ("arn:aws:ec2:*:*:instance/*",),
        {"ec2:Region": ("eu-west-1",)},
        has_policy=False,
    ),
    Target(
        ("iam:PassRole", "iam:AttachRolePolicy", "iam:TagRole"),
        "arn:aws:iam::{account}:role/app/web",
        ("arn:aws:iam::*:role/web", "arn:aws:iam::*:user/*", "arn:aws:iam::{account}:role/app"),
        {
            "iam:PassedToService": ("ecs-tasks.amazonaws.com", "lambda.amazonaws.com"),
            "iam:PolicyARN": ("arn:aws:iam::aws:policy/AdministratorAccess",),
            "iam:PermissionsBoundary": ("arn:aws:iam::111122223333:policy/limit",),
        },
        has_policy=False,
    ),
)
TRUST = Target(
    ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"),
    "arn:aws:iam::{account}:role/deploy",
    ("arn:aws:iam::*:role/other", "arn:aws:iam::*:user/*"),
    {"sts:ExternalId": ("42", "43"), "sts:RoleSessionName": ("ana", "ci"), "aws:RequestTag/team": ("data",)},
)
WEB_IDENTITY = Target(
    ("sts:AssumeRoleWithWebIdentity", "sts:TagSession"),
    TRUST.resource,
    TRUST.others,
    {
        f"{OIDC}:sub": ("repo:acme/web:ref:refs/heads/main", "repo:acme/web:pull_request"),
        f"{OIDC}:aud": ("sts.amazonaws.com",),
    },
)
COMMON: Mapping[str, tuple[str, ...]] = {
    "aws:SourceVpce": ("vpce-0123456789abcdef0",),
    "aws:SourceVpc": ("vpc-0123456789abcdef0",),
    "aws:PrincipalOrgID": ("o-a1b2c3d4e5",),
    "aws:PrincipalOrgPaths": ("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/",),
    "aws:CalledVia": ("cloudformation.amazonaws.com", "dynamodb.amazonaws.com"),
    "aws:MultiFactorAuthPresent": ("true", "false"),
    "aws:MultiFactorAuthAge": ("0", "300", "7200"),
    "aws:TokenIssueTime": ("2026-01-15T08:00:00Z",),
}
"""Keys that a request may have."""
ALWAYS: Mapping[str, tuple[str, ...]] = {
    "aws:SourceIp": ("10.1.2.3", "203.0.113.7", "2001:db8::1"),
    "aws:SecureTransport": ("true", "false"),
    "aws:CurrentTime": ("2026-01-15T09:30:00Z", "2026-06-30T23:59:59Z"),
    "aws:EpochTime": ("1768469400",),
    "aws:RequestedRegion": ("eu-west-1", "us-east-1"),
    "aws:UserAgent": ("aws-cli/2.15", "Terraform/1.9"),
    "aws:ViaAWSService": ("false", "true"),
}
"""Keys that every request has."""
TYPES: Mapping[str, str] = {
    "aws:multifactorauthpresent": "Bool",
    "aws:multifactorauthage": "Numeric",
    "aws:tokenissuetime": "Date",
    "aws:currenttime": "Date",
    "aws:epochtime": "Date",
    "aws:securetransport": "Bool",
    "aws:viaawsservice": "Bool",
    "aws:principalisawsservice": "Bool",
    "kms:grantisforawsresource": "Bool",
    "aws:sourceip": "IpAddress",
    "s3:max-keys": "Numeric",
    "aws:sourcearn": "Arn",
    "aws:principalarn": "Arn",
    "iam:policyarn": "Arn",
    "iam:permissionsboundary": "Arn",
}
"""The type of each condition key that is not a string."""
OPERATORS: Mapping[str, tuple[str, ...]] = {
    "String": (
        *("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
        *("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    ),
    "Numeric": tuple(
        f"Numeric{name}"
        for name in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
    ),
    "Date": tuple(
        f"Date{name}"
        for name in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
    ),
    "Bool": ("Bool",),
    "IpAddress": ("IpAddress", "NotIpAddress"),
    "Arn": ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringEquals", "StringLike", "StringNotLike"),
}
VALUES: Mapping[str, tuple[str, ...]] = {
    "String": ("x", "*", "?", "2026/*", "", "data", "${aws:username}"),
    "Numeric": ("0", "10", "299", "300", "301", "1000", "7200.5"),
    "Date": ("2026-01-15T08:00:00Z", "2026-01-15T09:30:00Z", "2026-03-01T00:00:00Z", "2025-12-31T23:59:59+02:00"),
    "Bool": ("true", "false", "True"),
    "IpAddress": ("10.0.0.0/8", "10.1.2.3", "203.0.113.0/24", "0.0.0.0/0", "2001:db8::/32", "10.1.2.3/32"),
    "Arn": (
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:sns:*:111122223333:*",
        "arn:aws:iam::*:role/ci",
        "arn:aws:s3:::*",
    ),
}
VARIABLES = (
    "${aws:PrincipalTag/team}",
    "${aws:ResourceTag/team}",
    "${aws:PrincipalTag/team, 'data'}",
    "${aws:username}",
    "${aws:SourceVpc, 'vpc-0123456789abcdef0'}",
    "${aws:PrincipalAccount}",
)
ABSENT = ("aws:RequestTag/CostCenter", "aws:ResourceTag/missing", "aws:PrincipalTag/missing", "s3:missing-key")
