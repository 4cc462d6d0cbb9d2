"""References to objects of Terraform: `aws_s3_bucket.state` and its attributes.

A reference is the text that Terraform reads, `${aws_s3_bucket.state.arn}`: it prints as what it is and can be put
into any string.
"""

from __future__ import annotations

import json
import re
from typing import Any

from plainwork.errors import UndefinedReferenceError
from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.expressions import code_of
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock, TerraformType

_PATH = re.compile(r"""[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\.\d+|\[(\d+|\*|"[^"]*")\])*""")
_STEP = re.compile(r"""\.?([A-Za-z_][\w-]*)|\.(\d+)|\[(\d+|\*|"[^"]*")\]""")


class Reference(str):
    """The text of a reference, as `${aws_s3_bucket.state.arn}`."""

    __slots__ = ()


def expression(code: str) -> Reference:
    """A reference from Terraform code."""
    return Reference(f"${{{code}}}")


def attribute(address: str, path: str, schema: BlockSchema | None) -> Reference:
    """A reference to an attribute.

    Args:
        address: of the resource or the instance, as `aws_s3_bucket.state`.
        path: as `arn`, `rule[0].id` or `rule.0.id`.
        schema: of the type; where it is None the path's names are not checked.

    Raises:
        UndefinedReferenceError: the path is not spelt as one, or leads to nothing that the type has.
    """
    return expression(f"{address}.{checked_path(address, path, schema)}")


def checked_path(address: str, path: str, schema: BlockSchema | None) -> str:
    """The path with indexes in brackets; see `attribute`."""
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise UndefinedReferenceError(
            f"{address}[{path!r}] is no path to an attribute: write it as 'arn' or 'rule[0].id'"
        )
    steps = [(name, index or bracket) for name, index, bracket in _STEP.findall(path)]
    if schema is not None:
        _follow(steps, schema, f"{address}[{path!r}]")
    return "".join(f".{name}" if name else f"[{index}]" for name, index in steps).removeprefix(".")


def instance_key(value: int | str) -> str:
    """An instance key as Terraform writes it: `0`, `"blue"`, or the code of a whole `${...}`."""
    code = code_of(value) if isinstance(value, str) else None
    return code or json.dumps(value, ensure_ascii=False)


def _follow(steps: list[tuple[str, str]], schema: BlockSchema, what: str) -> None:
    known: Any = schema
    for name, index in steps:
        known = _step(known, name, index, what)


def _step(known: Any, name: str, index: str, what: str) -> Any:
    """What one step of a path leads to; `dynamic` where that cannot be known."""
    match known:
        case BlockSchema():
            return _member(known, name, what)
        case NestedBlock() if known.nesting in {"single", "group"}:
            return _member(known.block, name, what)
        case NestedBlock() if name and known.nesting != "map":
            raise UndefinedReferenceError(
                f"{what}: .{name} needs an index before it, as [0].{name}: blocks of this kind are a list"
            )
        case NestedBlock(nesting="set") if index != "*":
            raise UndefinedReferenceError(
                f"{what}: [{index}] cannot be: this is a set, which has no order; take them all with [*]"
            )
        case NestedBlock():
            return known.block
        case Attribute():
            return _into_type(known.type, name, index, what)
    return _into_type(known, name, index, what)


def _member(block: BlockSchema, name: str, what: str) -> Attribute | NestedBlock:
    found = block.attributes.get(name) or block.blocks.get(name)
    if found is None:
        raise UndefinedReferenceError(f"{what}: there is no attribute {name!r}{did_you_mean(name, block.names)}")
    return found


def _into_type(type_: TerraformType, name: str, index: str, what: str) -> TerraformType:
    match type_:
        case ["object", attributes, *_] if name and name not in attributes:
            raise UndefinedReferenceError(f"{what}: there is no attribute {name!r}{did_you_mean(name, attributes)}")
        case ["object", attributes, *_] if name:
            return attributes[name]
        case ["list" | "set", _] if name:
            raise UndefinedReferenceError(f"{what}: .{name} needs an index before it, as [0].{name}: this is a list")
        case ["set", _] if index != "*":
            raise UndefinedReferenceError(
                f"{what}: [{index}] cannot be: this is a set, which has no order; take them all with [*]"
            )
        case ["list" | "set" | "map", element]:
            return element
        case "string" | "number" | "bool":
            raise UndefinedReferenceError(f"{what}: {name or index!r} leads into a {type_}, which has nothing inside")
    return "dynamic"
