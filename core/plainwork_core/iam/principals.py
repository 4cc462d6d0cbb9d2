"""Principals: public (`*`), an account, or one identity.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plainwork_core.addresses import KEY
from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam.statement import Principal, Statement
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import PartialString, Unknown

_CALLER = re.compile(r"(?:.*\.)?data\.aws_caller_identity\.")
_CALLER_ACCOUNT = re.compile(rf"{_CALLER.pattern}[\w-]+(?:{KEY.pattern})?\.(?:account_id|id)")
_IDENTITY = re.compile(r"(?:.*\.)?(?:aws_iam_role|aws_iam_user|aws_cloudfront_origin_access_identity)\.")


def is_public(principal: Principal) -> bool:
    """Return whether it is public: `"*"` or `{"AWS": "*"}`, which includes requests without credentials."""
    return principal.type in ("*", "AWS") and principal.value == "*"


def has_public_principal(principals: Iterable[Principal]) -> Ternary:
    """Return whether one of *principals* is public.

    An attribute of a resource is not, and neither is text that begins an ARN. Any other unknown value may be.
    """
    return any_of(_may_be_public(principal) for principal in principals)


def allows_public(statement: Statement) -> Ternary:
    """Return whether *statement* has a public principal, or a `NotPrincipal` that is not public.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    if not statement.not_principals:
        return has_public_principal(statement.principals)
    excluded = has_public_principal(statement.not_principals)
    return excluded if isinstance(excluded, Unknown) else not excluded


def _may_be_public(principal: Principal) -> Ternary:
    if isinstance(principal.type, Unknown):
        return principal.type
    value = principal.value
    if principal.type not in ("*", "AWS") or not isinstance(value, Unknown):
        return is_public(principal)
    return False if names_attribute(value) or (render(value) or "").startswith("arn:") else value


def is_account(principal: Principal) -> Ternary:
    """Return whether it is an account: the account ID, or `arn:aws:iam::123456789012:root`.

    A `CanonicalUser` is not, although an account has such an ID too.
    """
    if isinstance(principal.type, Unknown):
        return principal.type
    if principal.type != "AWS":
        return False
    if isinstance(principal.value, Unknown):
        return _unknown_is_account(principal.value)
    return is_account_id(principal.value) or _is_root(principal.value)


def is_caller_account(principal: Principal) -> bool:
    """Return whether its value refers to `data.aws_caller_identity`, which reads the account of the provider."""
    value = principal.value
    return isinstance(value, Unknown) and any(_CALLER.match(reference) for reference in value.references)


def account_of(principal: Principal) -> str:
    """Return the account ID in its value; the value itself if it is not an ARN, `""` if it is unknown."""
    text = render(principal.value) or ""
    arn = parse_arn(text)
    return arn.account if arn else text


def _unknown_is_account(value: Unknown) -> Ternary:
    """Return whether an unknown value is an account. The ARN of a role or user is not; a partly known ARN may decide.

    The `account_id` of `aws_caller_identity` is an account, whatever its value.
    """
    references = value.references
    if not isinstance(value, PartialString) and len(references) == 1 and _CALLER_ACCOUNT.fullmatch(references[0]):
        return True
    if references and all(_IDENTITY.match(reference) for reference in references):
        return False
    arn = parse_arn(render(value) or "")
    return value if arn is None or arn.resource.startswith("${") else arn.is_account


def _is_root(text: str) -> bool:
    arn = parse_arn(text)
    return arn is not None and arn.is_account
