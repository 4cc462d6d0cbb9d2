"""The principals of identity-based policies: of inline documents, and of managed policies that are attached by ARN.

From the schema of the AWS provider 5.100.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.model.identity import differs_between_instances
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import PartialString, Unknown, Value, scalar

IDENTITIES = ("aws_iam_role", "aws_iam_user", "aws_iam_group", "aws_ssoadmin_permission_set")
POLICY_ARNS: Mapping[str, str] = {
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
_HOLDERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "aws_iam_group_policy": (("aws_iam_group", "group"),),
    "aws_iam_group_policy_attachment": (("aws_iam_group", "group"),),
    "aws_iam_group_policy_attachments_exclusive": (("aws_iam_group", "group_name"),),
    "aws_iam_policy_attachment": (("aws_iam_role", "roles"), ("aws_iam_user", "users"), ("aws_iam_group", "groups")),
    "aws_iam_role_policy": (("aws_iam_role", "role"),),
    "aws_iam_role_policy_attachment": (("aws_iam_role", "role"),),
    "aws_iam_role_policy_attachments_exclusive": (("aws_iam_role", "role_name"),),
    "aws_iam_user_policy": (("aws_iam_user", "user"),),
    "aws_iam_user_policy_attachment": (("aws_iam_user", "user"),),
    "aws_iam_user_policy_attachments_exclusive": (("aws_iam_user", "user_name"),),
    "aws_ssoadmin_managed_policy_attachment": (("aws_ssoadmin_permission_set", "permission_set_arn"),),
    "aws_ssoadmin_permission_set_inline_policy": (("aws_ssoadmin_permission_set", "permission_set_arn"),),
}


def attachments(stack: Stack) -> list[Resource]:
    """Return the resources that attach policies by ARN."""
    return stack.managed(*POLICY_ARNS)


def attached(attachment: Resource) -> list[tuple[str, Value]]:
    """Return path and value of each ARN that *attachment* attaches; of an unknown list, those of the list."""
    argument = POLICY_ARNS[attachment.type]
    found = attachment.get(argument)
    if isinstance(found, list) and _is_list(argument):
        return [(path := f"{argument}.{index}", scalar(arn, path)) for index, arn in enumerate(found)]
    return [] if found is None else [(argument, scalar(found, argument))]


def holders(stack: Stack, owner: Resource) -> Iterator[str]:
    """Yield a key of each principal of the policy that *owner* is or attaches.

    The key is the address of the principal, if it is in *stack*. Two owners that refer to the same principal outside
    the stack have the same key.
    """
    if owner.type in IDENTITIES:
        yield owner.address
    for type_, argument in _HOLDERS.get(owner.type, ()):
        for name in _members(owner, argument):
            if name is not None and not is_computed_by_provider(name):
                yield _holder(stack, owner, type_, name)


def has_unknown_holder(stack: Stack, owner: Resource) -> bool:
    """Return whether *owner* attaches or holds a policy for an identity whose name is unknown and not of *stack*."""
    names = (name for _, argument in _HOLDERS.get(owner.type, ()) for name in _members(owner, argument))
    return any(isinstance(name, Unknown) and only_referent(stack, owner, name) is None for name in names)


def _members(owner: Resource, argument: str) -> list[Value]:
    found = owner.get(argument)
    names = found if isinstance(found, list) and _is_list(argument) else [found]
    return [scalar(name, argument) for name in names]


def _is_list(argument: str) -> bool:
    return argument.endswith("s")  # the plural: `policy_arns`, `roles`


def _holder(stack: Stack, owner: Resource, type_: str, name: Value) -> str:
    identity = only_referent(stack, owner, name) if isinstance(name, Unknown) else None
    if identity and identity.type == type_:
        return identity.address
    text = _text(name)
    return f"{type_} of {owner.address}" if text is None else _names(stack).get((type_, text), f"{type_} {text}")


@cached_per_stack
def _names(stack: Stack) -> dict[tuple[str, str | None], str]:
    return {
        (identity.type, _text(identity.attribute("name"))): identity.address for identity in stack.managed(*IDENTITIES)
    }


def _text(name: Value) -> str | None:
    """Return the text of a name that is the same wherever the stack has it; `None` if it may differ."""
    if not isinstance(name, Unknown):
        return str(name)
    parts = name.parts if isinstance(name, PartialString) else (name,)
    named = all(isinstance(part, str) or (len(part.references) == 1 and not part.is_derived) for part in parts)
    return quote(name) if named and not differs_between_instances(name) else None
