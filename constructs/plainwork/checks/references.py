"""References in a whole configuration: those that lead to nothing that it declares, and those that are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from plainwork_core.hcl.expressions import scan
from plainwork_core.schema import load

_ESCAPED = re.compile(r"\$\$\{((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)")
_BARE = {"depends_on", "replace_triggered_by"}
_PREFIX = {"resource": "", "data": "data."}
_OTHERS = ("output", "locals", "provider", "module")


def undeclared(config: Mapping[str, Any], elsewhere: Collection[str]) -> dict[str, str]:
    """Each address that the configuration refers to and does not declare, with the first block that refers to it.

    Args:
        config: a stack in Terraform's JSON syntax.
        elsewhere: the addresses that other stacks declare. Any other name counts as an address only if the schema has
            its type.
    """
    declared = {address for address, _ in _declared(config)} | set(_declared_values(config))
    found: dict[str, str] = {}
    for user, text in _texts(config):
        for names in scan(text).references:
            address = ".".join(names[: 3 if names[0] == "data" else 2])
            if address not in declared and (address in elsewhere or _is_of_known_type(names)):
                found.setdefault(address, user)
    return found


def escaped(config: Mapping[str, Any]) -> dict[str, str]:
    """Each declared address that a function of CDKTF's has taken for text, with whose arguments it stands in.

    CDKTF escapes a `${` in what its functions are given: the provider would be told these characters, and no ARN.
    """
    declared = {address for address, _ in _declared(config)}
    return {
        address: user
        for user, text in _texts(config)
        if "$${" in text and scan(text).interpolates
        for address in _ESCAPED.findall(text)
        if address in declared
    }


def _is_of_known_type(names: tuple[str, ...]) -> bool:
    """Whether the names are those of a resource or a data source whose type the schema has."""
    match names:
        case ("data", type_, _, *_):
            return load().block("data", type_) is not None
        case (type_, _, *_):
            return load().block("resource", type_) is not None
    return False


def _declared(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, prefix in _PREFIX.items():
        for type_, named in config.get(section, {}).items():
            yield from ((f"{prefix}{type_}.{name}", body) for name, body in named.items())


def _declared_values(config: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of input variables and local values, which several stacks of an app may share."""
    yield from (f"var.{name}" for name in config.get("variable", {}))
    yield from (f"local.{name}" for name in config.get("locals", {}))


def _texts(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every string in the configuration that can hold a reference, and what it stands in."""
    others = ((f"{section}.{name}", body) for section in _OTHERS for name, body in config.get(section, {}).items())
    for user, body in (*_declared(config), *others):
        yield from ((user, text) for text in _inside(body))


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
