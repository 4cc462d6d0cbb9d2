"""The type of a value by the schema, and whether Terraform treats the value as sensitive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plainwork.references import at_path
from plainwork.terraform.synthesized_blocks import strings
from plainwork_core.hcl.expressions import code_of, scan
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock

if TYPE_CHECKING:
    from plainwork_core.schema import Mode, Schema, TerraformType

_EVERY = re.compile(r"values\(([\w.-]+)\)(?=\[\*\])")
_ATTRIBUTE = re.compile(r'(data\.)?([A-Za-z_]\w*)\.[A-Za-z_][\w-]*(?:\[(\d+|\*|"[^"]*")\])?(?:\.(.+))?')
_SPLAT = "*"


def schema_of(values: Mapping[str, Any], schema: Schema) -> BlockSchema:
    """Return the values by name as the attributes of a block, each with its type by the schema."""
    known = {name: _type_of(value, schema) for name, value in values.items()}
    blocks = {name: type_ for name, type_ in known.items() if isinstance(type_, NestedBlock)}
    attributes = {name: Attribute(type_, computed=True) for name, type_ in known.items() if name not in blocks}
    return BlockSchema(attributes, blocks)


def is_sensitive(value: Any, schema: Schema) -> bool:
    """Return whether the value contains an attribute that is sensitive in the schema, or the result of `sensitive`."""
    return any(_is_sensitive(text, schema) for text in strings(value))


def _is_sensitive(text: str, schema: Schema) -> bool:
    scanned = scan(text)
    if "nonsensitive" in scanned.functions:
        return False
    return "sensitive" in scanned.functions or any(_sensitive_attributes(scanned.references, schema))


def _sensitive_attributes(references: tuple[tuple[str, ...], ...], schema: Schema) -> Iterator[bool]:
    for names in references:
        mode: Mode = "data" if names[0] == "data" else "resource"
        match names[1:] if mode == "data" else names:
            case (type_, _, *path) if block := schema.block(mode, type_):
                read = [block.attributes.get(path[0])] if path else block.attributes.values()
                yield any(attribute is not None and attribute.sensitive for attribute in read)


def _type_of(value: Any, schema: Schema) -> TerraformType | NestedBlock:
    """Return the type of a value; `dynamic` where it is not known."""
    match value:
        case bool():
            return "bool"
        case int() | float():
            return "number"
        case str():
            return _type_of_text(value, schema)
        case Mapping():
            return ["object", {name: _type_of(item, schema) for name, item in value.items()}]
        case list() | tuple():
            types = [_type_of(item, schema) for item in value]
            is_uniform = bool(types) and all(type_ == types[0] for type_ in types)
            return ["list", types[0] if is_uniform else "dynamic"]
    return "dynamic"


def _type_of_text(text: str, schema: Schema) -> TerraformType | NestedBlock:
    if not scan(text).is_expression:
        return "string"
    code = _EVERY.sub(r"\1", code_of(text) or "")
    if not (match := _ATTRIBUTE.fullmatch(code)):
        return "dynamic"
    data, type_, key, path = match.groups()
    known: Any = schema.block("data" if data else "resource", type_)
    if known and path:
        known = at_path(path, known)
    if isinstance(known, BlockSchema):
        known = NestedBlock("single", 0, 1, known)
    known = known.type if isinstance(known, Attribute) else known or "dynamic"
    return ["list", known] if key == _SPLAT or f"[{_SPLAT}]" in (path or "") else known
