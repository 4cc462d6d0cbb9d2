"""Whether the `Principal` or `NotPrincipal` of a statement includes the principal of a request, and by which form.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam.evaluation.patterns import equal_text
from plainwork_core.iam.evaluation.request import RequestPrincipal
from plainwork_core.iam.principals import account_of, has_public_principal, is_account, is_public
from plainwork_core.iam.statement import Principal, Statement
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, all_of, any_of, negation
from plainwork_core.model.values import Unknown

Grant = Literal["account", "role", "direct"]
"""How a resource-based policy grants: to the account, whose own policies decide; to the role, within the boundary and
the session policies of its sessions; or directly, in the same account, to the user or the session.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-request-context.html
"""
GRANTS: tuple[Grant, ...] = get_args(Grant)
Matches = Mapping[Grant, Ternary]
EVERYONE: Matches = {"account": False, "role": False, "direct": True}
_FORMS: Mapping[str, tuple[str, ...]] = {"service": ("Service",), "federated": ("Federated",), "anonymous": ()}
_UNIQUE_IDS = ("AIDA", "AROA")


def included(statement: Statement, principal: RequestPrincipal) -> Matches:
    """Return by which form *statement* includes *principal*; `EVERYONE` if the statement has no principals."""
    if statement.not_principals:
        excluded = _excluded(statement.not_principals, principal)
        return {"account": False, "role": False, "direct": negation(excluded)}
    if not statement.principals:
        return EVERYONE
    forms = [_forms(one, principal) for one in statement.principals]
    return {grant: any_of(form[grant] for form in forms) for grant in GRANTS}


def _forms(one: Principal, principal: RequestPrincipal) -> Matches:
    if isinstance(one.type, Unknown):
        return {"account": one.type, "role": one.type, "direct": one.type}
    if is_public(one):
        return EVERYONE
    if principal.kind in _FORMS:
        is_same = one.type in _FORMS[principal.kind] and equal_text(one.value, principal.arn)
        return {"account": False, "role": False, "direct": any_of((is_same, has_public_principal((one,))))}
    if one.type != "AWS":
        return {"account": False, "role": False, "direct": False}
    return _of_identity(one, principal)


def _of_identity(one: Principal, principal: RequestPrincipal) -> Matches:
    of_account = all_of((is_account(one), _is_account_of(one, principal)))
    if is_account(one) is True:
        return {"account": of_account, "role": False, "direct": principal.kind == "root" and of_account}
    text = render(one.value) or ""
    if text.startswith(_UNIQUE_IDS):
        why = Unknown(f"`{text}` is the unique ID of a principal, which is not known")
        return {"account": of_account, "role": why, "direct": False}
    is_same = equal_text(one.value, principal.arn)
    if principal.kind != "role":
        return {"account": of_account, "role": False, "direct": is_same}
    return {"account": of_account, "role": is_same, "direct": equal_text(one.value, principal.session)}


def _is_account_of(one: Principal, principal: RequestPrincipal) -> Ternary:
    account = principal.account_id
    if isinstance(account, Unknown):
        return account
    named = account_of(one)
    if isinstance(one.value, Unknown) and not is_account_id(named):
        return one.value
    return named == account


def _excluded(listed: Iterable[Principal], principal: RequestPrincipal) -> Ternary:
    """Return whether a `NotPrincipal` excludes *principal*: it must list all forms of it, the account included.

    Of a list with some of the forms, the page says that AWS may or may not exclude the principal.
    """
    forms = [_forms(one, principal) for one in listed]
    required: tuple[Grant, ...] = ("direct",)
    if principal.kind in ("role", "user"):
        required = ("account", "role", "direct") if principal.kind == "role" else ("account", "direct")
    if any(form is EVERYONE for form in forms):
        return True
    named = [any_of(form[grant] for form in forms) for grant in required]
    if all_of(named) is not False:
        return all_of(named)
    if any_of(named) is False:
        return False
    return Unknown("`NotPrincipal` does not list all of the account, the role and the session of the principal")
