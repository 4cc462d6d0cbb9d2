"""The limits of an evaluation: a configuration of a few lines can describe a value of gigabytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from plainwork_core.hcl.read.errors import Unsupported
from plainwork_core.model.values import DEEPEST, JsonText, PartialMap, PartialString, Unknown, Value

OF_ARGUMENT = 500_000
OF_MODULE = 10_000_000
"""Steps for one argument or local value, and for a root module: thirty times the most of 1,000 public root modules."""
LARGEST_TEXT = 1_000_000
"""Characters of a string that a function makes."""
_CHARACTERS = 16
_LARGE = 50
"""Steps from which the size of a value is kept: a loop may refer to it for each of its members."""


class Budget:
    """The steps that the evaluation of a root module may still take.

    One step is an expression within an expression, a member of a value that is referred to or made by a function, or 16
    characters of a string. So the value of an argument has no more members than its evaluation has steps.
    """

    def __init__(self) -> None:
        self._of_module = OF_MODULE
        self._left = OF_ARGUMENT
        self._large: dict[int, tuple[Value, int]] = {}

    @contextmanager
    def argument(self) -> Iterator[None]:
        """Evaluate one argument, with steps of its own."""
        outer, self._left = self._left, min(OF_ARGUMENT, self._of_module)
        before = self._left
        try:
            yield
        finally:
            self._of_module -= before - self._left
            self._left = outer

    def spend(self, steps: int = 1) -> None:
        """Take *steps*.

        Raises:
            Unsupported: none are left.
        """
        self._left -= steps
        if self._left < 0:
            raise Unsupported(f"beyond {OF_ARGUMENT:,} steps, or {OF_MODULE:,} in a root module")

    def use(self, value: Value) -> Value:
        """Return *value*, and take the steps of its members.

        Raises:
            Unsupported: none are left, or *value* is nested too deeply.
        """
        before = self._large.get(id(value))
        if before is not None:
            self.spend(before[1])
            return value
        left = self._left
        level, depth = [value], 0
        while level:
            inner: list[Value] = []
            for part in level:
                members = _members(part)
                self.spend(len(part) // _CHARACTERS if isinstance(part, str) else len(members))
                inner += members
            level, depth = inner, depth + 1
            if depth > DEEPEST:
                raise Unsupported(f"beyond {DEEPEST} levels of lists and maps")
        if (steps := left - self._left) > _LARGE:
            self._large[id(value)] = value, steps  # with the value, because its id is another's once it is gone
        return value


def _members(value: Value) -> list[Value]:
    """Return the parts of a value."""
    if value is None or isinstance(value, (str, int, float)):
        return []
    if isinstance(value, list):
        return value
    return _parts(value)


def _parts(value: Value) -> list[Value]:
    match value:
        case dict() | Mapping():
            return [*value, *value.values()]
        case PartialString(parts=parts):
            return [value.reason, *parts]
        case JsonText(document=document):
            return [value.reason, document]
        case PartialMap(members=members, others=others):
            return [value.reason, *members, *members.values(), *(other for _, other in others)]
        case Unknown():
            return [value.reason, *value.references]
    return []
