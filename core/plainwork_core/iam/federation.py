"""Trust in tokens: which issuer a federated principal is, and what a trust policy asks of a token's claims.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from plainwork_core.iam.reach import names_action
from plainwork_core.iam.statement import Condition, Principal, Statement, Text
from plainwork_core.model.references import only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import all_of, any_of
from plainwork_core.model.values import Unknown

Wide = Callable[[str], bool]
PROVIDER = "aws_iam_openid_connect_provider"
_WEB_IDENTITY = "sts:assumerolewithwebidentity"
_VALUES = {"sub": ("repo:", "system:serviceaccount:"), "aud": ("sts.amazonaws.com",)}
_ARN_PART = "oidc-provider/"
_MULTI_TENANT = re.compile(r"token\.actions\.githubusercontent\.com(/.*)?|oidc[.-]eks\..*")


def trusts_tokens(statement: Statement) -> bool | Unknown:
    """Tell whether *statement*, one of a trust policy, may let in somebody with a token of an OpenID Connect issuer."""
    named = any_of(names_action(action, _WEB_IDENTITY) for action in statement.actions)
    return all_of((named, any_of(_is_oidc(principal) for principal in statement.principals)))


def serves_many(statement: Statement, stack: Stack) -> bool | Unknown:
    """Tell whether an issuer that *statement* trusts is one whose tokens strangers have: GitHub, or an EKS cluster."""
    federated = [principal for principal in statement.principals if _is_oidc(principal) is not False]
    issuers = [_issuer(principal, statement, stack) for principal in federated]
    return any_of(each if isinstance(each, Unknown) else bool(_MULTI_TENANT.fullmatch(each)) for each in issuers)


def _issuer(principal: Principal, statement: Statement, stack: Stack) -> str | Unknown:
    """The issuer's host and path, such as `token.actions.githubusercontent.com`."""
    provider = provider_of(principal, statement, stack)
    url = provider.get("url") if provider else None
    if isinstance(url, str):
        return url.removeprefix("https://")
    _, _, issuer = (render(principal.value) or "").partition(_ARN_PART)
    if issuer and not issuer.startswith("${"):
        return issuer
    return principal.value if isinstance(principal.value, Unknown) else ""


def provider_of(principal: Principal, statement: Statement, stack: Stack) -> Resource | None:
    """Return the `aws_iam_openid_connect_provider` of *stack* that *principal* names by reference, if it does."""
    if not isinstance(principal.value, Unknown):
        return None
    named = only_referent(stack, statement.document.owner, principal.value)
    return named if named and named.type == PROVIDER else None


def claims(statement: Statement, *names: str) -> Iterator[Condition]:
    """Yield the conditions of *statement* on a claim of *names*, such as `sub`, and those on nobody knows what."""
    for condition in statement.conditions:
        if _claim(condition) in (None, *names):
            yield condition


def asked(conditions: Iterable[Condition], is_wide: Wide) -> bool | Unknown:
    """Tell whether one of *conditions* on a claim that every token has asks for certain values.

    Args:
        conditions: on the claim; `...IfExists` and `ForAllValues:` ask as much as the plain operators do.
        is_wide: whether a pattern asks for nothing much.
    """
    return any_of(_asks(condition, is_wide) for condition in conditions)


def _claim(condition: Condition) -> str | None:
    """The claim that *condition* is on, by its key, or where that is not known by what its values look like."""
    if (key := render(condition.key)) is not None:
        return key.lower().rpartition(":")[2]
    values = [render(value) or "" for value in condition.values]
    return next((claim for claim, starts in _VALUES.items() if any(value.startswith(starts) for value in values)), None)


def _asks(condition: Condition, is_wide: Wide) -> bool | Unknown:
    if isinstance(condition.key, Unknown) and _claim(condition) is None:
        return condition.key
    if isinstance(condition.operator, Unknown):
        return condition.operator
    operator = condition.operator.lower().rpartition(":")[2].removesuffix("ifexists")
    if operator in ("stringequals", "stringequalsignorecase"):
        return True
    return operator == "stringlike" and all_of(_is_certain(value, is_wide) for value in condition.values)


def _is_certain(value: Text, is_wide: Wide) -> bool | Unknown:
    text = render(value)
    return value if text is None and isinstance(value, Unknown) else not is_wide(text or "")


def _is_oidc(principal: Principal) -> bool | Unknown:
    """Whether it is an OpenID Connect provider: by its ARN, or where nothing is known of it by being federated."""
    if isinstance(principal.type, Unknown):
        return principal.type
    text = render(principal.value)
    return principal.type == "Federated" and (text is None or _ARN_PART in text or text.startswith("${"))
