"""The paths of a type that `resource["..."]` accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork_core.schema import BlockSchema, NestedBlock, TerraformType

_DEPTH = 2
"""The levels of blocks and objects in a path. Deeper paths would make the stubs of some types ten times as long."""


def readable_paths(block: BlockSchema) -> list[str]:
    """Return the names of what can be read, then what is in them, with the indexes `[0]` and `[*]` of lists.

    `attribute()` of a resource accepts what is not among them: other indexes, keys of maps and deeper paths.
    """
    return sorted(dict.fromkeys(_members(block, "", _DEPTH)), key=lambda path: ("[" in path or "." in path, path))


def _members(block: BlockSchema, prefix: str, depth: int) -> Iterator[str]:
    for name, attribute in block.attributes.items():
        if not attribute.write_only:
            yield from _in_type(attribute.type, f"{prefix}{name}", depth - 1)
    for name, nested in block.blocks.items():
        yield f"{prefix}{name}"
        for step in _steps(nested) if depth > 1 else ():
            yield from _members(nested.block, f"{prefix}{name}{step}.", depth - 1)


def _steps(nested: NestedBlock) -> tuple[str, ...]:
    match nested.nesting:
        case "single" | "group":
            return ("",)
        case "set":
            return ("[*]",)
        case "map":
            return ()
    return ("[0]",) if nested.is_one else ("[0]", "[*]")


def _in_type(type_: TerraformType, path: str, depth: int) -> Iterator[str]:
    yield path
    match type_:
        case ["object", members, *_] if depth:
            for name, member in members.items():
                yield from _in_type(member, f"{path}.{name}", depth - 1)
        case ["list", element]:
            for index in ("[0]", "[*]"):
                yield from _in_type(element, f"{path}{index}", depth)
        case ["set", element]:
            yield from (inner for inner in _in_type(element, f"{path}[*]", depth) if inner != f"{path}[*]")
