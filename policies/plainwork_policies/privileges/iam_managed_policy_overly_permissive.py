"""Overly permissive AWS managed policy is attached.

What: A role, user, group or permission set has an AWS managed policy attached that `[iam] denied_managed_policies`
    lists, in any partition. The default is `IAMFullAccess` and `PowerUserAccess`.
Why: `PowerUserAccess` allows all actions of all services except IAM: all data, keys and instances. `IAMFullAccess`
    allows its principal to become an administrator. Both include every action that AWS adds.
Remedy: Attach a policy that lists the required actions.
Limitations: Only attachments are checked, by the name of the policy. `AdministratorAccess` is checked by
    `iam-administrator-access-attached`. A permissions boundary grants nothing and is not checked.
"""

from __future__ import annotations

from collections.abc import Collection

from plainwork_core.model.rendering import render
from plainwork_policies.api import Argument, Findings, Resource, check_each, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.subjects import ATTACHMENTS, attached_arns, aws_managed_policy


@policy(
    "PLW_PRIV_009",
    "iam-managed-policy-overly-permissive",
    severity="high",
    on=ATTACHMENTS,
    aliases=("elevated-policy-attached",),
    links=("https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html",),
    settings=("denied_managed_policies",),
)
def iam_managed_policy_overly_permissive(attachment: Resource, settings: IamSettings) -> Findings:
    """Check each ARN that the resource attaches."""
    yield from check_each(attached_arns(attachment), lambda arn: _check(arn, settings.denied_managed_policies))


def _check(arn: Argument, denied: Collection[str]) -> Findings:
    name = aws_managed_policy(arn)
    if name in denied:
        yield arn.fail(
            f"`{arn.path}` is `{name}`, which `[iam] denied_managed_policies` lists",
            value=render(arn.raw) or name,
            remedy="Attach a policy that lists the required actions.",
        )
