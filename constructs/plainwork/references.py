"""References to attributes of resources, such as `${aws_s3_bucket.state.arn}`.

A reference is a string in Terraform's syntax, so it can be part of any other string.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from plainwork.errors import PlainworkError, UndefinedReferenceError
from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.expressions import code_of
from plainwork_core.schema import Attribute, BlockSchema, NestedBlock, TerraformType

_PATH = re.compile(r"""[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\.\d+|\[(\d+|\*|"[^"]*")\])*""")
_STEP = re.compile(r"""\.?([A-Za-z_][\w-]*)|\.(\d+)|\[(\d+|\*|"[^"]*")\]""")
_FUNCTIONS = {"upper": "upper", "lower": "lower", "title": "title", "capitalize": "title", "replace": "replace"}


class Reference(str):
    """The text of a reference, such as `${aws_s3_bucket.state.arn}`.

    The value is unknown in Python. An index, and methods that would change the text, such as `upper` and `replace`,
    raise a PlainworkError that names the path or Terraform's function.
    """

    __slots__ = ()

    def __getitem__(self, key: Any) -> str:
        if isinstance(key, slice):
            return super().__getitem__(key)
        name = str(code_of(self)).rpartition(".")[2]
        path = f"{name}.{key}" if isinstance(key, str) else f"{name}[{key}]"
        raise UndefinedReferenceError(f"{self} has no value in Python and no index {key!r}; use resource[{path!r}]")


def _unknown_in_python(method: str, function: str) -> Any:
    def call(self: Reference, *_arguments: Any) -> NoReturn:
        raise PlainworkError(
            f"{self} has no value in Python, so .{method}() would change the reference; use Terraform's function: "
            f'"${{{function}({code_of(self)}{", ..." if function == "replace" else ""})}}"'
        )

    return call


for _method, _function in _FUNCTIONS.items():
    setattr(Reference, _method, _unknown_in_python(_method, _function))


def expression(code: str) -> Reference:
    """Return a reference from Terraform code."""
    return Reference(f"${{{code}}}")


def attribute(address: str, path: str, schema: BlockSchema | None) -> Reference:
    """Return a reference to an attribute.

    Args:
        address: of the resource or instance, such as `aws_s3_bucket.state`.
        path: such as `arn`, `rule[0].id` or `rule.0.id`.
        schema: of the type; None skips the check of the names in the path.

    Raises:
        UndefinedReferenceError: the path is not valid, or the type has no such attribute.
    """
    return expression(f"{address}.{checked_path(address, path, schema)}")


def checked_path(address: str, path: str, schema: BlockSchema | None) -> str:
    """Return the path with indexes in brackets; see `attribute`."""
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise UndefinedReferenceError(
            f"{address}[{path!r}] is not the path of an attribute; use a path such as 'arn' or 'rule[0].id'"
        )
    steps = _steps(path)
    if schema is not None:
        _follow(steps, schema, f"{address}[{path!r}]")
    return "".join(f".{name}" if name else f"[{index}]" for name, index in steps).removeprefix(".")


def at_path(path: str, schema: BlockSchema) -> Any:
    """Return what is at a path: an attribute, a block or a type; None if the path is not one of the schema."""
    if not _PATH.fullmatch(path):
        return None
    try:
        return _follow(_steps(path), schema, path)
    except UndefinedReferenceError:
        return None


def instance_key(value: int | str) -> str:
    """Return an instance key in Terraform's syntax: `0`, `"blue"`, or the code of a whole `${...}`."""
    code = code_of(value) if isinstance(value, str) else None
    return code or json.dumps(value, ensure_ascii=False)


def _steps(path: str) -> list[tuple[str, str]]:
    """Return the name or the index of each step of a path."""
    return [(name, index or bracket) for name, index, bracket in _STEP.findall(path)]


def _follow(steps: list[tuple[str, str]], schema: BlockSchema, subject: str) -> Any:
    """Return the attribute, block or type after the steps."""
    known: Any = schema
    for name, index in steps:
        known = _step(known, name, index, subject)
    return known


def _step(known: Any, name: str, index: str, subject: str) -> Any:
    """Return the schema or type after one step of a path; `dynamic` where it is not known."""
    match known:
        case BlockSchema():
            return _member(known, name, subject)
        case NestedBlock() if known.nesting in {"single", "group"}:
            return _member(known.block, name, subject)
        case NestedBlock() if name and known.nesting != "map":
            raise UndefinedReferenceError(f"{subject}: .{name} needs an index before it, such as [0].{name}")
        case NestedBlock(nesting="set") if index != "*":
            raise UndefinedReferenceError(f"{subject}: [{index}] is not valid, because a set has no order; use [*]")
        case NestedBlock():
            return known.block
        case Attribute():
            return _into_type(known.type, name, index, subject)
    return _into_type(known, name, index, subject)


def _member(block: BlockSchema, name: str, subject: str) -> Attribute | NestedBlock:
    found = block.attributes.get(name) or block.blocks.get(name)
    if found is None:
        raise UndefinedReferenceError(f"{subject}: no attribute `{name}`{did_you_mean(name, block.names)}")
    if isinstance(found, Attribute) and found.write_only:
        raise UndefinedReferenceError(f"{subject}: `{name}` is write-only, so it has no value that can be read")
    return found


def _into_type(type_: TerraformType, name: str, index: str, subject: str) -> TerraformType:
    match type_:
        case ["object", attributes, *_] if name and name not in attributes:
            raise UndefinedReferenceError(f"{subject}: no attribute `{name}`{did_you_mean(name, attributes)}")
        case ["object", attributes, *_] if name:
            return attributes[name]
        case ["list" | "set", _] if name:
            raise UndefinedReferenceError(f"{subject}: .{name} needs an index before it, such as [0].{name}")
        case ["set", _] if index != "*":
            raise UndefinedReferenceError(f"{subject}: [{index}] is not valid, because a set has no order; use [*]")
        case ["list" | "set" | "map", element]:
            return element
        case "string" | "number" | "bool":
            raise UndefinedReferenceError(f"{subject}: {name or index!r} is not valid, because a {type_} has no parts")
    return "dynamic"
