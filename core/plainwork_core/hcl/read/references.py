"""References: the names and steps that an expression such as `aws_s3_bucket.logs["a"].tags.Owner` is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Protocol

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.conversions import SetOfValues, kind, to_integer, to_text
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.files import Files
from plainwork_core.model.values import PartialMap, Unknown, Value, merged


@frozen(slots=True)
class Step:
    """`.key`, or `[key]` where it *is_index*."""

    key: Value
    is_index: bool = False

    def __str__(self) -> str:
        if not self.is_index:
            return f".{self.key}"
        if isinstance(self.key, Unknown):
            return f"[{', '.join(self.key.references) or '...'}]"
        return f'["{self.key}"]' if isinstance(self.key, str) else f"[{self.key}]"


class Scope(Protocol):
    """The values of names, what an evaluation may cost, and the files that it may read."""

    @property
    def budget(self) -> Budget:
        """What the evaluation of expressions in this scope may cost."""

    @property
    def files(self) -> Files:
        """The files that a function in this scope may read."""

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value of *name* followed by *steps*."""


@frozen(slots=True)
class InnerScope:
    """A scope within another one, of which it has the budget and the files.

    Args:
        outer: the scope around it.
        variables: the values of names in it.
    """

    outer: Scope
    variables: dict[str, Value]

    @property
    def budget(self) -> Budget:
        """What the outer scope has."""
        return self.outer.budget

    @property
    def files(self) -> Files:
        """What the outer scope has."""
        return self.outer.files


@frozen(slots=True)
class Bound(InnerScope):
    """A scope with the variables of a `for` in it."""

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value of a variable of this scope, or of the outer one."""
        if name in self.variables:
            return follow(self.variables[name], steps)
        return self.outer.look_up(name, steps)


@frozen(slots=True)
class Attributes(Unknown):
    """An object whose attributes are evaluated when they are referred to: a resource, a data source or a module.

    Args:
        attribute: returns what is at some steps in it.
    """

    attribute: Callable[[tuple[Step, ...]], Value] = field(kw_only=True, compare=False)


class Nowhere:
    """The scope of blocks that Terraform reads first, such as `backend`: no name has a value."""

    def __init__(self) -> None:
        self.budget = Budget()
        self.files = Files(None)

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return an unknown that names the reference."""
        reference = traversal_text(name, steps)
        return Unknown(f"`{reference}` is not allowed here", (reference,))


def traversal_text(name: str, steps: Iterable[Step]) -> str:
    """Return the text of a reference: `aws_s3_bucket.logs["a"].arn`."""
    return name + "".join(str(step) for step in steps)


def follow(value: Value, steps: Iterable[Step]) -> Value:
    """Follow *steps* into *value*; the first unknown on the way is the result.

    Raises:
        Rejected: the value has no such member.
    """
    left = tuple(steps)
    for index, step in enumerate(left):
        if isinstance(value, Attributes):
            return value.attribute(left[index:])
        if isinstance(value, PartialMap) and isinstance(step.key, str) and step.key in value.members:
            value = value.members[step.key]
        elif isinstance(value, Unknown):
            return part_of(value)
        else:
            value = _member(value, step)
    return value


def part_of(value: Unknown) -> Unknown:
    """Return a part of *value*, which is not among its known parts."""
    return value if type(value) is Unknown else merged([value])


def _member(value: Value, step: Step) -> Value:
    if isinstance(step.key, Unknown):
        return merged([step.key])
    if isinstance(value, dict):
        key = to_text(step.key)
        if key in value:
            return value[key]
        raise Rejected(f"there is no `{key}` in the object")
    if isinstance(value, list) and not isinstance(value, SetOfValues) and step.is_index:
        index = to_integer(step.key)
        if 0 <= index < len(value):
            return value[index]
        raise Rejected(f"there is no element {index} of {len(value)}")
    raise Rejected(f"a value of type {kind(value)} has no `{step}`")
