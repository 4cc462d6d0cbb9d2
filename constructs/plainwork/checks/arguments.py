"""Whether the arguments of a block are those that its schema takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork.checks import values
from plainwork_core.errors import did_you_mean
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock

DYNAMIC = "dynamic"


def problems(arguments: Mapping[str, Any], schema: BlockSchema, path: str = "") -> Iterator[str]:
    """One sentence for each argument or nested block that Terraform would reject.

    Args:
        arguments: what was given, by Terraform's own names; None means absent.
        schema: what the block takes.
        path: where the block stands, as `rule[0].filter`; empty for the outermost.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    generated = given.pop(DYNAMIC, {})
    if not isinstance(generated, Mapping):
        yield values.wrong(generated, "generators by the names of their blocks, written as a dict", join(path, DYNAMIC))
        generated = {}
    for name, value in given.items():
        yield from _argument(name, value, schema, join(path, name))
    for label, each in _generators(generated):
        yield from _generated(label, each, schema, join(path, f"{DYNAMIC}.{label}"))
    yield from _missing(given.keys() | _labels(generated), schema, path)


def deprecated(arguments: Mapping[str, Any], schema: BlockSchema, path: str = "") -> Iterator[str]:
    """The path, without indexes, of each given argument or block that the provider has deprecated."""
    for name, value in arguments.items():
        known = schema.attributes.get(name) or schema.blocks.get(name)
        if value is None or known is None:
            continue
        if known.deprecated:
            yield join(path, name)
        if isinstance(known, NestedBlock):
            for body in bodies(value):
                yield from deprecated(body, known.block, join(path, name))


def bodies(value: Any) -> list[Mapping[str, Any]]:
    """The bodies in what was given for a block: one dict, or a list of them."""
    return [each for each in (value if isinstance(value, list | tuple) else [value]) if isinstance(each, Mapping)]


def join(path: str, name: str) -> str:
    """The path of an argument in a block."""
    return f"{path}.{name}" if path else name


def _argument(name: str, value: Any, schema: BlockSchema, path: str) -> Iterator[str]:
    if name in schema.blocks:
        yield from _block(value, schema.blocks[name], path)
    elif name not in schema.attributes:
        yield f"{path} is no argument of this type (got {value!r}){did_you_mean(name, schema.names)}"
    elif not schema.attributes[name].settable:
        yield f"{path} is computed by the provider and cannot be set (got {value!r})"
    else:
        yield from values.problems(value, schema.attributes[name].type, path)


def _block(value: Any, nested: NestedBlock, path: str) -> Iterator[str]:
    if nested.nesting == "map":
        yield from _labelled(value, nested, path)
        return
    given = list(value) if isinstance(value, list | tuple) else [value]
    most = 1 if nested.is_one else nested.max_items
    if most and len(given) > most:
        yield f"{path} may be given at most {_times(most)} (got {len(given)})"
    for index, body in enumerate(given):
        yield from _body(body, nested, path if nested.is_one else f"{path}[{index}]")
    if len(given) < nested.min_items:
        yield f"{path} must be given at least {_times(nested.min_items)} (got {len(given)})"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _body(body: Any, nested: NestedBlock, path: str) -> Iterator[str]:
    if isinstance(body, Mapping):
        yield from problems(body, nested.block, path)
    else:
        hint = ", and an expression cannot stand for it: use dynamic={...}" if isinstance(body, str) else ""
        yield values.wrong(body, f"a nested block, written as a dict or a list of dicts{hint}", path)


def _labelled(value: Any, nested: NestedBlock, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield values.wrong(value, "nested blocks by their labels, written as a dict of dicts", path)
        return
    for label, body in value.items():
        yield from _body(body, nested, join(path, label))


def _missing(given: set[str], schema: BlockSchema, path: str) -> Iterator[str]:
    required = [name for name, attribute in schema.attributes.items() if attribute.required]
    required += [name for name, nested in schema.blocks.items() if nested.min_items]
    yield from (f"{join(path, name)} is required" for name in required if name not in given)


def _labels(generated: Mapping[str, Any]) -> set[str]:
    return {label for label, _ in _generators(generated)}


def _generators(generated: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The generators in a `dynamic` argument: `{"setting": {"for_each": ..., "content": {...}}}`."""
    return [(label, each) for label, given in generated.items() for each in (bodies(given) or [given])]


def _generated(label: str, generator: Any, schema: BlockSchema, path: str) -> Iterator[str]:
    generable = {**_attributes_as_blocks(schema), **schema.blocks}
    if label not in generable:
        yield f"{path} generates no block of this type{did_you_mean(label, generable)}"
    elif not isinstance(generator, Mapping) or not generator.keys() >= {"for_each", "content"}:
        yield values.wrong(generator, "a dict with for_each, content and, if need be, iterator", path)
    else:
        yield from _body(generator["content"], generable[label], f"{path}.content")


def _attributes_as_blocks(schema: BlockSchema) -> dict[str, NestedBlock]:
    """The arguments that may be written as blocks, and so be generated: lists of objects, as `ingress`.

    https://developer.hashicorp.com/terraform/language/attr-as-blocks
    """
    found = {}
    for name, attribute in schema.attributes.items():
        match attribute.type:
            case ["list" | "set", ["object", members]] if attribute.settable:
                inside = {member: Attribute(type_, optional=True) for member, type_ in members.items()}
                found[name] = NestedBlock("list", 0, 0, BlockSchema(inside))
    return found


def unchecked(arguments: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each value that is no plain data, which is all that can be said without a schema."""
    yield from (
        each for name, value in arguments.items() if value is not None for each in values.problems(value, DYNAMIC, name)
    )
