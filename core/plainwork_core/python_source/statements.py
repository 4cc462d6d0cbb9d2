"""The call that creates each block of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.python_source.elements import COMMENT, Element, metadata
from plainwork_core.python_source.language import language_value
from plainwork_core.python_source.layout import Call, Code, Dictionary, Node, Sequence, string
from plainwork_core.python_source.provider_blocks import NULLS, BlockKind, argument, block, keywords

if TYPE_CHECKING:
    from plainwork_core.python_source.scope import Scope
    from plainwork_core.schema import Mode, Schema

CLASSES = {
    "resource": "Resource",
    "data": "DataSource",
    "ephemeral": "Ephemeral",
    "action": "Action",
    "module": "ModuleCall",
    "provider": "Provider",
    "variable": "Variable",
    "output": "Output",
    "check": "Check",
    "moved": "Moved",
    "import": "Import",
    "removed": "Removed",
}
_OF_PROVIDER: dict[str, Mode] = {
    "resource": "resource",
    "data": "data",
    "ephemeral": "ephemeral",
    "action": "action",
    "provider": "provider",
}
_RENAMED = {("moved", "from"): "from_", ("removed", "from"): "from_", ("check", "assert"): "assert_"}
_ORDER = {
    "count": -1,
    "for_each": -1,
    "provider": -1,
    "provisioner": 1,
    "connection": 1,
    "lifecycle": 2,
    "depends_on": 3,
}
"""Meta-arguments that precede and follow the arguments of a provider, as in HCL."""
_GIVEN_AS_NULL = {("variable", "default"), ("output", "value")}
"""Arguments for which null is a value of its own."""


def statement(element: Element, schema: Schema, scope: Scope) -> Call:
    """Return the call that creates a block, in the scope of the statements before it."""
    class_ = CLASSES[element.kind]
    scope.functions.add(class_)
    named = dict(_arguments(element, schema, scope))
    if waivers := (metadata(element.body) or {}).get("waivers"):
        scope.functions.update(("Waiver", "date"))
        named["waive"] = Sequence(tuple(map(_waiver, waivers)))
    labels = map(string, element.labels)
    return Call(class_, (Code("stack"), *labels), tuple(keywords(named)))


def _arguments(element: Element, schema: Schema, scope: Scope) -> Iterator[tuple[str, Node]]:
    definition, mode = LANGUAGE[element.kind], _OF_PROVIDER.get(element.kind)
    own = BlockKind.of(element.body, schema.block(mode, element.labels[0]) if mode else None, scope)
    for name, value in sorted(_body(element), key=lambda member: _ORDER.get(member[0], 0)):
        is_of_language = (
            mode is None or name in definition.arguments or name in {*definition.blocks} - {"dynamic", "config"}
        )
        if name == "config" and mode == "action":
            yield name, block(value, own if own.schema else own.inside("config"))
        elif is_of_language:
            yield _RENAMED.get((element.kind, name), name), _language(element, name, value, schema, scope)
        else:
            yield name, argument(name, value, own)


def _language(element: Element, name: str, value: Any, schema: Schema, scope: Scope) -> Node:
    if element.kind == "check" and name == "data":
        return _scoped_data(value, schema, scope)
    return language_value(name, value, LANGUAGE[element.kind], scope)


def _scoped_data(value: Mapping[str, Any], schema: Schema, scope: Scope) -> Node:
    """Return the data source of a check."""
    types = (
        (
            string(type_),
            Dictionary(
                tuple(
                    (string(name), block(body, BlockKind.of(body, schema.block("data", type_), scope)))
                    for name, body in named.items()
                )
            ),
        )
        for type_, named in value.items()
    )
    return Dictionary(tuple(types))


def _body(element: Element) -> Iterator[tuple[str, Any]]:
    """Yield the arguments of a block as the library has them."""
    for name, value in element.body.items():
        if element.kind == "removed" and name == "lifecycle":
            yield from (value[0] if isinstance(value, list) else value).items()
        elif element.kind == "provider" and name == "version":
            continue  # a part of `required_providers`
        elif name != COMMENT and (value not in NULLS or (element.kind, name) in _GIVEN_AS_NULL):
            yield name, value


def _waiver(row: Mapping[str, str]) -> Node:
    day = date.fromisoformat(row["expires"])
    named = {name: string(value) for name, value in row.items() if name != "expires" and value}
    return Call("Waiver", (), (*named.items(), ("expires", Code(f"date({day.year}, {day.month}, {day.day})"))))
