"""The answer to one question about a stack, with its explanation."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.frozen import frozen
from plainwork_core.iam.condition_operators import operator_of
from plainwork_core.iam.evaluation import Decision, Miss, Request
from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.statement import FIELDS, Condition, Statement, Texts
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Stack
from plainwork_core.model.values import Unknown

_MOST_MISSES = 3
_MOST_VALUES = 3


@frozen()
class Answer:
    """The answer to one question.

    Args:
        stack: that the question is about.
        principal: its name for messages.
        request: what was asked.
        decision: of the engine.
    """

    stack: Stack
    principal: str
    request: Request
    decision: Decision

    @property
    def resource(self) -> str:
        """The ARN of the resource, with `${...}` in place of what is not known of it."""
        return quote(self.request.resource.arn)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the explanation: the answer, the reason, and the statements that decide or are nearest."""
        yield f"{self.decision.answer}: {self.principal} {self.request.action} on {self.resource}"
        yield f"  {self.decision.reason}"
        for statement in self.decision.statements:
            yield f"  {self.described(statement)}"
        for miss in self.nearest:
            yield f"  {'undecided' if self.decision.is_unknown else 'nearest'}: {self.described(miss.statement)}"
            elements = () if miss.statement.unread is not None else miss.elements
            yield from (f"    {self.failed(miss.statement, element)}" for element in elements)

    @property
    def nearest(self) -> list[Miss]:
        """The statements that fail by the fewest elements, or may; none if other statements decide."""
        if self.decision.statements:
            return []
        return sorted(self.decision.misses, key=lambda miss: len(miss.elements))[:_MOST_MISSES]

    def failed(self, statement: Statement, element: str | Condition) -> str:
        """Return what an element of a statement requires, and what the request has."""
        if statement.is_sensitive:
            return f"{element if isinstance(element, str) else 'Condition'} of a sensitive document, which is not shown"
        if isinstance(element, str):
            return _element(statement, element)
        written = f"{quote(element.operator)} {quote(element.key)} = {_list(element.values)}"
        return f"Condition {written}: {self._found(element)}"

    def _found(self, condition: Condition) -> str:
        if isinstance(condition.key, Unknown):
            return condition.key.reason
        values = Context(self.request).values(condition.key)
        if isinstance(values, Unknown):
            return values.reason
        if not values:
            return f"the request has no `{condition.key}`"
        return f"the request has {_list(values)}{_literal_wildcard(condition)}"

    def location(self, statement: Statement) -> Location:
        """Return the location of a statement, or the Python line that creates its resource."""
        return self.stack.python_line(statement.address) or statement.location

    def described(self, statement: Statement) -> str:
        """Return effect, name and location of a statement: `Allow "Read" of aws_iam_role_policy.p (main.tf:12)`."""
        if statement.unread is not None:
            return f"a policy of {statement.address} that is not known"
        sid = f' "{quote(statement.sid)}"' if statement.sid != "" else ""
        place = self.location(statement)
        at = f" ({place.file}:{place.line})" if place.line else ""
        return f"{quote(statement.effect)}{sid} of {statement.address}{at}"


def _element(statement: Statement, element: str) -> str:
    for name in (f"Not{element}", element):
        found = getattr(statement, FIELDS[name])
        if found:
            return f"{name} is {_list(tuple(getattr(one, 'value', one) for one in found))}"
    return f"{element} is not set"


def _literal_wildcard(condition: Condition) -> str:
    """Return why a value with `*` does not match, if the operator compares it literally."""
    operator = operator_of(condition)
    has_wildcard = any(isinstance(value, str) and "*" in value for value in condition.values)
    if isinstance(operator, Unknown) or not operator.is_literal or not has_wildcard:
        return ""
    return f"; `{quote(condition.operator)}` compares `*` literally, `StringLike` as a wildcard"


def _list(values: Texts) -> str:
    shown = ", ".join(f"`{quote(value)}`" for value in values[:_MOST_VALUES])
    more = len(values) - _MOST_VALUES
    return f"{shown} and {more} more" if more > 0 else shown
