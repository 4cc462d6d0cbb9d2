"""The API calls that a tag guardrail covers, and those that it does not cover, each with the reason.

A call is covered if its request has condition keys on tags by the Service Authorization Reference, and if the AWS
provider of Terraform sends the tags of the resource in it. Otherwise a `Deny` for requests without a tag would deny
every request.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from plainwork_core.aws.creating_calls import creations

_CALLS = {
    "acm": "RequestCertificate",
    "acm-pca": "CreateCertificateAuthority",
    "athena": "CreateWorkGroup",
    "autoscaling": "CreateAutoScalingGroup",
    "backup": "CreateBackupPlan CreateBackupVault",
    "batch": "CreateComputeEnvironment",
    "cloudfront": "CreateDistribution",
    "cloudtrail": "CreateTrail",
    "dms": "CreateReplicationInstance",
    "dynamodb": "CreateTable",
    "ec2": "AllocateAddress AllocateHosts CreateCustomerGateway CreateEgressOnlyInternetGateway CreateFlowLogs "
    "CreateInternetGateway CreateLaunchTemplate CreateManagedPrefixList CreateNatGateway CreateNetworkAcl "
    "CreateRouteTable CreateSecurityGroup CreateSubnet CreateTransitGateway CreateTransitGatewayVpcAttachment "
    "CreateVolume CreateVpc CreateVpcEndpoint CreateVpcPeeringConnection CreateVpnConnection CreateVpnGateway "
    "ImportKeyPair RunInstances",
    "ecr": "CreateRepository",
    "ecs": "CreateCluster CreateService RegisterTaskDefinition RunTask",
    "eks": "CreateCluster CreateFargateProfile CreateNodegroup",
    "elasticache": "CreateCacheCluster CreateReplicationGroup CreateServerlessCache",
    "elasticfilesystem": "CreateAccessPoint CreateFileSystem",
    "elasticloadbalancing": "CreateLoadBalancer CreateTargetGroup",
    "es": "CreateDomain",
    "events": "CreateEventBus",
    "firehose": "CreateDeliveryStream",
    "glue": "CreateJob",
    "iam": "CreateInstanceProfile CreatePolicy CreateRole CreateUser",
    "kafka": "CreateCluster",
    "kinesis": "CreateStream",
    "kms": "CreateKey",
    "lambda": "CreateFunction",
    "mq": "CreateBroker",
    "rds": "CreateDBCluster CreateDBInstance",
    "redshift": "CreateCluster",
    "s3": "CreateBucket",
    "sagemaker": "CreateNotebookInstance",
    "secretsmanager": "CreateSecret",
    "sns": "CreateTopic",
    "sqs": "CreateQueue",
    "states": "CreateStateMachine",
    "wafv2": "CreateWebACL",
}
COVERED_CALLS: Mapping[str, tuple[str, ...]] = {
    service: tuple(f"{service}:{name}" for name in names.split()) for service, names in _CALLS.items()
}
"""The covered calls by service prefix."""


@cache
def newer_providers() -> Mapping[str, str]:
    """Return the version of the AWS provider since which the calls of a service have the tags, by service prefix.

    An older provider sends the tags afterwards, so the calls are covered only if the service is selected.
    """
    covered = {call for calls in COVERED_CALLS.values() for call in calls}
    later = (one for one in creations().values() if one.tagged_since and one.call in covered)
    return {one.call.partition(":")[0]: one.tagged_since for one in later}


LAUNCHED_TYPES: Mapping[tuple[str, str], str] = {
    ("ec2:RunInstances", "volume"): "volume",
    ("ecs:RunTask", ""): "task",
}
"""The value of `[tags] propagate_to` that covers a resource type of a call; others are always covered."""

NEVER_TAGGED: Mapping[str, frozenset[str]] = {
    "ec2:RunInstances": frozenset(("network-interface", "secondary-interface", "spot-instances-request"))
}
"""Resource types whose tags a request can have and usually has not: a launch can use an existing network interface."""

_SEPARATE = "tags are set by a separate call after creation"
_ROLES = "AWS services make the call with a role of the account and without its tags"
_REPLACES = "an update of the resource can replace its tags"
_UPDATES = "the call also updates an existing resource, and AWS ignores or rejects tags then"
NOT_COVERED: Mapping[str, str] = {
    "apigateway:POST": "one action creates all resource types, also those without tags",
    "cloudwatch:PutMetricAlarm": _UPDATES,
    "codebuild:CreateProject": _REPLACES,
    "cognito-idp:CreateUserPool": _REPLACES,
    "ec2:CreateNetworkInterface": f"{_ROLES} (Lambda)",
    "ec2:CreateSnapshot": f"{_ROLES} (AWS Backup, Amazon Data Lifecycle Manager)",
    "events:PutRule": _UPDATES,
    "logs:CreateLogGroup": f"{_ROLES} (Lambda)",
    "route53:CreateHostedZone": _SEPARATE,
    "ssm:PutParameter": _UPDATES,
}
"""Frequent calls that are not covered. Calls that are in neither table are not covered either."""
