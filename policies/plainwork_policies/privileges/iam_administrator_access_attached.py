"""AWS managed policy AdministratorAccess is attached.

What: A role, user, group or permission set has `arn:aws:iam::aws:policy/AdministratorAccess` attached, in any
    partition.
Why: The policy allows all actions on all resources, IAM included. Anyone with access to the identity controls the
    account, and the code does not show what the identity is for.
Remedy: Attach a policy that lists the required actions.
Limitations: Only attachments are checked, and only of this policy, by its name. A policy document that allows `*` is
    checked by `iam-wildcard-action`. A permissions boundary grants nothing and is not checked.
"""

from __future__ import annotations

from plainwork_core.model.rendering import render
from plainwork_policies.api import Argument, Findings, Resource, check_each, policy
from plainwork_policies.privileges.subjects import ADMINISTRATOR, ATTACHMENTS, attached_arns, aws_managed_policy


@policy(
    "PLW_PRIV_003",
    "iam-administrator-access-attached",
    severity="high",
    on=ATTACHMENTS,
    aliases=("administrator-policy-attached",),
    links=("https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",),
)
def iam_administrator_access_attached(attachment: Resource) -> Findings:
    """Check each ARN that the resource attaches."""
    yield from check_each(attached_arns(attachment), _check)


def _check(arn: Argument) -> Findings:
    if aws_managed_policy(arn) == ADMINISTRATOR:
        yield arn.fail(
            f"`{arn.path}` is `{ADMINISTRATOR}`, which allows all actions on all resources",
            value=render(arn.raw) or ADMINISTRATOR,
            remedy="Attach a policy that lists the required actions.",
        )
