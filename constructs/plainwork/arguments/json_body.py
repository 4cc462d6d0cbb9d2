"""The body of a block in Terraform's JSON syntax, with everything in it that Terraform would reject.

A nested block that can occur once is one object, any other a list of objects, however the user writes it, so that the
generated text depends on the schema alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plainwork.arguments.language import OpenBlockSchema
from plainwork.arguments.messages import unsupported, wrong_value
from plainwork.arguments.values import convert
from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.expressions import scan
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock

_DYNAMIC = "dynamic"
_INDEX = re.compile(r"\[\d+\]")
_CONTENT = re.compile(rf"\b{_DYNAMIC}\.([^.]+)\.content\b")
_GIVEN = ("var", "local", "each", "module")
_OPEN = OpenBlockSchema()


class Block(dict[str, Any]):
    """A nested block in the arguments of a type without schema, where a dict alone would be a map.

    `Resource(stack, "acme_site", "www", rule=[Block(port=80), Block(port=443)])`
    """


@dataclass(slots=True)
class JsonBody:
    """The result of one traversal.

    Attributes:
        body: the arguments in JSON syntax; meaningful only if there are no problems.
        problems: a sentence for each argument or nested block that Terraform or the provider would reject.
        deprecated: paths in the schema of the arguments and blocks that the provider has deprecated.
        blocks: paths of each `Block`, where there is no schema.
        difference: says whether another version of the provider has the argument at a path in the schema.
    """

    body: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    deprecated: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    difference: Callable[[str], str] = field(kw_only=True)


def json_body(
    arguments: Mapping[str, Any], schema: BlockSchema, difference: Callable[[str], str] = lambda _path: ""
) -> JsonBody:
    """Convert and check the arguments of a block.

    Args:
        arguments: by Terraform's names; None means absent.
        schema: of the block, meta-arguments included.
        difference: returns a sentence if only another version of the provider has the argument at a path in the schema.
    """
    result = JsonBody(difference=difference)
    result.body = _block(arguments, schema, "", result)
    return result


def _block(arguments: Mapping[str, Any], schema: BlockSchema, prefix: str, result: JsonBody) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for name, value in arguments.items():
        if value is not None:
            body[name] = _argument(name, value, schema, f"{prefix}{name}", result)
    required = [name for name, attribute in schema.attributes.items() if attribute.required and name not in body]
    required += [name for name, nested in schema.blocks.items() if nested.min_items and name not in body]
    if required:
        generated = body.get(_DYNAMIC) or ()
        result.problems += [f"`{prefix}{name}` is required" for name in required if name not in generated]
    return body


def _argument(name: str, value: Any, schema: BlockSchema, path: str, result: JsonBody) -> Any:
    known = schema.attributes.get(name) or schema.blocks.get(name)
    if known and known.deprecated:
        result.deprecated.add(_schema_path(path))
    if isinstance(known, NestedBlock):
        return _nested(value, known, path, result)
    if known is None and name == _DYNAMIC:
        return _generators(value, schema, path, result)
    if known is None and not isinstance(schema, OpenBlockSchema):
        difference = result.difference(_schema_path(path))
        result.problems.append(unsupported(path, value, name, schema.settable_names, difference))
        return value
    if known is None and _is_marked(value):
        return _marked(value, path, result)
    if known and not known.settable and not _may_be_null(value):
        result.problems.append(f"`{path}` is computed by the provider and cannot be set (value {value!r})")
        return value
    return convert(value, known.type if known else "dynamic", path, result.problems)


def _may_be_null(value: Any) -> bool:
    """Return whether a value is an expression of the caller's values, which may be null: no value at all."""
    scanned = scan(value) if isinstance(value, str) else None
    return scanned is not None and scanned.is_expression and all(name[0] in _GIVEN for name in scanned.references)


def _nested(value: Any, nested: NestedBlock, path: str, result: JsonBody) -> Any:
    if nested.nesting == "map":
        return _labelled(value, nested, path, result)
    given = value if isinstance(value, list | tuple) else [value]
    maximum = 1 if nested.is_one else nested.max_items
    if maximum and len(given) > maximum:
        result.problems.append(f"`{path}` has {len(given)} blocks; the maximum is {maximum}")
    if len(given) < nested.min_items:
        result.problems.append(f"`{path}` has {len(given)} blocks; the minimum is {nested.min_items}")
    if nested.is_one and len(given) == 1:
        return _body(given[0], nested.block, path, result)
    return [_body(body, nested.block, f"{path}[{index}]", result) for index, body in enumerate(given)]


def _labelled(value: Any, nested: NestedBlock, path: str, result: JsonBody) -> Any:
    if not isinstance(value, Mapping):
        result.problems.append(wrong_value(path, value, "a dict from labels to nested blocks"))
        return value
    return {label: _body(body, nested.block, f"{path}.{label}", result) for label, body in value.items()}


def _body(body: Any, schema: BlockSchema, path: str, result: JsonBody) -> Any:
    if isinstance(body, Mapping):
        return _block(body, schema, f"{path}.", result)
    hint = "; for blocks from an expression use dynamic={...}" if isinstance(body, str) else ""
    result.problems.append(wrong_value(path, body, f"a nested block: a dict, or a list of dicts{hint}"))
    return body


def _is_marked(value: Any) -> bool:
    return any(isinstance(item, Block) for item in (value if isinstance(value, list | tuple) else [value]))


def _marked(value: Any, path: str, result: JsonBody) -> Any:
    """Convert a `Block`, or a list with one, of a type without schema."""
    result.blocks.add(_schema_path(path))
    if isinstance(value, Block):
        return _body(value, _OPEN, path, result)
    return [_body(item, _OPEN, f"{path}[{index}]", result) for index, item in enumerate(value)]


def _generators(value: Any, schema: BlockSchema, path: str, result: JsonBody) -> Any:
    """Convert `dynamic={"setting": {"for_each": ..., "content": {...}}}`."""
    if not isinstance(value, Mapping):
        result.problems.append(wrong_value(path, value, "a dict from the names of blocks to their generators"))
        return {}
    return {
        name: [
            _generator(generator, name, schema, f"{path}.{name}", result)
            for generator in (given if isinstance(given, list | tuple) else [given])
        ]
        for name, given in value.items()
    }


def _generator(generator: Any, name: str, schema: BlockSchema, path: str, result: JsonBody) -> Any:
    generated = _OPEN if isinstance(schema, OpenBlockSchema) else _generated_blocks(schema).get(name)
    if generated is None:
        hint = did_you_mean(name, _generated_blocks(schema))
        result.problems.append(f"unsupported block `{path}`{hint}")
        return generator
    if not isinstance(generator, Mapping) or not generator.keys() >= {"for_each", "content"}:
        result.problems.append(wrong_value(path, generator, "a dict with `for_each` and `content`"))
        return generator
    if generated is _OPEN:
        result.blocks.add(_schema_path(f"{path}.content"))
    arguments = {
        key: convert(item, "dynamic", f"{path}.{key}", result.problems)
        for key, item in generator.items()
        if key != "content" and item is not None
    }
    return {**arguments, "content": _body(generator["content"], generated, f"{path}.content", result)}


def _generated_blocks(schema: BlockSchema) -> dict[str, BlockSchema]:
    """Return the blocks that `dynamic` can generate: nested blocks, and arguments that Terraform also reads as blocks.

    Those are lists of objects, such as `ingress`: https://developer.hashicorp.com/terraform/language/attr-as-blocks
    """
    blocks = {name: nested.block for name, nested in schema.blocks.items()}
    for name, attribute in schema.attributes.items():
        match attribute.type:
            case ["list" | "set", ["object", members]] if attribute.settable:
                optional = {member: Attribute(type_, optional=True) for member, type_ in members.items()}
                blocks[name] = BlockSchema(optional)
    return blocks


def _schema_path(path: str) -> str:
    """Return the path without indexes, and with generated blocks where the schema has them."""
    return _INDEX.sub("", _CONTENT.sub(r"\1", path))
