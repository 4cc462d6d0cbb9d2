"""Evaluation of several statements together: whether they allow an action.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork_core.iam import documents
from plainwork_core.iam.reach import includes_action, reaches_every
from plainwork_core.iam.statement import Condition, Statement, Text
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.wildcards import is_any, matches

# Conditions on the circumstances of a request: they limit its time and origin, not its action or resource.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_CIRCUMSTANCES = (
    "aws:currenttime",
    "aws:epochtime",
    "aws:multifactorauth",
    "aws:requestedregion",
    "aws:securetransport",
    "aws:sourceip",
    "aws:useragent",
)
_PASSED_TO = "iam:passedtoservice"
_OPERATORS = ("stringequals", "stringequalsignorecase", "stringlike")


def granted(
    statements: Iterable[Statement], action: str, *, everywhere: bool = True, service: str = ""
) -> Statement | Unknown | None:
    """Return the statement that certainly allows *action*; `None` if no statement does.

    Args:
        statements: all statements of one principal.
        action: one action, such as `iam:PassRole`.
        everywhere: whether it must be allowed on all resources of a type (`reach.reaches_every`).
        service: prefix of the service that must be able to receive the role of `iam:PassRole`, such as `ec2`.

    Returns:
        The statement, or the `Unknown` because of which a statement may allow or deny the action.
        A statement with a condition on anything but the circumstances of a request does not count.
    """
    held = list(statements)
    allowing = [
        (statement, _allows(statement, action.lower(), everywhere=everywhere, service=service))
        for statement in held
        if statement.effect != "Deny"
    ]
    certain = next((statement for statement, answer in allowing if answer is True), None)
    possible = next((answer for _, answer in allowing if isinstance(answer, Unknown)), None)
    if certain is None and possible is None:
        return None
    denied = list(_denials(held, action))
    if any(answer is True for answer in denied):
        return None
    doubts = [answer for answer in denied if isinstance(answer, Unknown)]
    return doubts[0] if doubts else certain if certain is not None else possible


def is_allowed(stack: Stack, actions: tuple[str, ...]) -> Ternary:
    """Return whether an identity-based policy of *stack* allows one of *actions*, for any principal and resource."""
    answers = _answers(stack)
    if actions not in answers:
        granting = [
            one for one in documents.statements(stack) if one.kind in ("identity", "unused") and one.effect != "Deny"
        ]
        answers[actions] = any_of(_may_allow(one, action.lower()) for one in granting for action in actions)
    return answers[actions]


@cached_per_stack
def _answers(_stack: Stack) -> dict[tuple[str, ...], Ternary]:
    return {}


def _may_allow(statement: Statement, action: str) -> Ternary:
    effect = statement.effect if isinstance(statement.effect, Unknown) else True
    return all_of((includes_action(statement, action), effect))


def allows_everything(statement: Statement) -> bool:
    """Return whether *statement* allows all actions on all resources, without a condition."""
    return (
        statement.effect == "Allow"
        and not statement.conditions
        and any(text and is_any(text.replace(":", "")) for text in map(render, statement.actions))
        and any(text and is_any(text) for text in map(render, statement.resources))
    )


def _allows(statement: Statement, action: str, *, everywhere: bool, service: str) -> Ternary:
    named = includes_action(statement, action)
    if named is False:
        return False
    effect = statement.effect if isinstance(statement.effect, Unknown) else True
    reached = reaches_every(statement, action) if everywhere else True
    return all_of((effect, named, *_permits(statement.conditions, action, service), reached))


def _denials(statements: Iterable[Statement], action: str) -> Iterator[Ternary]:
    for statement in statements:
        named = includes_action(statement, action.lower()) if statement.effect == "Deny" else False
        if named is False or _is_circumstantial(statement.conditions):
            continue
        whole = any(text and is_any(text) for text in map(render, statement.resources))
        if named is True and not statement.conditions and (whole or reaches_every(statement, action) is True):
            yield True
        else:
            yield Unknown(f"a `Deny` statement of `{statement.address}` may apply to `{action}`")


def _permits(conditions: Iterable[Condition], action: str, service: str) -> Iterator[Ternary]:
    for condition in conditions:
        if isinstance(condition.key, Unknown):
            yield condition.key
        elif condition.key.lower() == _PASSED_TO and action == "iam:passrole":
            yield _passes_to(condition, service)
        else:
            yield condition.key.lower().startswith(_CIRCUMSTANCES)


def _passes_to(condition: Condition, service: str) -> Ternary:
    if isinstance(condition.operator, Unknown):
        return condition.operator
    operator = condition.operator.lower().rpartition(":")[2].removesuffix("ifexists")
    return operator in _OPERATORS and any_of(_names_service(value, service) for value in condition.values)


def _names_service(value: Text, service: str) -> Ternary:
    """Return whether *value*, such as `ecs-tasks.amazonaws.com`, belongs to the *service* with the prefix `ecs`."""
    if isinstance(value, Unknown):
        return value
    return any(matches(label, service) or label.startswith(f"{service}-") for label in value.split("."))


def _is_circumstantial(conditions: tuple[Condition, ...]) -> bool:
    keys = [condition.key for condition in conditions]
    return bool(keys) and all(isinstance(key, str) and key.lower().startswith(_CIRCUMSTANCES) for key in keys)
