"""The blocks of a synthesized stack, in Terraform's JSON syntax, and the strings in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_BARE = {"depends_on", "replace_triggered_by"}
_PREFIX = {"resource": "", "data": "data."}
_NAMED = {"output": "output.", "locals": "local.", "module": "module.", "provider": "provider."}


def resources(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the address and the body of each resource and data source."""
    for section, prefix in _PREFIX.items():
        for type_, blocks in config.get(section, {}).items():
            yield from ((f"{prefix}{type_}.{name}", body) for name, body in blocks.items())


def named(config: Mapping[str, Any], section: str) -> Iterator[tuple[str, Any]]:
    """Yield the address and the body of each output, local value, module call or provider."""
    yield from ((f"{_NAMED[section]}{name}", body) for name, body in config.get(section, {}).items())


def blocks(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the address and the body of each block that can contain a reference."""
    yield from resources(config)
    for section in _NAMED:
        yield from named(config, section)


def strings(body: Any) -> Iterator[str]:
    """Yield each string in *body* that can contain a reference, as a template."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, Mapping):
        for key, item in body.items():
            if key != "//":
                yield from (f"${{{text}}}" if key in _BARE else text for text in strings(item))
    elif isinstance(body, list):
        for item in body:
            yield from strings(item)
