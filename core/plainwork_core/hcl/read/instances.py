"""The values of `each` and `count` in a block, which is one resource of the model for all of its instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.conversions import SetOfValues, kind
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.evaluator import items
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.references import Scope, Step, follow, traversal_text
from plainwork_core.model.values import Unknown, Value

_MOST = 1000


@frozen(slots=True)
class Instances:
    """A scope in which `each` or `count` has the values of several instances.

    Args:
        outer: the scope of the block.
        name: `each` or `count`.
        values: the value for each instance; at least one.
    """

    outer: Scope
    name: str
    values: list[dict[str, Value]]

    @property
    def budget(self) -> Budget:
        """What the outer scope has."""
        return self.outer.budget

    @property
    def files(self) -> Files:
        """What the outer scope has."""
        return self.outer.files

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value that all instances have, or an unknown that names the reference."""
        if name != self.name:
            return self.outer.look_up(name, steps)
        self.budget.spend(len(self.values))
        found = [value for one in self.values for value in _followed(one, steps)]
        if not found:
            return follow(self.values[0], steps)
        reference = traversal_text(name, steps)
        return _common(found, reference) if len(found) == len(self.values) else _different(found, reference)


def instances(outer: Scope, name: str, repeated: Value) -> Scope:
    """Return the scope of a block's arguments.

    Args:
        outer: the scope of the block.
        name: `count` or `for_each`.
        repeated: the value of that argument.
    """
    if name == "count" and kind(repeated) == "number" and 0 < repeated <= _MOST:
        return Instances(outer, "count", [{"index": index} for index in range(int(repeated))])
    if name == "for_each" and isinstance(repeated, dict | SetOfValues) and 0 < len(repeated) <= _MOST:
        return Instances(outer, "each", [{"key": key, "value": value} for key, value in items(repeated)])
    return outer


def has_wildcards(value: Value) -> bool:
    """Return whether a string in *value* contains `*` or `?`."""
    if isinstance(value, str):
        return "*" in value or "?" in value
    members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return any(map(has_wildcards, members))


def _common(values: list[Value], reference: str) -> Value:
    first, *others = values
    if all(repr(other) == repr(first) for other in others):
        return first
    if all(isinstance(value, dict) and value.keys() == first.keys() for value in values):
        return {key: _common([value[key] for value in values], f"{reference}.{key}") for key in first}
    return _different(values, reference)


def _different(values: list[Value], reference: str) -> Unknown:
    reason = f"`{reference}` differs between instances; check a plan"
    return Unknown(reason, (reference,), has_wildcards=any(map(has_wildcards, values)))


def _followed(value: Value, steps: tuple[Step, ...]) -> Iterator[Value]:
    """Yield what is at *steps* in *value*; nothing if there is no such member."""
    try:
        yield follow(value, steps)
    except Rejected:
        return
