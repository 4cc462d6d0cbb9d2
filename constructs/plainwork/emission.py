"""From checked arguments to the plain data of Terraform's JSON syntax.

A None is absent. A block that can stand once is one object, any other a list of objects, so that the text does not
depend on how a user has written it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork_core.hcl.expressions import NULL, is_token
from plainwork_core.schema import BlockSchema, NestedBlock, TerraformType


class Block(dict[str, Any]):
    """Marks a nested block in the arguments of a type without schema, where nothing else tells a block from a map.

    `Resource(stack, "acme_site", "www", rule=[Block(port=80), Block(port=443)])`
    """


def block(arguments: Mapping[str, Any], schema: BlockSchema | None) -> dict[str, Any]:
    """The body of a block.

    Args:
        arguments: checked arguments by Terraform's own names.
        schema: what the block takes, or None where that is unknown.
    """
    known = schema or BlockSchema()
    return {name: _argument(name, given, known) for name, given in arguments.items() if given is not None}


def marked(arguments: Mapping[str, Any], path: str = "") -> list[str]:
    """The dotted path of each `Block(...)` in the arguments, in sorted order."""
    found: set[str] = set()
    for name, value in arguments.items():
        here = f"{path}{name}"
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, Block):
                found |= {here, *marked(each, f"{here}.")}
    return sorted(found)


def _argument(name: str, value: Any, schema: BlockSchema) -> Any:
    if name in schema.blocks:
        return _nested(value, schema.blocks[name])
    if name == "dynamic" and name not in schema.attributes:
        return {label: _generators(each, schema.blocks.get(label)) for label, each in value.items()}
    return plain(value, schema.attributes[name].type if name in schema.attributes else "dynamic")


def _nested(value: Any, nested: NestedBlock) -> Any:
    if nested.nesting == "map":
        return {label: block(body, nested.block) for label, body in value.items()}
    bodies = [block(body, nested.block) for body in (value if isinstance(value, list | tuple) else [value])]
    return bodies[0] if nested.is_one and bodies else bodies


def _generators(value: Any, nested: NestedBlock | None) -> Any:
    generators = value if isinstance(value, list | tuple) else [value]
    inner = nested.block if nested else None
    return [{**plain(each), "content": block(each["content"], inner)} for each in generators]


def plain(value: Any, type_: TerraformType = "dynamic") -> Any:
    """A value without None, tuples and subclasses of str; an object gets a null for each attribute that was not given.

    Terraform wants every attribute of an object that is not optional to be there.
    """
    if isinstance(value, str):
        return str.__str__(value)
    if is_token(value):
        return value
    if isinstance(value, Mapping):
        return _mapping(value, type_)
    if isinstance(value, list | tuple):
        return [plain(item, _element(type_)) for item in value]
    return value


def _mapping(value: Mapping[str, Any], type_: TerraformType) -> dict[str, Any]:
    given = {key: item for key, item in value.items() if item is not None}
    if not isinstance(type_, list) or type_[0] != "object":
        return {str.__str__(key): plain(item, _element(type_)) for key, item in given.items()}
    _, attributes, *optional = type_
    wanted = [key for key in attributes if key in given or not (optional and key in optional[0])]
    return {key: plain(given[key], attributes[key]) if key in given else NULL for key in wanted}


def _element(type_: TerraformType) -> TerraformType:
    return type_[1] if isinstance(type_, list) and type_[0] in {"list", "set", "map"} else "dynamic"
