"""The requests that the doctor makes: each operation with the IAM action that it requires.

An operation that is not in a table is not called. `READS` changes nothing; `LOCK_WRITES` are those of Terraform's lock.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

READS = {
    "sts": {
        "AssumeRole": "sts:AssumeRole",
        "AssumeRoleWithWebIdentity": "sts:AssumeRoleWithWebIdentity",
        "GetCallerIdentity": "sts:GetCallerIdentity",
    },
    "s3": {
        "GetBucketEncryption": "s3:GetEncryptionConfiguration",
        "GetBucketPolicy": "s3:GetBucketPolicy",
        "GetBucketReplication": "s3:GetReplicationConfiguration",
        "GetBucketVersioning": "s3:GetBucketVersioning",
        "GetObject": "s3:GetObject",
        "GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
        "HeadBucket": "s3:ListBucket",
        "ListBuckets": "s3:ListAllMyBuckets",
        "ListObjectVersions": "s3:ListBucketVersions",
        "ListObjectsV2": "s3:ListBucket",
    },
    "s3control": {"GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock"},
    "dynamodb": {
        "DescribeTable": "dynamodb:DescribeTable",
        "GetItem": "dynamodb:GetItem",
        "GetResourcePolicy": "dynamodb:GetResourcePolicy",
    },
    "ec2": {
        "DescribeAddresses": "ec2:DescribeAddresses",
        "DescribeNetworkInterfaces": "ec2:DescribeNetworkInterfaces",
        "DescribeVpcEndpoints": "ec2:DescribeVpcEndpoints",
    },
    "elasticache": {"DescribeCacheClusters": "elasticache:DescribeCacheClusters"},
    "service-quotas": {"ListServiceQuotas": "servicequotas:ListServiceQuotas"},
    "kms": {"DescribeKey": "kms:DescribeKey", "GetKeyPolicy": "kms:GetKeyPolicy"},
    "iam": {
        "GetGroupPolicy": "iam:GetGroupPolicy",
        "GetPolicy": "iam:GetPolicy",
        "GetPolicyVersion": "iam:GetPolicyVersion",
        "GetRole": "iam:GetRole",
        "GetRolePolicy": "iam:GetRolePolicy",
        "GetUser": "iam:GetUser",
        "GetUserPolicy": "iam:GetUserPolicy",
        "ListAttachedGroupPolicies": "iam:ListAttachedGroupPolicies",
        "ListAttachedRolePolicies": "iam:ListAttachedRolePolicies",
        "ListAttachedUserPolicies": "iam:ListAttachedUserPolicies",
        "ListGroupPolicies": "iam:ListGroupPolicies",
        "ListGroupsForUser": "iam:ListGroupsForUser",
        "ListRolePolicies": "iam:ListRolePolicies",
        "ListUserPolicies": "iam:ListUserPolicies",
    },
}
LOCK_WRITES = {
    "s3": {"DeleteObject": "s3:DeleteObject", "PutObject": "s3:PutObject"},
    "dynamodb": {"DeleteItem": "dynamodb:DeleteItem", "PutItem": "dynamodb:PutItem"},
}


def action_of(service: str, operation: str) -> str:
    """Return the IAM action of an operation: `s3:ListBucket` for `HeadBucket`."""
    return (READS[service] | LOCK_WRITES.get(service, {}))[operation]
