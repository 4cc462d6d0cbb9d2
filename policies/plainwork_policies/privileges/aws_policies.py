"""Which of AWS's own managed policies an ARN names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
"""

from __future__ import annotations

from plainwork_core.aws.arn import parse_arn
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value

_PREFIX = "policy/"


def attached_by_aws(arn: Value, attachment: Resource, stack: Stack) -> str | Unknown:
    """Return what follows `policy/` in the ARN of an AWS managed policy; `""` where *arn* names another policy.

    Args:
        arn: what *attachment* attaches. A `data "aws_iam_policy"` is followed to the name that it looks up.
        attachment: whose argument it is.
        stack: to follow references in.

    Returns:
        The name, in any partition; the `Unknown` that hides it.
    """
    if is_computed_by_provider(arn):
        return ""
    made_of = only_referent(stack, attachment, arn) if isinstance(arn, Unknown) else None
    if made_of and made_of.type == "aws_iam_policy":
        return _looked_up(made_of)
    parsed = parse_arn((render(arn) if isinstance(arn, str | Unknown) else "") or "")
    if isinstance(arn, Unknown) and (parsed is None or "${" in parsed.account + parsed.resource):
        return arn
    is_of_aws = parsed is not None and parsed.account == "aws" and parsed.resource.startswith(_PREFIX)
    return parsed.resource.removeprefix(_PREFIX) if parsed and is_of_aws else ""


def _looked_up(made_of: Resource) -> str | Unknown:
    """The name that a lookup has, or the last part of its ARN; a policy that is made is not one of AWS's."""
    if made_of.mode == "managed":
        return ""
    name = next((found for argument in ("name", "arn") if (found := made_of.get(argument)) is not None), "")
    return name if isinstance(name, Unknown) else str(name).rpartition(":")[2].removeprefix(_PREFIX)
