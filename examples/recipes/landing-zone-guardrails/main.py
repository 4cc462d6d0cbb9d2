"""Guardrails of a landing zone: organizational units, and policies on Regions, tags, the audit trail and root users."""

from __future__ import annotations

from typing import Any

from plainwork import App, Provider, RegionGuardrails, Resource, Stack, TagGuardrails, jsonencode
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.tags.settings import TagSettings

REGIONS = RegionSettings(allowed=("eu-central-1", "eu-west-1"))
TAGS = TagSettings(required=("Environment", "Owner"), allowed_values={"Environment": ("dev", "prod")})
TAGGED_SERVICES = ["dynamodb", "ec2", "lambda", "rds", "sqs"]  # whose resources must have the tags
BREAK_GLASS = "arn:aws:iam::*:role/break-glass"
AUDIT = [
    "access-analyzer:DeleteAnalyzer",
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:PutConfigurationRecorder",
    "config:StopConfigurationRecorder",
]


def build(app: App) -> Stack:
    stack = Stack(app, "landing-zone-guardrails")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    organization = Resource(
        stack,
        "aws_organizations_organization",
        "this",
        feature_set="ALL",
        enabled_policy_types=["SERVICE_CONTROL_POLICY", "TAG_POLICY"],
        aws_service_access_principals=["cloudtrail.amazonaws.com", "tagpolicies.tag.amazonaws.com"],
        lifecycle={"prevent_destroy": True},
    )
    root = organization["roots[0].id"]
    units = {
        name: unit(stack, name, root) for name in ("security", "infrastructure", "workloads", "sandbox", "suspended")
    }
    for name in ("dev", "prod"):
        unit(stack, f"workloads_{name}", units["workloads"]["id"])
    restricted = [units["infrastructure"], units["workloads"], units["sandbox"]]
    RegionGuardrails(stack, "regions", settings=REGIONS, targets=restricted, exempt_principals=[BREAK_GLASS])
    TagGuardrails(
        stack,
        "tags",
        settings=TAGS,
        services=TAGGED_SERVICES,
        targets=[units["workloads"]],
        exempt_principals=[BREAK_GLASS],
    )
    root_user = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}, "Null": {"aws:AssumedRoot": "true"}}
    not_break_glass = {"ArnNotLike": {"aws:PrincipalArn": BREAK_GLASS}}
    guardrail(
        stack,
        "accounts",
        root,
        statement("KeepAccounts", ["organizations:LeaveOrganization"]),
        statement("KeepAudit", AUDIT, not_break_glass),
        statement("DenyRootUsers", ["*"], root_user),
    )
    guardrail(stack, "suspended", units["suspended"]["id"], statement("DenyAll", ["*"], not_break_glass))
    return stack


def unit(stack: Stack, name: str, parent_id: str) -> Resource:
    return Resource(
        stack, "aws_organizations_organizational_unit", name, name=name.rpartition("_")[2], parent_id=parent_id
    )


def statement(sid: str, actions: list[str], condition: dict[str, Any] | None = None) -> dict[str, Any]:
    denied = {"Sid": sid, "Effect": "Deny", "Action": actions, "Resource": "*"}
    return {**denied, "Condition": condition} if condition else denied


def guardrail(stack: Stack, name: str, target_id: str, *statements: dict[str, Any]) -> None:
    """A service control policy on one target. It allows nothing; `FullAWSAccess` stays attached."""
    content = jsonencode({"Version": "2012-10-17", "Statement": list(statements)})
    policy = Resource(
        stack, "aws_organizations_policy", name, name=name, type="SERVICE_CONTROL_POLICY", content=content
    )
    Resource(stack, "aws_organizations_policy_attachment", name, policy_id=policy["id"], target_id=target_id)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
