"""Values of arguments, converted to Terraform's JSON syntax.

The accepted conversions are those of https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion:
numbers and bools are valid strings, strings that contain a number or a bool are valid numbers and bools. Stricter in
one point: an unknown attribute of an object is an error here, while Terraform drops it silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, TypeAlias

from plainwork.arguments import targets
from plainwork.arguments.messages import unsupported, wrong_value
from plainwork.references import instance_key
from plainwork.tree.document import LITERAL_NULL
from plainwork_core.hcl.expressions import NULL, ScannedString, is_token, scan
from plainwork_core.model.conversion import as_bool
from plainwork_core.schema import TerraformType

_Converter: TypeAlias = Callable[[Any, TerraformType, str, list[str]], Any]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_INSERTION = re.compile(r"[$%]\{[^{}]*\}?")
_LARGEST_EXACT = 2**53


def convert(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    """Return a value in JSON syntax, and append a sentence for each part that Terraform cannot convert to the type.

    Tuples become lists, and subclasses of str plain strings. A None in a map is absent. An object has every attribute
    that its type requires, null where the value has none: Terraform rejects an object without it.

    Args:
        value: not None. Tokens and whole `${...}` expressions are valid for any type.
        type_: Terraform's JSON spelling of the type, or a type of `plainwork.arguments.language`.
        path: of the argument, such as `rule[0].filter`.
        problems: the list to append to. The result is meaningful only if nothing is appended.
    """
    kind = type_ if isinstance(type_, str) else type_[0]
    if kind in _OWN_TYPES:
        return _OWN_TYPES[kind](value, type_, path, problems)
    if isinstance(value, str):
        text = str.__str__(value)
        scanned = scan(text)
        if scanned.interpolates:
            _check_template(text, scanned, type_, path, problems)
            return text
        return _CONVERTERS[kind](text, type_, path, problems)
    return value if is_token(value) else _CONVERTERS[kind](value, type_, path, problems)


def spell(type_: TerraformType) -> str:
    """Return the type in the spelling of Terraform's language, such as `map(string)`."""
    match type_:
        case ["object", *_]:
            return "object"
        case [targets.LITERAL, inner]:
            return spell(inner)
        case ["tuple", _]:
            return "tuple"
        case [kind, element]:
            return f"{kind}({spell(element)})"
    return "any" if type_ == "dynamic" else str(type_)


def _check_template(text: str, scanned: ScannedString, type_: TerraformType, path: str, problems: list[str]) -> None:
    if scanned.problem:
        problems.append(
            f"`{path}` is {text!r}, an invalid template: {scanned.problem}; for literal text write {_escaped(text)}"
        )
    elif not scanned.is_expression and not isinstance(type_, str):
        problems.append(wrong_value(path, text, f"of type {spell(type_)}; text with an expression in it is a string"))


def _escaped(text: str) -> str:
    """Return the literal form of the first insertion that Terraform cannot read: `$${aws:username}`."""
    insertions = (match.group() for match in _INSERTION.finditer(text))
    invalid = next((insertion for insertion in insertions if scan(insertion).problem), "${")
    return f"'{invalid[0]}{invalid}'"


def _string(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    return value if isinstance(value, str | bool) else _number(value, type_, path, problems)


def _number(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        problems.append(wrong_value(path, value, f"of type {spell(type_)}"))
    elif isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        problems.append(f"`{path}` is {value}; JSON numbers above 2**53 are not exact; use the string '{value}'")
    return value


def _bool(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    if as_bool(value) is None:
        problems.append(wrong_value(path, value, f"of type {spell(type_)}"))
    return value


def _sequence(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    if not isinstance(value, list | tuple):
        hint = ", as a list: a Python set has no stable order" if isinstance(value, set | frozenset) else ""
        problems.append(wrong_value(path, value, f"of type {spell(type_)}{hint}"))
        return value
    return [_item(item, type_[1], f"{path}[{index}]", problems) for index, item in enumerate(value)]


def _tuple(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    elements = type_[1]
    if not isinstance(value, list | tuple) or len(value) != len(elements):
        problems.append(wrong_value(path, value, f"a tuple of {len(elements)}"))
        return value
    return [_item(item, elements[index], f"{path}[{index}]", problems) for index, item in enumerate(value)]


def _item(item: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    if item is None:
        problems.append(f"`{path}` must not be None; omit the element")
        return None
    return convert(item, type_, path, problems)


def _map(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    if not isinstance(value, Mapping):
        problems.append(wrong_value(path, value, f"of type {spell(type_)}"))
        return value
    problems += [f"`{path}` has the key {key!r}; keys must be strings" for key in value if not isinstance(key, str)]
    return {
        str.__str__(key): convert(item, type_[1], f"{path}.{key}", problems)
        for key, item in value.items()
        if isinstance(key, str) and item is not None
    }


def _object(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    if not isinstance(value, Mapping):
        problems.append(wrong_value(path, value, f"of type {spell(type_)}"))
        return value
    _, attributes, *rest = type_
    optional = rest[0] if rest else ()
    problems += [unsupported(f"{path}.{key}", value[key], key, attributes) for key in value if key not in attributes]
    converted = {}
    for key, attribute in attributes.items():
        if (item := value.get(key)) is not None:
            converted[key] = convert(item, attribute, f"{path}.{key}", problems)
        elif not rest:
            converted[key] = NULL
        elif key not in optional:
            problems.append(f"`{path}.{key}` is required")
    return converted


def _any(value: Any, _type: TerraformType, path: str, problems: list[str]) -> Any:
    if isinstance(value, Mapping):
        return _map(value, ["map", "dynamic"], path, problems)
    if isinstance(value, list | tuple | set | frozenset):
        return _sequence(value, ["list", "dynamic"], path, problems)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, "number", path, problems)
    if not isinstance(value, str | bool):
        problems.append(wrong_value(path, value, "plain data: a string, a number, a bool, a list or a dict"))
    return value


def _for_each(value: Any, _type: TerraformType, path: str, problems: list[str]) -> Any:
    """Return the value of `for_each`. A list of keys becomes a set, because Terraform rejects a list here."""
    if is_token(value):
        return value
    if isinstance(value, str) and (scanned := scan(value)).interpolates:
        text = str.__str__(value)
        _check_template(text, scanned, ["set", "string"], path, problems)
        return text
    if isinstance(value, list | tuple) and all(isinstance(key, str) for key in value):
        return f"${{toset([{', '.join(map(instance_key, value))}])}}"
    if isinstance(value, Mapping):
        return _any(value, "dynamic", path, problems)
    problems.append(wrong_value(path, value, "a dict, a list of strings or an expression"))
    return value


def _literal_value(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    """Return a value whose strings are literal text, and in which None is Terraform's null."""
    match value:
        case str():
            return str.__str__(value)
        case None:
            return LITERAL_NULL
        case Mapping() if type_[1] == "dynamic":
            return {str(key): _literal_value(item, type_, f"{path}.{key}", problems) for key, item in value.items()}
        case list() | tuple() if type_[1] == "dynamic":
            return [_literal_value(item, type_, f"{path}[{index}]", problems) for index, item in enumerate(value)]
    return value if is_token(value) else _CONVERTERS[type_[1]](value, type_[1], path, problems)


_CONVERTERS: dict[str, _Converter] = {
    "string": _string,
    "number": _number,
    "bool": _bool,
    "list": _sequence,
    "set": _sequence,
    "map": _map,
    "object": _object,
    "tuple": _tuple,
    "dynamic": _any,
}
_OWN_TYPES: dict[str, _Converter] = {
    targets.FOR_EACH: _for_each,
    targets.INSTANCE: targets.convert_address,
    targets.PATH: targets.convert_address,
    targets.WHOLE: targets.convert_address,
    targets.ACTION: targets.convert_address,
    targets.METHOD: targets.convert_address,
    targets.KEYWORD: targets.convert_keyword,
    targets.LITERAL: _literal_value,
    targets.PROVIDER: targets.convert_provider,
    targets.IGNORED: targets.convert_ignored,
}
