"""Conditions on tags that a request of the action never has: what they come to, and the finding that says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from plainwork_core.iam import Statement
from plainwork_core.iam.actions import Action, expand
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.conditions.keys import TagTest, hidden_condition, tag_tests
from plainwork_policies.conditions.operators import without_key
from plainwork_policies.engine.finding import Finding, fail, not_evaluated

Faulty = Callable[[Action], bool]


def judge_unseen(
    statement: Statement, about: Collection[str], faulty: Faulty, because: str, remedy: str
) -> Iterator[Finding]:
    """Yield a finding for each condition of *statement* on a key that its actions never have.

    Args:
        statement: the subject.
        about: which conditions are asked (`TagTest.about`).
        faulty: whether a request of an action never has the key; a pattern is at fault if all that it matches is.
        because: completes "asks ... of `s3:DeleteBucket`, which ...".
        remedy: what to write.
    """
    if (hidden := hidden_condition(statement)) is not None:
        yield not_evaluated(statement.path("Condition"), hidden)
    for test in tag_tests(statement):
        if test.about not in about:
            continue
        found = [action for action in statement.actions if isinstance(action, str) and _is_faulty(action, faulty)]
        if found:
            yield from _judge(statement, test, found, because, remedy)
        elif unread := _unread(statement):
            yield not_evaluated(statement.path("Action"), unread)


def outcome(statement: Statement, test: TagTest) -> str | Unknown | None:
    """Return what *test* comes to where the key is never there; `None` where an `Allow` just does not depend on it."""
    for answer in (statement.effect, always := without_key(test.condition)):
        if isinstance(answer, Unknown):
            return answer
    if statement.effect == "Deny":
        return "denies it whatever the tags" if always else "never denies it"
    return None if always else "never allows it"


def _is_faulty(pattern: str, faulty: Faulty) -> bool:
    actions = expand(pattern)
    return bool(actions) and all(map(faulty, actions))


def _judge(statement: Statement, test: TagTest, found: list[str], because: str, remedy: str) -> Iterator[Finding]:
    comes_to = outcome(statement, test)
    path = statement.path("Condition")
    if isinstance(comes_to, Unknown):
        yield not_evaluated(path, comes_to)
    elif comes_to:
        message = f"asks for `{test.name}` on {enumeration(found)}, {because}, and so {comes_to}"
        yield fail(path, message, value=test.name, remedy=remedy)


def _unread(statement: Statement) -> str | None:
    for action in statement.actions:
        if isinstance(action, Unknown):
            return action.reason
        if not expand(action):
            return f"`{action}` matches no action that is known here"
    return None
