"""Whether a value has a type, as Terraform converts values to types.

The conversions are those of https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion:
numbers and bools pass as strings, strings that spell a number or a bool pass as such, nothing else is converted.
Stricter on one point: an object attribute that the type does not have is a mistake here, where Terraform drops it
without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any, TypeAlias

from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.expressions import ScannedString, is_token, scan
from plainwork_core.schema import TerraformType

_Check: TypeAlias = Callable[[Any, TerraformType, str], Iterator[str]]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_INSERTION = re.compile(r"[$%]\{[^{}]*\}?")
_PRIMITIVES = frozenset({"string", "number", "bool"})
_EXACT = 2**53


def problems(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    """One sentence for each place in the value that Terraform could not convert to the type.

    Args:
        value: plain data; tokens and whole `${...}` expressions pass as any type.
        type_: Terraform's JSON spelling of the type.
        path: where the value stands, as `rule[0].filter`.
    """
    if is_token(value):
        return
    scanned = scan(value) if isinstance(value, str) else None
    if scanned and scanned.interpolates:
        yield from _template(value, scanned, type_, path)
    else:
        yield from _CHECKS[_kind(type_)](value, type_, path)


def spell(type_: TerraformType) -> str:
    """The type as Terraform's language spells it: `map(string)`."""
    match type_:
        case ["object", *_]:
            return "object"
        case ["tuple", _]:
            return "tuple"
        case [kind, element]:
            return f"{kind}({spell(element)})"
    return "any" if type_ == "dynamic" else str(type_)


def wrong(value: Any, wanted: str, path: str) -> str:
    """The sentence for a value that is something else than it must be."""
    hint = "; use one of its attributes, as in resource['arn']" if hasattr(value, "address") else ""
    return f"{path} must be {wanted} (got {value!r}{hint})"


def _kind(type_: TerraformType) -> str:
    return type_ if isinstance(type_, str) else str(type_[0])


def _template(value: str, scanned: ScannedString, type_: TerraformType, path: str) -> Iterator[str]:
    if scanned.problem:
        yield f"{path} is {value!r}, an invalid template: {scanned.problem}; for literal text write {_literal(value)}"
    elif not scanned.is_expression and _kind(type_) not in _PRIMITIVES | {"dynamic"}:
        yield wrong(value, f"of type {spell(type_)}, and text with an expression inside is always a string", path)


def _literal(value: str) -> str:
    """How the first insertion that Terraform cannot read is written as text: `$${aws:username}`."""
    unread = (match.group() for match in _INSERTION.finditer(value) if scan(match.group()).problem)
    text = next(unread, "${")
    return f"'{text[0]}{text}'"


def _string(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield from _number(value, type_, path)


def _number(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if isinstance(value, bool) and type_ == "string":
        return
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield wrong(value, f"of type {spell(type_)}", path)
    elif abs(value) > _EXACT and isinstance(value, int):
        yield f"{path} is {value}: JSON keeps no number above 2**53 exactly; write it as the string '{value}'"


def _bool(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if not isinstance(value, bool) and not (isinstance(value, str) and value in {"true", "false", "1", "0"}):
        yield wrong(value, f"of type {spell(type_)}", path)


def _sequence(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if not isinstance(value, list | tuple):
        unordered = " in a fixed order: a Python set has none" if isinstance(value, set | frozenset) else ""
        yield wrong(value, f"of type {spell(type_)}{unordered}", path)
        return
    for index, item in enumerate(value):
        yield from _item(item, type_[1], f"{path}[{index}]")


def _item(item: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if item is None:
        yield f"{path} must not be None: leave it out"
    else:
        yield from problems(item, type_, path)


def _map(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield wrong(value, f"of type {spell(type_)}", path)
        return
    yield from (f"{path} has the key {key!r}: keys must be strings" for key in value if not isinstance(key, str))
    for key, item in value.items():
        if item is not None:
            yield from problems(item, type_[1], f"{path}.{key}")


def _object(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield wrong(value, f"of type {spell(type_)}", path)
        return
    _, attributes, *optional = type_
    for key, item in value.items():
        if key not in attributes:
            yield f"{path}.{key} is no attribute of this object (got {item!r}){did_you_mean(key, attributes)}"
        elif item is not None:
            yield from problems(item, attributes[key], f"{path}.{key}")
    if optional:
        missing = [key for key in attributes if key not in optional[0] and value.get(key) is None]
        yield from (f"{path}.{key} is required" for key in missing)


def _tuple(value: Any, type_: TerraformType, path: str) -> Iterator[str]:
    if not isinstance(value, list | tuple) or len(value) != len(type_[1]):
        yield wrong(value, f"a tuple of {len(type_[1])}", path)
        return
    for index, (item, element) in enumerate(zip(value, type_[1], strict=True)):
        yield from _item(item, element, f"{path}[{index}]")


def _dynamic(value: Any, _type: TerraformType, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _map(value, ["map", "dynamic"], path)
    elif isinstance(value, list | tuple | set | frozenset):
        yield from _sequence(value, ["list", "dynamic"], path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, "number", path)
    elif not isinstance(value, str | bool):
        yield wrong(value, "plain data: text, a number, a bool, a list or a dict", path)


_CHECKS: dict[str, _Check] = {
    "string": _string,
    "number": _number,
    "bool": _bool,
    "list": _sequence,
    "set": _sequence,
    "map": _map,
    "object": _object,
    "tuple": _tuple,
    "dynamic": _dynamic,
}
