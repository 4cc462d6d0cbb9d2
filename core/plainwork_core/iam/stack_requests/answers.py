"""The answer to one question about a stack, with its explanation."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.frozen import frozen
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
        note: what the authorization is for, if one API call requires several.
    """

    stack: Stack
    principal: str
    request: Request
    decision: Decision
    note: str = ""

    @property
    def question(self) -> str:
        """Principal, action and resource."""
        return f"{self.principal} {self.request.action} on {quote(self.request.resource.arn)}"

    def lines(self) -> Iterator[str]:
        """Yield the lines of the explanation: the answer, the reason, and the statements that decide or are nearest."""
        yield f"{self.decision.answer}: {self.question}{f' ({self.note})' if self.note else ''}"
        yield f"  {self.decision.reason}"
        for statement in self.decision.statements:
            yield f"  {self.described(statement)}"
        if not self.decision.statements:
            for miss in self._nearest():
                yield f"  nearest: {self.described(miss.statement)}"
                yield from (f"    {self._failed(miss.statement, element)}" for element in miss.elements)

    def _nearest(self) -> list[Miss]:
        """Return the statements that allow the action and fail by the fewest elements."""
        return sorted(self.decision.misses, key=lambda miss: len(miss.elements))[:_MOST_MISSES]

    def _failed(self, statement: Statement, element: str | Condition) -> str:
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
        return f"the request has {_list(values)}" if values else f"the request has no `{condition.key}`"

    def location(self, statement: Statement) -> Location:
        """Return the location of a statement, or the Python line that creates its resource."""
        return self.stack.python_line(statement.address) or statement.location

    def described(self, statement: Statement) -> str:
        """Return effect, name and location of a statement: `Allow "Read" of aws_iam_role_policy.p (main.tf:12)`."""
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


def _list(values: Texts) -> str:
    shown = ", ".join(f"`{quote(value)}`" for value in values[:_MOST_VALUES])
    more = len(values) - _MOST_VALUES
    return f"{shown} and {more} more" if more > 0 else shown
