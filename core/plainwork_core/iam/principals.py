"""Who a principal is: everyone, a whole account, or one identity.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam.statement import Principal, Statement
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import PartialString, Unknown

_CALLER = re.compile(r"(?:.*\.)?data\.aws_caller_identity\.[\w-]+(?:\[[^\]]*\])?\.(?:account_id|id)")
_IDENTITY = re.compile(r"(?:.*\.)?(?:aws_iam_role|aws_iam_user|aws_cloudfront_origin_access_identity)\.")


def is_everyone(principal: Principal) -> bool:
    """Tell whether it is `"*"` or `{"AWS": "*"}`: anybody, signed in or not."""
    return principal.type in ("*", "AWS") and principal.value == "*"


def everyone_among(principals: Iterable[Principal]) -> Ternary:
    """Tell whether one of *principals* is everyone.

    What is made of attributes of resources, or begins like an ARN, is not; any other unknown may be.
    """
    return any_of(_may_be_everyone(principal) for principal in principals)


def lets_everyone_in(statement: Statement) -> Ternary:
    """Tell whether *statement* names everyone, or by `NotPrincipal` everyone but some.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    if not statement.not_principals:
        return everyone_among(statement.principals)
    left_out = everyone_among(statement.not_principals)
    return left_out if isinstance(left_out, Unknown) else not left_out


def _may_be_everyone(principal: Principal) -> Ternary:
    if isinstance(principal.type, Unknown):
        return principal.type
    value = principal.value
    if principal.type not in ("*", "AWS") or not isinstance(value, Unknown):
        return is_everyone(principal)
    return False if names_attribute(value) or (render(value) or "").startswith("arn:") else value


def is_account(principal: Principal) -> bool | Unknown:
    """Tell whether it is a whole account: its number, or `arn:aws:iam::123456789012:root`.

    A `CanonicalUser` is taken for none, although an account has such a number too.
    """
    if isinstance(principal.type, Unknown):
        return principal.type
    if principal.type != "AWS":
        return False
    if isinstance(principal.value, Unknown):
        return _unknown_is_account(principal.value)
    return is_account_id(principal.value) or _is_root(principal.value)


def _unknown_is_account(value: Unknown) -> bool | Unknown:
    """The ARN of a role or a user is one identity, a template may show enough of an ARN, all else may be an account.

    What `aws_caller_identity` knows as its `account_id` is an account whatever its number.
    """
    if not isinstance(value, PartialString) and len(value.references) == 1 and _CALLER.fullmatch(value.references[0]):
        return True
    if value.references and all(_IDENTITY.match(reference) for reference in value.references):
        return False
    arn = parse_arn(render(value) or "")
    return value if arn is None or arn.resource.startswith("${") else arn.is_account


def _is_root(text: str) -> bool:
    arn = parse_arn(text)
    return arn is not None and arn.is_account
