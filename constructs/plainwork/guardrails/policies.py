"""The policies of a guardrail, and their attachments.

The documents are `jsonencode` instead of `aws_iam_policy_document`, because AWS counts the characters of an
Organizations policy with its spaces, and the number of policies depends on their size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from plainwork.attributes import attribute_of
from plainwork.checks.scalars import boolean_problems, is_reference
from plainwork.clients import name_of
from plainwork.functions import jsonencode
from plainwork.terraform import Resource
from plainwork_core.aws.organizations import ATTACHED_SCPS, ATTACHED_TAG_POLICIES
from plainwork_core.guardrails.principals import principal_problems

if TYPE_CHECKING:
    from plainwork.terraform import Construct

PolicyType = Literal["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
Target = str | Resource
"""A root, an organizational unit or an account: a resource, or its ID."""

_TARGET_TYPES = (
    "aws_organizations_account",
    "aws_organizations_organization",
    "aws_organizations_organizational_unit",
)
_TARGET_ID = re.compile(r"r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12}", re.ASCII)
_MAXIMUM: Mapping[PolicyType, int] = {
    "SERVICE_CONTROL_POLICY": ATTACHED_SCPS,
    "TAG_POLICY": ATTACHED_TAG_POLICIES,
}


def scope_problems(targets: Sequence[Target], exempt_principals: Sequence[str], organizations: Any) -> Iterator[str]:
    """Yield one sentence for each argument of a guardrail that AWS rejects."""
    yield from boolean_problems("organizations", organizations)
    if targets and not organizations:
        yield "targets is for policies of Organizations; attach `policies` to roles, or set organizations=True"
    for target in targets:
        id_ = attribute_of(target, "id", *_TARGET_TYPES)
        if not is_reference(id_) and not (isinstance(id_, str) and _TARGET_ID.fullmatch(id_)):
            yield (
                "targets must be roots, organizational units or accounts, by resource or ID, such as "
                f"'ou-ab12-cd34ef56': got {target!r}"
            )
    yield from principal_problems("exempt_principals", exempt_principals)


def number_problems(documents: Sequence[Any], type_: PolicyType, targets: Sequence[Target]) -> Iterator[str]:
    """Yield one sentence if a target cannot have all policies."""
    maximum = _MAXIMUM[type_]
    if targets and len(documents) > maximum:
        yield (
            f"the settings take {len(documents)} policies of the type {type_}, but a target has at most {maximum} "
            "beside those of AWS; reduce keys or services, or distribute them over several levels"
        )


def organization_policies(
    scope: Construct,
    name: str,
    documents: Sequence[Mapping[str, Any]],
    *,
    id_: str | None = None,
    type_: PolicyType = "SERVICE_CONTROL_POLICY",
    description: str,
    targets: Sequence[Target],
) -> list[Resource]:
    """Create the policies and attach each of them to all *targets*."""
    found = []
    for own, suffix, content in _numbered(documents, id_):
        policy = Resource(
            scope,
            "aws_organizations_policy",
            own,
            name=f"{name}{suffix}",
            type=type_,
            description=description,
            content=jsonencode(content),
        )
        for target in targets:
            Resource(
                scope,
                "aws_organizations_policy_attachment",
                "_".join(filter(None, (own, name_of(target)))),
                policy_id=policy["id"],
                target_id=attribute_of(target, "id"),
            )
        found.append(policy)
    return found


def managed_policies(
    scope: Construct, name: str, documents: Sequence[Mapping[str, Any]], *, description: str
) -> list[Resource]:
    """Create managed policies of IAM, which nothing is attached to."""
    return [
        Resource(
            scope,
            "aws_iam_policy",
            own,
            name=f"{name}{suffix}",
            description=description,
            policy=jsonencode(content),
        )
        for own, suffix, content in _numbered(documents, None)
    ]


def _numbered(
    documents: Sequence[Mapping[str, Any]], id_: str | None
) -> Iterator[tuple[str | None, str, Mapping[str, Any]]]:
    """Yield the id, the end of the name and the content of each policy. The first one has no number."""
    for number, content in enumerate(documents, 1):
        yield (
            id_ if number == 1 else "_".join(filter(None, (id_, str(number)))),
            "" if number == 1 else f"-{number}",
            content,
        )
