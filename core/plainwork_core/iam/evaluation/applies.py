"""Whether a statement applies to a request, and which of its elements does not.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.evaluation.operators import holds
from plainwork_core.iam.evaluation.patterns import match_arn
from plainwork_core.iam.evaluation.principals import EVERYONE, GRANTS, Grant, Matches, included
from plainwork_core.iam.evaluation.variables import resolve_arn
from plainwork_core.iam.reach import includes_action
from plainwork_core.iam.statement import Condition, Kind, Statement, Text, Texts
from plainwork_core.model.ternary import Ternary, all_of, any_of, negation
from plainwork_core.model.values import PartialString, Unknown

_ABOUT_OWNER: tuple[Kind, ...] = ("resource", "trust", "endpoint")
"""Documents whose statements may have no `Resource`: they are about the resource that they belong to."""


@frozen()
class Applied:
    """A statement whose `Action` includes the action of a request.

    Args:
        statement: the statement.
        answer: whether it applies, whatever its principals are.
        forms: by which form it includes the principal.
        failed: the elements because of which it does not apply or may not: `Resource`, `Principal`, or a condition.
    """

    statement: Statement
    answer: Ternary
    forms: Matches
    failed: tuple[str | Condition, ...]

    def has(self, effect: Literal["Allow", "Deny"], *grants: Grant) -> Ternary:
        """Return whether it applies with this *effect*, to the principal by one of *grants* (default: by any)."""
        written = self.statement.effect
        is_effect: Ternary = written if isinstance(written, Unknown) else written == effect
        return all_of((is_effect, self.answer, any_of(self.forms[grant] for grant in grants or GRANTS)))


def applied(statement: Statement, context: Context, target: Text, *, has_boundary: bool = False) -> Applied | None:
    """Return how *statement* applies to the request of *context*; `None` if its `Action` does not.

    Args:
        statement: of any policy.
        context: of the request.
        target: the ARN of the resource, with an `Unknown` for each part that is not given.
        has_boundary: whether the principal has a permissions boundary.
    """
    request = context.request
    action = includes_action(statement, request.action.lower())
    if action is False:
        return None
    forms = EVERYONE
    if statement.kind in _ABOUT_OWNER and not (has_boundary and _denies_all_but(statement)):
        forms = included(statement, request.principal)
    answers: list[tuple[str | Condition, Ternary]] = [
        ("Action", action),
        ("Resource", _is_about(statement, context, target)),
        ("Principal", any_of(forms.values())),
        *_conditions(statement, context),
    ]
    failed = tuple(element for element, answer in answers if answer is not True)
    whatever_principal = all_of(answer for element, answer in answers if element != "Principal")
    return Applied(statement, whatever_principal, forms, failed)


def _denies_all_but(statement: Statement) -> bool:
    """Return whether *statement* is a `Deny` with `NotPrincipal`, which applies to any principal with a boundary.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    return statement.effect == "Deny" and bool(statement.not_principals)


def opened(arn: Text) -> Text:
    """Return *arn* with an `Unknown` in place of each `*`, unless it is `*`."""
    if isinstance(arn, Unknown) or arn == "*" or "*" not in arn:
        return arn
    unnamed = Unknown("the part of the ARN that is `*` is not given")
    known = arn.split("*")
    parts: list[str | Unknown] = [known[0]]
    for text in known[1:]:
        parts += [unnamed, text]
    return PartialString(unnamed.reason, parts=tuple(parts))


def _is_about(statement: Statement, context: Context, target: Text) -> Ternary:
    if statement.not_resources:
        return negation(_includes(statement.not_resources, statement, context, target))
    if statement.resources:
        return _includes(statement.resources, statement, context, target)
    return statement.kind in _ABOUT_OWNER or Unknown("the statement has no `Resource`")


def _includes(patterns: Texts, statement: Statement, context: Context, target: Text) -> Ternary:
    resolved = (resolve_arn(pattern, context, statement.version) for pattern in patterns)
    return any_of(match_arn(pattern, target) for pattern in resolved if pattern is not None)


def _conditions(statement: Statement, context: Context) -> Iterator[tuple[Condition, Ternary]]:
    for condition in statement.conditions:
        yield condition, holds(condition, context, statement.version)
