"""Quotas of AWS Organizations and IAM for policies, and the services whose tags a tag policy can enforce.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html: since 15 May 2026, a service
control policy (SCP) has at most 10,240 characters, and a root, an organizational unit or an account at most ten SCPs of
its own. Before, the numbers were 5,120 and five. One of the ten is `FullAWSAccess`, or a policy that replaces it.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html is about managed policies.
"""

from __future__ import annotations

SCP_CHARACTERS = 10_240
ATTACHED_SCPS = 9
"""How many SCPs can be attached to a target beside `FullAWSAccess`."""

TAG_POLICY_CHARACTERS = 10_000
ATTACHED_TAG_POLICIES = 10

MANAGED_POLICY_CHARACTERS = 6_144
ATTACHED_MANAGED_POLICIES = 10

ALL_RESOURCES = "ALL_SUPPORTED"
"""The wildcard for all resource types of a service: `ec2:ALL_SUPPORTED`."""

ENFORCED_SERVICES = frozenset(
    (
        "acm",
        "acm-pca",
        "athena",
        "backup",
        "cloudtrail",
        "dms",
        "dynamodb",
        "ec2",
        "ecr",
        "ecs",
        "eks",
        "elasticache",
        "elasticfilesystem",
        "events",
        "firehose",
        "kms",
        "lambda",
        "mq",
        "rds",
        "redshift",
        "s3",
        "secretsmanager",
        "sns",
        "sqs",
        "states",
    )
)
"""The services with calls that tag guardrails cover, for which a tag policy supports the wildcard in September 2026.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_supported-resources-enforcement.html
"""
