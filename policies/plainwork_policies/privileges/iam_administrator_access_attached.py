"""AWS managed policy AdministratorAccess is attached.

What: a role, user, group or permission set gets `arn:aws:iam::aws:policy/AdministratorAccess`, in any partition.
Why: it allows every action on every resource, IAM included: whoever gets hold of the identity owns the account, and
    nothing in the code says what the identity is for.
Remedy: attach a policy with the actions that are used::

        resource "aws_iam_role_policy_attachment" "deploy" {
          role       = aws_iam_role.deploy.name
          policy_arn = aws_iam_policy.deploy.arn
        }
Limitations: only attachments are judged, and only of this policy, by its name; a document of one's own that allows
    `*` is
    `iam-wildcard-action`. As a permissions boundary the policy grants nothing, and is not judged.
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

_NAME = "AdministratorAccess"


@policy(
    "PLW_PRIV_003",
    "iam-administrator-access-attached",
    aliases=("administrator-policy-attached",),
    severity="high",
    subjects=attachments,
    links=("https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",),
)
def iam_administrator_access_attached(attachment: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge each ARN that *attachment* attaches."""
    for path, arn in attached(attachment):
        name = attached_by_aws(arn, attachment, stack)
        if isinstance(name, Unknown):
            yield not_evaluated(path, name)
        elif name == _NAME:
            message = f"attaches `{_NAME}`, which allows every action on every resource"
            remedy = "attach a policy that names the actions that are used"
            yield fail(path, message, value=render(arn) or _NAME, remedy=remedy)
