"""Arguments and blocks that Terraform itself defines, as Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork_core.python_source.elements import COMMENT
from plainwork_core.python_source.expressions import python_literal, python_value
from plainwork_core.python_source.layout import Code, Dictionary, Node, Sequence, string

if TYPE_CHECKING:
    from plainwork_core.hcl.definitions import Block
    from plainwork_core.python_source.scope import Scope

_NO_ADDRESS = {"type", "when", "on_failure", "events", "ignore_changes", "iterator", "from", "language", "edition"}
"""Arguments without `${}` whose value is not replaced by the variable of a block."""


def language_value(name: str, value: Any, definition: Block, scope: Scope) -> Node:
    """Return an argument or a nested block of *definition*."""
    if name in definition.blocks and name not in definition.arguments:
        nested = definition.blocks[name]
        return _labelled(value, nested, scope) if nested.labels else _blocks(value, nested, scope)
    argument = definition.arguments.get(name)
    match argument.form if argument else definition.form:
        case "literal" | "requirement":
            return python_literal(value)
        case "reference":
            return _bare(name, value, scope)
    return python_value(value, scope)


def _blocks(value: Any, definition: Block, scope: Scope) -> Node:
    if isinstance(value, list):
        bodies = [_blocks(body, definition, scope) for body in value]
        return bodies[0] if len(bodies) == 1 else Sequence(tuple(bodies))
    if not isinstance(value, Mapping):
        return python_value(value, scope)
    members = ((key, language_value(key, item, definition, scope)) for key, item in value.items() if key != COMMENT)
    return Dictionary(tuple((string(key), node) for key, node in members))


def _labelled(value: Any, definition: Block, scope: Scope) -> Node:
    if isinstance(value, list):
        found = [_labelled(item, definition, scope) for item in value]
        return found[0] if len(found) == 1 else Sequence(tuple(found))
    if not isinstance(value, Mapping) or definition.labels > 1:
        return python_value(value, scope)
    return Dictionary(tuple((string(label), _blocks(body, definition, scope)) for label, body in value.items()))


def _bare(name: str, value: Any, scope: Scope) -> Node:
    """Return addresses: a block by its variable, if it is defined already."""
    match value:
        case str() if name not in _NO_ADDRESS:
            found = scope.address(f"provider.{value}" if name == "provider" else value)
            return Code(found) if found else string(value)
        case list():
            return Sequence(tuple(_bare(name, item, scope) for item in value))
        case Mapping():
            return Dictionary(tuple((string(key), _bare("provider", item, scope)) for key, item in value.items()))
    return python_literal(value)
