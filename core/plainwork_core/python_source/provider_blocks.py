"""Arguments and nested blocks that a provider defines, as Python."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plainwork_core.frozen import frozen
from plainwork_core.python_source.elements import COMMENT, metadata
from plainwork_core.python_source.expressions import python_value
from plainwork_core.python_source.layout import Call, Dictionary, Node, Sequence, string

if TYPE_CHECKING:
    from plainwork_core.python_source.scope import Scope
    from plainwork_core.schema import BlockSchema

NULLS = (None, "${null}")
"""The values of an argument that is not set."""


@frozen(slots=True)
class BlockKind:
    """What is known of the arguments and nested blocks in a block.

    Attributes:
        scope: the variables.
        schema: of the block; None where the type has none.
        paths: where the type has no schema, the paths of its blocks; None if a list of objects is read as blocks.
    """

    scope: Scope
    schema: BlockSchema | None = None
    paths: frozenset[str] | None = None

    @classmethod
    def of(cls, body: Any, schema: BlockSchema | None, scope: Scope) -> BlockKind:
        """Return the kind of a resource or another block of the top level."""
        own = metadata(body)
        return cls(scope, schema, None if own is None else frozenset(own.get("blocks", ())))

    def inside(self, name: str) -> BlockKind:
        """Return the kind of the nested blocks *name*."""
        nested = self.schema.blocks.get(name) if self.schema else None
        prefix = f"{name}."
        paths = (
            None
            if self.paths is None
            else {path.removeprefix(prefix) for path in self.paths if path.startswith(prefix)}
        )
        return replace(self, schema=nested.block if nested else None, paths=None if paths is None else frozenset(paths))

    def is_block(self, name: str, value: Any) -> bool:
        """Return whether *name* is a nested block of a type without schema."""
        if self.paths is None:
            return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)
        return any(path == name or path.startswith(f"{name}.") for path in self.paths)


def argument(name: str, value: Any, kind: BlockKind) -> Node:
    """Return an argument, a nested block or the generators of blocks."""
    if name == "dynamic" and isinstance(value, Mapping):
        generators = ((string(label), _generator(given, kind.inside(label))) for label, given in value.items())
        return Dictionary(tuple(generators))
    if kind.schema is None:
        return (
            _blocks(value, kind.inside(name), is_marked=True)
            if kind.is_block(name, value)
            else python_value(value, kind.scope)
        )
    if nested := kind.schema.blocks.get(name):
        inside = kind.inside(name)
        if nested.nesting == "map" and isinstance(value, Mapping):
            return Dictionary(tuple((string(label), _blocks(body, inside)) for label, body in value.items()))
        return _blocks(value, inside)
    return python_value(value, kind.scope)


def keywords(named: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """Yield named arguments; those whose name Python reserves are in a dict."""
    reserved = {name: value for name, value in named.items() if not _is_keyword_argument(name)}
    yield from ((name, value) for name, value in named.items() if name not in reserved)
    if reserved:
        yield "**", Dictionary(tuple((string(name), value) for name, value in reserved.items()))


def _is_keyword_argument(name: str) -> bool:
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name) and name != "__debug__"


def block(body: Any, kind: BlockKind, *, is_marked: bool = False) -> Node:
    """Return the body of a nested block: a dict, or a `Block` of a type without schema."""
    if not isinstance(body, Mapping):
        return python_value(body, kind.scope)
    members = {
        name: argument(name, value, kind) for name, value in body.items() if name != COMMENT and value not in NULLS
    }
    if is_marked:
        kind.scope.functions.add("Block")
        return Call("Block", (), tuple(keywords(members)))
    return Dictionary(tuple((string(name), node) for name, node in members.items()))


def _blocks(value: Any, kind: BlockKind, *, is_marked: bool = False) -> Node:
    if isinstance(value, list):
        return Sequence(tuple(block(body, kind, is_marked=is_marked) for body in value))
    return block(value, kind, is_marked=is_marked)


def _generator(given: Any, kind: BlockKind) -> Node:
    """Return `{"for_each": ..., "content": {...}}`, or a list of these."""
    if isinstance(given, list):
        return Sequence(tuple(_generator(one, kind) for one in given))
    members = {
        name: block(value, kind) if name == "content" else python_value(value, kind.scope)
        for name, value in given.items()
        if name != COMMENT and value is not None
    }
    return Dictionary(tuple((string(name), node) for name, node in members.items()))
