"""Two roles for GitHub Actions by OIDC: one plans pull requests and reads, one applies an environment."""

from __future__ import annotations

from typing import Any

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, condition, grant

REPOSITORY = "example-org/shop"
ENVIRONMENT = "prod"  # of GitHub, with required reviewers
ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"
QUEUE_ACTIONS = [
    "sqs:CreateQueue",
    "sqs:DeleteQueue",
    "sqs:GetQueueAttributes",
    "sqs:ListQueueTags",
    "sqs:SetQueueAttributes",
    "sqs:TagQueue",
    "sqs:UntagQueue",
]
STATES = "arn:aws:s3:::example-terraform-state/*"  # the only objects that a plan reads
CONTENT = [  # of resources: ReadOnlyAccess reads it, and a plan does not need it
    "dynamodb:*GetItem",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
    "kinesis:GetRecords",
    "logs:*LogEvents",
    "logs:Start*",
    "sqs:ReceiveMessage",
]
ISSUER = "token.actions.githubusercontent.com"


def build(app: App) -> Stack:
    stack = Stack(app, "github-actions-roles")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    github = Resource(
        stack,
        "aws_iam_openid_connect_provider",
        "github",
        url=f"https://{ISSUER}",
        client_id_list=["sts.amazonaws.com"],
    )
    plan = role(stack, "plan", github, f"repo:{REPOSITORY}:pull_request")
    apply = role(stack, "apply", github, f"repo:{REPOSITORY}:environment:{ENVIRONMENT}")
    attach(stack, "plan", plan, "arn:aws:iam::aws:policy/ReadOnlyAccess")
    grant(stack, plan, name="deny-content", statements=deny_content())
    attach(stack, "apply", apply, permissions(stack)["arn"])
    return stack


def deny_content() -> list[dict[str, Any]]:
    parameters = condition("StringEquals", "kms:ViaService", f"ssm.{REGION}.amazonaws.com")
    objects = ["s3:GetObject", "s3:GetObjectVersion"]
    return [
        {"effect": "Deny", "actions": CONTENT, "resources": ["*"]},
        {"effect": "Deny", "actions": objects, "not_resources": [STATES]},
        {"effect": "Deny", "actions": ["kms:Decrypt"], "resources": ["*"], "condition": [parameters]},
    ]


def role(stack: Stack, name: str, github: Resource, subject: str) -> Resource:
    """A role that only workflows with this subject of the token can assume."""
    trust = DataSource(
        stack,
        "aws_iam_policy_document",
        f"{name}_trust",
        statement=[
            allow(
                "TrustWorkflow",
                ["sts:AssumeRoleWithWebIdentity"],
                [],
                condition("StringEquals", f"{ISSUER}:aud", "sts.amazonaws.com"),
                condition("StringEquals", f"{ISSUER}:sub", subject),
                principals={"type": "Federated", "identifiers": [github["arn"]]},
            )
        ],
    )
    return Resource(
        stack,
        "aws_iam_role",
        name,
        name=f"github-{name}-{ENVIRONMENT}",
        description=f"GitHub Actions: {subject}",
        assume_role_policy=trust["json"],
        max_session_duration=3600,
    )


def permissions(stack: Stack) -> Resource:
    """What the stacks of the environment need; replace it by yours."""
    document = DataSource(
        stack,
        "aws_iam_policy_document",
        "apply",
        statement=[
            allow("ManageQueues", QUEUE_ACTIONS, [f"arn:aws:sqs:{REGION}:{ACCOUNT_ID}:shop-{ENVIRONMENT}-*"]),
        ],
    )
    return Resource(stack, "aws_iam_policy", "apply", name=f"github-apply-{ENVIRONMENT}", policy=document["json"])


def attach(stack: Stack, name: str, to: Resource, policy_arn: str) -> None:
    Resource(stack, "aws_iam_role_policy_attachment", name, role=to["name"], policy_arn=policy_arn)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
