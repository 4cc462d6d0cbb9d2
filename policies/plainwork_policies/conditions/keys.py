"""The conditions of a statement that ask for tags.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from plainwork_core.iam import Condition, Kind, Statement, statements
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.conditions.operators import Operator, operator_of

About = Literal["request", "keys", "resource", "principal"]
_ABOUT: dict[str, About] = {"requesttag": "request", "resourcetag": "resource", "principaltag": "principal"}


@dataclass(frozen=True, slots=True)
class TagTest:
    """A condition on tags.

    Args:
        condition: as written.
        operator: of it.
        about: what is asked for: a tag in the request (`aws:RequestTag/x`), the keys of all of them (`aws:TagKeys`),
            a tag of the resource (`aws:ResourceTag/x`, `ec2:ResourceTag/x`) or of the caller (`aws:PrincipalTag/x`).
        name: the condition key, such as `aws:RequestTag/Owner`.
    """

    condition: Condition
    operator: Operator
    about: About
    name: str


def tag_tests(statement: Statement) -> Iterator[TagTest]:
    """Yield the conditions of *statement* on tags; one whose key or operator is unknown is left out."""
    for condition in statement.conditions:
        name, operator = render(condition.key), operator_of(condition)
        about = _about(name or "")
        if name and about and not isinstance(operator, Unknown):
            yield TagTest(condition, operator, about, name)


def with_tag_conditions(*kinds: Kind) -> Callable[[Stack], list[Statement]]:
    """Return what picks the statements of *kinds*, by default of all, that have a condition on tags or may have one."""
    wanted = kinds or get_args(Kind)
    return lambda stack: [each for each in statements(stack) if each.kind in wanted and _may_ask_for_tags(each)]


def hidden_condition(statement: Statement) -> Unknown | None:
    """Return the unknown that hides a condition's key or operator, or the statement as a whole, if any does."""
    if isinstance(statement.effect, Unknown) and statement.actions == (statement.effect,):
        return statement.effect
    for condition in statement.conditions:
        for part in (condition.key, condition.operator):
            if isinstance(part, Unknown) and not _about(render(part) or ""):
                return part
    return None


def _may_ask_for_tags(statement: Statement) -> bool:
    return hidden_condition(statement) is not None or any(True for _ in tag_tests(statement))


def _about(name: str) -> About | None:
    prefix, slash, _ = name.lower().partition("/")
    if prefix == "aws:tagkeys":
        return "keys"
    return _ABOUT.get(prefix.partition(":")[2]) if slash else None
