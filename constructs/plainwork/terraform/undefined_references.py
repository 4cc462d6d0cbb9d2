"""References in a synthesized stack to addresses that it does not declare, and references that CDKTF escaped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from plainwork_core.hcl.expressions import scan
from plainwork_core.schema import load

_ESCAPED = re.compile(r"\$\$\{((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)")
_BARE = {"depends_on", "replace_triggered_by"}
_PREFIX = {"resource": "", "data": "data."}
_OTHER_SECTIONS = ("output", "locals", "provider", "module")


def undefined_references(config: Mapping[str, Any], elsewhere: Collection[str]) -> dict[str, str]:
    """Return each address that the stack refers to and does not declare, with the first block that refers to it.

    Args:
        config: a stack in Terraform's JSON syntax.
        elsewhere: the addresses that other stacks declare. Any other name is an address only if the schema has its
            type.
    """
    declared = {address for address, _ in _declared(config)} | set(_declared_values(config))
    found: dict[str, str] = {}
    for block, text in _strings(config):
        for names in scan(text).references:
            address = ".".join(names[: 3 if names[0] == "data" else 2])
            if address not in declared and (address in elsewhere or _is_of_known_type(names)):
                found.setdefault(address, block)
    return found


def escaped_references(config: Mapping[str, Any]) -> dict[str, str]:
    """Return each declared address that a function of CDKTF has escaped, with the block that contains it.

    CDKTF escapes a `${` in the arguments of its functions: the provider would receive these characters, not the ARN.
    """
    declared = {address for address, _ in _declared(config)}
    return {
        address: block
        for block, text in _strings(config)
        if "$${" in text and scan(text).interpolates
        for address in _ESCAPED.findall(text)
        if address in declared
    }


def _is_of_known_type(names: tuple[str, ...]) -> bool:
    """Return whether the names are those of a resource or a data source whose type the schema has."""
    match names:
        case ("data", type_, _, *_):
            return load().block("data", type_) is not None
        case (type_, _, *_):
            return load().block("resource", type_) is not None
    return False


def _declared(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, prefix in _PREFIX.items():
        for type_, blocks in config.get(section, {}).items():
            yield from ((f"{prefix}{type_}.{name}", body) for name, body in blocks.items())


def _declared_values(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of input variables and local values, which several stacks of an app can share."""
    yield from (f"var.{name}" for name in config.get("variable", {}))
    yield from (f"local.{name}" for name in config.get("locals", {}))


def _strings(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the address of each block, with each string in it that can contain a reference."""
    others = (
        (f"{section}.{name}", body) for section in _OTHER_SECTIONS for name, body in config.get(section, {}).items()
    )
    for block, body in (*_declared(config), *others):
        yield from ((block, text) for text in _inside(body))


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key != "//":
                yield from (f"${{{text}}}" if key in _BARE else text for text in _inside(item))
    elif isinstance(value, list):
        for item in value:
            yield from _inside(item)
