"""Grants to IAM roles, which are given by resource, by name or as `role["name"]` of a role in the same stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.errors import GrantError
from plainwork.terraform import DataSource, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork.terraform import Construct

_REFERENCE = re.compile(r"\$\{aws_iam_role\.(?P<name>[\w-]+)\.(name|id)\}")
ROLE_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)


def to_identifier(text: str) -> str:
    """Return a text as part of a Terraform name: each character except letters, digits and underscores becomes `_`."""
    return re.sub(r"\W", "_", text, flags=re.ASCII)


Role = str | Resource | DataSource
"""A role: an `aws_iam_role` of the stack as resource or data source, its `role["name"]`, or the name of a role."""


def role_name(role: Any) -> Any:
    """Return the name of a role; any value that is not an `aws_iam_role` unchanged."""
    return attribute_of(role, "name", "aws_iam_role")


def role_identifier(role: Any) -> str:
    """Return a role as part of a Terraform name.

    Args:
        role: see `Role`.

    Raises:
        GrantError: the value is not a role.
    """
    role = role_name(role)
    if not isinstance(role, str) or not (_REFERENCE.fullmatch(role) or ROLE_NAME.fullmatch(role)):
        raise GrantError(
            f"role must be an `aws_iam_role` of this stack, its role['name'], or the name of an IAM role: got {role!r}"
        )
    reference = _REFERENCE.fullmatch(role)
    return reference["name"] if reference else to_identifier(role)


def grant(scope: Construct, role: Role, *, name: str, statements: Sequence[dict[str, Any]]) -> Resource:
    """Attach an inline policy to a role: an `aws_iam_policy_document` and an `aws_iam_role_policy`.

    The addresses of both consist of the ids of the construct and the role, so a construct can have one grant for each
    role.

    Args:
        scope: the construct that contains both.
        role: see `Role`.
        name: of the policy, unique in the role.
        statements: see `plainwork.iam.allow`.

    Returns:
        The `aws_iam_role_policy`.

    Raises:
        GrantError: the value is not a role.
        AddressError: the construct has a grant for this role already, or for a role with the same identifier.
    """
    id_ = role_identifier(role)
    document = DataSource(scope, "aws_iam_policy_document", id_, statement=list(statements))
    return Resource(scope, "aws_iam_role_policy", id_, name=name, role=role_name(role), policy=document["json"])
