"""The AWS managed policy `AdministratorAccess` is attached.

What: a role, user, group or permission set gets `arn:aws:iam::aws:policy/AdministratorAccess`, in any partition.
Why: it allows every action on every resource, IAM included: whoever gets hold of the identity owns the account, and
    nothing in the code says what the identity is for.
Fix: attach a policy with the actions that are used::

        resource "aws_iam_role_policy_attachment" "deploy" {
          role       = aws_iam_role.deploy.name
          policy_arn = aws_iam_policy.deploy.arn
        }
Limits: only attachments are judged, and only of this policy, by its name; a document of one's own that allows `*` is
    `wildcard-action`. As a permissions boundary the policy grants nothing, and is not judged.
Link: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.iam.arn import parse_arn, written
from plainwork_policies.iam.references import is_left_to_aws, only_referent
from plainwork_policies.model import Resource, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.settings import Settings
from plainwork_policies.values import Unknown, Value

_NAME = "AdministratorAccess"
_ATTACHMENTS = {
    "aws_iam_group_policy_attachment": "policy_arn",
    "aws_iam_group_policy_attachments_exclusive": "policy_arns",
    "aws_iam_policy_attachment": "policy_arn",
    "aws_iam_role": "managed_policy_arns",
    "aws_iam_role_policy_attachment": "policy_arn",
    "aws_iam_role_policy_attachments_exclusive": "policy_arns",
    "aws_iam_user_policy_attachment": "policy_arn",
    "aws_iam_user_policy_attachments_exclusive": "policy_arns",
    "aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}


def attachments(stack: Stack) -> list[Resource]:
    """Return the resources that attach policies by ARN."""
    return stack.managed(*_ATTACHMENTS)


@policy("PLW_PRIV_003", "administrator-policy-attached", severity="critical", subjects=attachments)
def administrator_policy_attached(attachment: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    """Judge each ARN that *attachment* attaches."""
    argument = _ATTACHMENTS[attachment.type]
    found = attachment.get(argument)
    for index, arn in enumerate(found if isinstance(found, list) else [found]):
        path = f"{argument}.{index}" if isinstance(found, list) else argument
        answer = _is_administrator(arn, attachment, stack)
        if isinstance(answer, Unknown):
            yield not_evaluated(path, answer)
        elif answer:
            message = f"attaches `{_NAME}`, which allows every action on every resource"
            remedy = "attach a policy that names the actions that are used"
            yield fail(path, message, value=written(arn) or _NAME, remedy=remedy)


def _is_administrator(arn: Value, attachment: Resource, stack: Stack) -> bool | Unknown:
    if is_left_to_aws(stack, arn):
        return False
    made_of = only_referent(stack, attachment, arn) if isinstance(arn, Unknown) else None
    if made_of and made_of.type == "aws_iam_policy":
        return _is_named_administrator(made_of)
    text = written(arn) if isinstance(arn, str | Unknown) else ""
    parsed = parse_arn(text or "")
    if isinstance(arn, Unknown) and (parsed is None or "${" in parsed.account + parsed.resource):
        return arn
    return parsed is not None and (parsed.account, parsed.resource) == ("aws", f"policy/{_NAME}")


def _is_named_administrator(made_of: Resource) -> bool | Unknown:
    """Whether *made_of* is it: an `aws_iam_policy` that is looked up may be, one that is made is not."""
    if made_of.mode == "managed":
        return False
    name = next((found for argument in ("name", "arn") if (found := made_of.get(argument)) is not None), "")
    return name if isinstance(name, Unknown) else str(name).rpartition("/")[2] == _NAME
