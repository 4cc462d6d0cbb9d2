"""Which references in a configuration lead to nothing that it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plainwork.expressions import parse
from plainwork.schema import load

if TYPE_CHECKING:
    from collections.abc import Collection

_TRAVERSAL = re.compile(r"(?<![\w.\]-])((data\.)?([A-Za-z_][\w-]*)\.[A-Za-z_][\w-]*)")
_BARE = {"depends_on", "replace_triggered_by"}
_READ = ("resource", "data", "output", "locals", "provider", "module")


def undeclared(config: Mapping[str, Any], elsewhere: Collection[str]) -> dict[str, str]:
    """Each resource or data source that the configuration refers to and does not declare, with who refers to it.

    Args:
        config: a stack in Terraform's JSON syntax.
        elsewhere: the addresses that other stacks declare. Any other name is taken for an address only where the schema
            knows its type, so that the variable of a `for` is not.
    """
    declared = set(_declared(config))
    found: dict[str, str] = {}
    for user, code in _code(config):
        for address, data, type_ in _TRAVERSAL.findall(code):
            if address not in declared and (
                address in elsewhere or load().block("data" if data else "resource", type_)
            ):
                found.setdefault(address, user)
    return found


def _declared(config: Mapping[str, Any]) -> Iterator[str]:
    for section, prefix in (("resource", ""), ("data", "data.")):
        for type_, named in config.get(section, {}).items():
            yield from (f"{prefix}{type_}.{name}" for name in named)


def _code(config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every piece of Terraform code, and what it stands in."""
    for section in _READ:
        for name, body in config.get(section, {}).items():
            if section not in {"resource", "data"}:
                yield from ((f"{section}.{name}", code) for code in _inside(body))
                continue
            prefix = "" if section == "resource" else "data."
            for each, inner in body.items():
                yield from ((f"{prefix}{name}.{each}", code) for code in _inside(inner))


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if code := parse(value).code:
            yield code
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key != "//":
                yield from (_strings(item) if key in _BARE else _inside(item))
    elif isinstance(value, list):
        for item in value:
            yield from _inside(item)


def _strings(value: Any) -> Iterator[str]:
    return (each for each in value if isinstance(each, str)) if isinstance(value, list) else _inside(value)
