"""The blocks of a synthesized stack, in Terraform's JSON syntax, and the strings in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

_BARE = frozenset({"depends_on", "replace_triggered_by"})
_BARE_IN = {"action_trigger": frozenset({"actions"})}
_PREFIX = {"resource": "", "data": "data.", "ephemeral": "ephemeral.", "action": "action."}
KINDS = ("data", "ephemeral", "action")
"""The first names of the addresses of three names."""

_NAMED = {"output": "output.", "locals": "local.", "module": "module.", "provider": "provider.", "check": "check."}


def resources(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the address and the body of each resource, data source, ephemeral resource and action."""
    for section, prefix in _PREFIX.items():
        for type_, blocks in config.get(section, {}).items():
            yield from ((f"{prefix}{type_}.{name}", body) for name, body in blocks.items())


def named(config: Mapping[str, Any], section: str) -> Iterator[tuple[str, Any]]:
    """Yield the address and the body of each output, local value, module call, provider or check."""
    for name, body in config.get(section, {}).items():
        bodies = body if section == "provider" and isinstance(body, list) else [body]
        yield from ((f"{_NAMED[section]}{name}", one) for one in bodies)


def scoped_data(config: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield the address of each check, with the address and the body of its data source."""
    for check, body in named(config, "check"):
        yield from ((check, address, data) for address, data in resources({"data": body.get("data", {})}))


def blocks(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the address and the body of each block that can contain a reference."""
    yield from resources(config)
    for section in _NAMED:
        yield from named(config, section)


def strings(body: Any, bare: Set[str] = _BARE) -> Iterator[str]:
    """Yield each string in *body* that can contain a reference, as a template."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, Mapping):
        for key, item in body.items():
            if key != "//":
                inside = strings(item, _BARE_IN.get(key, bare))
                yield from (f"${{{text}}}" if key in bare else text for text in inside)
    elif isinstance(body, list):
        for item in body:
            yield from strings(item, bare)
