"""A monthly budget that warns by email, and whose action attaches a policy against new capacity to roles."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, condition, grant

AMOUNT = "500"  # US dollars each month
EMAIL = "cloud-costs@example.com"
ROLES = ["developer"]  # that create resources in the account
CAPACITY = [
    "ec2:RequestSpotInstances",
    "ec2:RunInstances",
    "ecs:CreateService",
    "ecs:RunTask",
    "eks:CreateNodegroup",
    "elasticache:Create*",
    "rds:CreateDB*",
    "sagemaker:Create*",
]
ACCOUNT_ID = "123456789012"


def build(app: App) -> Stack:
    stack = Stack(app, "budget-action")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "dev", "Owner": "platform"}},
    )
    warning = {
        "comparison_operator": "GREATER_THAN",
        "threshold_type": "PERCENTAGE",
        "subscriber_email_addresses": [EMAIL],
    }
    budget = Resource(
        stack,
        "aws_budgets_budget",
        "month",
        name="month",
        budget_type="COST",
        limit_amount=AMOUNT,
        limit_unit="USD",
        time_unit="MONTHLY",
        notification=[
            {**warning, "notification_type": "FORECASTED", "threshold": 100},
            {**warning, "notification_type": "ACTUAL", "threshold": 80},
        ],
    )
    policy = no_capacity(stack)
    role = action_role(stack, policy)
    Resource(
        stack,
        "aws_budgets_budget_action",
        "no_capacity",
        budget_name=budget["name"],
        action_type="APPLY_IAM_POLICY",
        approval_model="AUTOMATIC",
        notification_type="ACTUAL",
        execution_role_arn=role["arn"],
        action_threshold={"action_threshold_type": "PERCENTAGE", "action_threshold_value": 100},
        definition={"iam_action_definition": {"policy_arn": policy["arn"], "roles": ROLES}},
        subscriber=[{"subscription_type": "EMAIL", "address": EMAIL}],
    )
    return stack


def no_capacity(stack: Stack) -> Resource:
    """The policy that the action attaches. What runs already, runs on and is billed."""
    statement = [{"sid": "DenyCapacity", "effect": "Deny", "actions": CAPACITY, "resources": ["*"]}]
    document = DataSource(stack, "aws_iam_policy_document", "no_capacity", statement=statement)
    return Resource(stack, "aws_iam_policy", "no_capacity", name="no-new-capacity", policy=document["json"])


def action_role(stack: Stack, policy: Resource) -> Resource:
    """The role of AWS Budgets, which can attach this policy to these roles and nothing else."""
    service = {"type": "Service", "identifiers": ["budgets.amazonaws.com"]}
    own = condition("StringEquals", "aws:SourceAccount", ACCOUNT_ID)
    budgets = condition("ArnLike", "aws:SourceArn", f"arn:aws:budgets::{ACCOUNT_ID}:budget/*")
    trust = [allow("TrustBudgets", ["sts:AssumeRole"], [], own, budgets, principals=service)]
    document = DataSource(stack, "aws_iam_policy_document", "budget_action_trust", statement=trust)
    role = Resource(stack, "aws_iam_role", "budget_action", name="budget-action", assume_role_policy=document["json"])
    attach = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
    roles = [f"arn:aws:iam::{ACCOUNT_ID}:role/{name}" for name in ROLES]
    only = condition("ArnEquals", "iam:PolicyARN", policy["arn"])
    grant(stack, role, name="attach", statements=[allow("AttachPolicy", attach, roles, only)])
    return role


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
