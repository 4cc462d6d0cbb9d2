"""How many instances a block of a module has, and the keys of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from plainwork_core.eject import known
from plainwork_core.eject.known import Known, content
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

Key = str | int
EACH = nodes.Variable("each")
EACH_KEY = nodes.GetAttribute(EACH, "key")
EACH_VALUE = nodes.GetAttribute(EACH, "value")
COUNT_INDEX = nodes.GetAttribute(nodes.Variable("count"), "index")
REPEATED = ("count", "for_each")


@frozen()
class Shape:
    """The instances of a block.

    Attributes:
        argument: `count`, `for_each`, or `""` if the block is not repeated.
        keys: of its instances; `None` if they are not known.
        expression: the value of the argument.
        members: the value of `each.value` by key.
    """

    argument: Literal["", "count", "for_each"] = ""
    keys: tuple[Key, ...] | None = ("",)
    expression: Expression = known.NULL
    members: Mapping[str, Expression] = field(default_factory=dict, hash=False)

    @property
    def is_one(self) -> bool:
        """Whether there is exactly one instance, so that it is written without `count` and `for_each`."""
        return self.keys is not None and len(self.keys) == 1

    @property
    def old_key(self) -> str:
        """The key in the address of the only instance."""
        return key_text(self.keys[0]) if self.argument and self.keys else ""

    def bound(self, key: Key) -> dict[str, Expression]:
        """Return what `count` and `each` are in the instance *key*."""
        if self.argument == "count":
            return {"count": known.object_of({"index": nodes.Literal(key)})}
        if self.argument == "for_each":
            value = self.members.get(str(key), nodes.Literal(key))
            return {"each": known.object_of({"key": nodes.Literal(key), "value": value})}
        return {}


def key_text(key: Key) -> str:
    """Return *key* as in an address."""
    if isinstance(key, int):
        return f"[{key}]"
    from plainwork_core.hcl.write.literals import quoted  # noqa: PLC0415  few blocks have keys

    return f"[{quoted(key)}]"


def shape_of(block: nodes.Block, around: Around) -> Shape:
    """Return the instances of *block*."""
    for argument in REPEATED:
        expression = block.body.attribute(argument)
        if expression is not None:
            given = specialized(expression, around)
            return _counted(given) if argument == "count" else _each(given)
    return Shape()


def _counted(given: Expression) -> Shape:
    found = content(given)
    if isinstance(found, nodes.Literal) and isinstance(found.value, (str, int)) and not isinstance(found.value, bool):
        return Shape("count", tuple(range(int(found.value))), given)
    return Shape("count", None, given)


def _each(given: Expression) -> Shape:
    found = content(given)
    if isinstance(found, nodes.Call) and found.name == "toset" and (items := known.items_of(found)) is not None:
        if not all(isinstance(content(item), nodes.Literal) for item in items):
            return Shape("for_each", None, given)
        keys = tuple(str(content(item).value) for item in items)
        return Shape("for_each", keys, given, {key: nodes.Literal(key) for key in keys})
    members = known.members_of(found)
    if members is None:
        empty = known.is_null(found) or (isinstance(found, nodes.Sequence) and not found.items)
        return Shape("for_each", () if empty else None, given)
    steps = {key: _step(given, key, members[key]) for key in sorted(members)}
    return Shape("for_each", tuple(sorted(members)), given, steps)


def _step(given: Expression, key: str, member: Expression) -> Expression:
    if isinstance(given, Known) and not given.is_whole:
        return Known(nodes.GetIndex(given, nodes.Literal(key)), member, given.names)
    return member
