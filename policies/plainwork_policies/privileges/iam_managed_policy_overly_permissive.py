"""Overly permissive AWS managed policy is attached.

What: a role, user, group or permission set gets one of the AWS managed policies in `[privileges] elevated_policies`, in
    any partition: `PowerUserAccess` and `IAMFullAccess` unless you say otherwise.
Why: `PowerUserAccess` is every action of every service but IAM's: all data, all keys, all machines. `IAMFullAccess` is
    the right to make oneself an administrator. Both grow with every action that AWS adds.
Remedy: attach a policy with the actions that are used::

        resource "aws_iam_role_policy_attachment" "deploy" {
          role       = aws_iam_role.deploy.name
          policy_arn = aws_iam_policy.deploy.arn
        }
Limitations: only attachments are judged, by the policy's name; `AdministratorAccess` is
    `iam-administrator-access-attached`'s. As a permissions boundary the policy grants nothing, and is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam.attachments import attached, attachments
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.aws_policies import attached_by_aws
from plainwork_policies.privileges.settings import IamSettings


@policy(
    "PLW_PRIV_009",
    "iam-managed-policy-overly-permissive",
    aliases=("elevated-policy-attached",),
    severity="high",
    subjects=attachments,
    links=("https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html",),
    settings=("denied_managed_policies",),
)
def iam_managed_policy_overly_permissive(
    attachment: Resource, stack: Stack, settings: IamSettings
) -> Iterator[Finding]:
    """Judge each ARN that *attachment* attaches."""
    for path, arn in attached(attachment):
        name = attached_by_aws(arn, attachment, stack)
        if isinstance(name, Unknown):
            yield not_evaluated(path, name)
        elif name in settings.denied_managed_policies:
            message = f"attaches `{name}`, which is wider than any one job"
            remedy = "attach a policy that names the actions that are used"
            yield fail(path, message, value=render(arn) or name, remedy=remedy)
