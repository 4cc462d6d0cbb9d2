"""Conditions on tags that no request of the action has: their effect, and the finding about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.frozen import frozen
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.model.ternary import Ternary, all_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, is_certain, some
from plainwork_policies.conditions.subjects import TagCondition, is_perimeter
from plainwork_policies.reading.statement import Statement


@frozen()
class AbsentKey:
    """Why a condition key is never present.

    Args:
        lacks_key: whether no request of an action has the key, for the resources of a statement.
        message: the fault, with `{key}` and `{actions}`.
        remedy: the code to write, with `{tag}` and `{actions}`.
    """

    lacks_key: Callable[[Action, ModelStatement], Ternary]
    message: str
    remedy: str


def check_absent_key(condition: TagCondition, fault: AbsentKey) -> Findings:
    """Check that a request of the statement's actions can have the key of *condition*.

    A pattern is at fault if all actions that it matches are.
    """
    statement = condition.statement
    lacks_key = partial(_lacks_key, statement, fault)
    patterns = statement["Action"]
    if not some(patterns.strings(), lacks_key) or (effect := outcome(condition)) is None:
        return
    found = [pattern for pattern in patterns.certain_strings() if is_certain(partial(lacks_key, pattern))]
    actions, pronoun = enumeration(found), "it" if len(found) == 1 else "them"
    yield condition.fail(
        f"{fault.message.format(key=condition.key, actions=actions)}; the statement {effect} {pronoun}",
        value=condition.key,
        remedy=fault.remedy.format(tag=condition.tag, actions=actions),
        severity=None if statement.is_deny else "medium",
    )


def outcome(condition: TagCondition) -> str | None:
    """Return the effect of a condition whose key is never present; `None` if the statement does not depend on it.

    In the `Deny` statement of a data perimeter, a tag only exempts resources.
    """
    effect = condition.statement["Effect"].string()
    is_true = condition.is_true_without_key()
    if effect == "Deny":
        if is_true and is_perimeter(condition.statement):
            return None
        return "always denies" if is_true else "never denies"
    return None if is_true else "never allows"


def _lacks_key(statement: Statement, fault: AbsentKey, pattern: str) -> bool:
    actions = expand(pattern)
    if not actions:
        raise statement["Action"].not_evaluated(
            f"`{pattern}` matches no action of the AWS Service Authorization Reference; its condition keys are unknown"
        )
    return statement.resolve("Resource", all_of(fault.lacks_key(action, statement.owner) for action in actions))
