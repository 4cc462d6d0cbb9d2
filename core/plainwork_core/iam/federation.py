"""OIDC federation: the issuer of a federated principal, and the conditions of a trust policy on claims of a token.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plainwork_core.iam.oidc_issuers import Issuer, issuer_at, needs_no_provider
from plainwork_core.iam.reach import matches_action
from plainwork_core.iam.statement import Condition, Principal, Statement, Text
from plainwork_core.model.references import only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown

_PROVIDER = "aws_iam_openid_connect_provider"
_WEB_IDENTITY = "sts:assumerolewithwebidentity"
_VALUES = {"sub": ("repo:", "system:serviceaccount:"), "aud": ("sts.amazonaws.com",)}
_ARN_PART = "oidc-provider/"


def accepts_web_identity(statement: Statement) -> Ternary:
    """Return whether *statement*, one of a trust policy, accepts tokens of an OpenID Connect issuer."""
    named = any_of(matches_action(action, _WEB_IDENTITY) for action in statement.actions)
    return all_of((named, any_of(map(_is_oidc, statement.principals))))


def trusts_issuer(statement: Statement, stack: Stack, test: Callable[[Issuer], bool]) -> Ternary:
    """Return whether *test* is true for an issuer with several tenants that *statement* trusts."""
    found = (_issuer(principal, statement, stack) for principal in _federated(statement))
    return any_of(
        host if isinstance(host, Unknown) else (issuer := issuer_at(host)) is not None and test(issuer)
        for host in found
    )


def known_issuer(statement: Statement, stack: Stack) -> Issuer | None:
    """Return the first known issuer with several tenants, by the principals or by the keys of the conditions."""
    hosts = [_issuer(principal, statement, stack) for principal in _federated(statement)]
    hosts += [(render(condition.key) or "").rpartition(":")[0] for condition in statement.conditions]
    return next((issuer for host in hosts if isinstance(host, str) and (issuer := issuer_at(host))), None)


def issuer_name(statement: Statement, stack: Stack) -> str:
    """Return host and path of the first known issuer, as in condition keys; `<issuer>` if none is known."""
    issuers = [_issuer(principal, statement, stack) for principal in _federated(statement)]
    return next((issuer for issuer in issuers if isinstance(issuer, str) and issuer), "<issuer>")


def has_one_audience(statement: Statement, stack: Stack) -> bool:
    """Return whether every principal is an `aws_iam_openid_connect_provider` of *stack* with a single client ID."""
    providers = [_provider(principal, statement, stack) for principal in statement.principals]
    clients = [provider.get("client_id_list") if provider else None for provider in providers]
    return bool(clients) and all(isinstance(ids, list) and len(ids) == 1 for ids in clients)


def claims(statement: Statement, *names: str) -> Iterator[Condition]:
    """Yield the conditions of *statement* on a claim of *names*, such as `sub`, and those on an unknown key."""
    for condition in statement.conditions:
        if _claim(condition) in (None, *names):
            yield condition


def is_restricted(
    conditions: Iterable[Condition], is_wide: Callable[[str], bool], is_of_any: Callable[[str], bool] = lambda _: False
) -> Ternary:
    """Return whether one of *conditions* restricts a claim that every token has to certain values.

    Args:
        conditions: on the claim; `...IfExists` and `ForAllValues:` restrict it as the plain operators do.
        is_wide: whether a pattern matches too much to be a restriction.
        is_of_any: whether tokens of any tenant can have a value, compared literally.
    """
    return any_of(_restricts(condition, is_wide, is_of_any) for condition in conditions)


def _federated(statement: Statement) -> list[Principal]:
    return [principal for principal in statement.principals if _is_oidc(principal) is not False]


def _issuer(principal: Principal, statement: Statement, stack: Stack) -> Text:
    """Return the issuer's host and path, such as `token.actions.githubusercontent.com`."""
    provider = _provider(principal, statement, stack)
    url = provider.get("url") if provider else None
    if isinstance(url, str):
        return url.removeprefix("https://")
    text = render(principal.value) or ""
    issuer = text if needs_no_provider(text) else text.partition(_ARN_PART)[2]
    if issuer and not issuer.startswith("${"):
        return issuer
    return principal.value if isinstance(principal.value, Unknown) else ""


def _provider(principal: Principal, statement: Statement, stack: Stack) -> Resource | None:
    """Return the `aws_iam_openid_connect_provider` of *stack* that *principal* refers to, if any."""
    if not isinstance(principal.value, Unknown):
        return None
    referent = only_referent(stack, statement.document.owner, principal.value)
    return referent if referent and referent.type == _PROVIDER else None


def _claim(condition: Condition) -> str | None:
    """Return the claim of *condition*, by its key, or by the form of its values if the key is unknown."""
    if (key := render(condition.key)) is not None:
        return key.lower().rpartition(":")[2]
    values = [render(value) or "" for value in condition.values]
    return next((claim for claim, starts in _VALUES.items() if any(value.startswith(starts) for value in values)), None)


def _restricts(condition: Condition, is_wide: Callable[[str], bool], is_of_any: Callable[[str], bool]) -> Ternary:
    if isinstance(condition.key, Unknown) and _claim(condition) is None:
        return condition.key
    if isinstance(condition.operator, Unknown):
        return condition.operator
    operator = condition.operator.lower().rpartition(":")[2].removesuffix("ifexists")
    if operator in ("stringequals", "stringequalsignorecase"):
        return not any(text and is_of_any(text) for text in map(render, condition.values))
    return operator == "stringlike" and all_of(_is_narrow(value, is_wide) for value in condition.values)


def _is_narrow(value: Text, is_wide: Callable[[str], bool]) -> Ternary:
    text = render(value)
    return value if text is None and isinstance(value, Unknown) else not is_wide(text or "")


def _is_oidc(principal: Principal) -> Ternary:
    """Return whether it is an OpenID Connect provider: by its ARN or name; if unknown, by its type `Federated`."""
    if isinstance(principal.type, Unknown):
        return principal.type
    text = render(principal.value)
    return principal.type == "Federated" and (
        text is None or _ARN_PART in text or text.startswith("${") or needs_no_provider(text)
    )
