"""IAM roles as they are given to grants: by name, or as `role["name"]` of one in the same stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.errors import GrantError
from plainwork.terraform import DataSource, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork.terraform import Construct

_REFERENCE = re.compile(r"\$\{aws_iam_role\.(?P<name>[\w-]+)\.(name|id)\}")
_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)


def to_identifier(words: str) -> str:
    """Words as part of a Terraform name: everything but letters, digits and underscores becomes an underscore."""
    return re.sub(r"\W", "_", words, flags=re.ASCII)


def role_identifier(role: Any) -> str:
    """A role as part of a Terraform name.

    Raises:
        GrantError: it is neither the name of a role nor a reference to one.
    """
    if not isinstance(role, str) or not (_REFERENCE.fullmatch(role) or _NAME.fullmatch(role)):
        raise GrantError(f"role must be the name of an IAM role, or role['name'] of one in this stack: got {role!r}")
    reference = _REFERENCE.fullmatch(role)
    return reference["name"] if reference else to_identifier(role)


def grant(scope: Construct, role: str, *, name: str, statements: Sequence[dict[str, Any]]) -> Resource:
    """Give a role permissions in an inline policy: an `aws_iam_policy_document` and an `aws_iam_role_policy`.

    Both are named after the role and the construct, so a role is granted one thing in one construct once.

    Args:
        scope: the construct that both are made in.
        role: the name of a role of this account, or `role["name"]` of one in this stack.
        name: of the policy, unique in the role.
        statements: see `plainwork.iam.allow`.

    Raises:
        GrantError: the role is none.
        AddressError: the role, or one whose name reads the same, has the grant already.
    """
    id_ = role_identifier(role)
    document = DataSource(scope, "aws_iam_policy_document", id_, statement=list(statements))
    return Resource(scope, "aws_iam_role_policy", id_, name=name, role=role, policy=document["json"])
