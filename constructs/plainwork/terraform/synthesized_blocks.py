"""The blocks of a synthesized stack, in Terraform's JSON syntax, and the strings in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.expressions import ScannedString, scan

_BARE = frozenset({"depends_on", "replace_triggered_by"})
_BARE_IN = {"action_trigger": frozenset({"actions"})}
_PREFIX = {"resource": "", "data": "data.", "ephemeral": "ephemeral.", "action": "action."}
_OBJECTS = (dict, Mapping)  # a dict is recognized at once
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


@frozen(slots=True)
class Block:
    """A block that can contain a reference.

    Attributes:
        address: of the block, such as `aws_s3_bucket.logs` or `output.bucket`.
        body: its content in Terraform's JSON syntax.
        templates: the strings in it that interpolate, as Terraform reads them, by their text.
    """

    address: str
    body: Any
    templates: Mapping[str, ScannedString]


def blocks(config: Mapping[str, Any]) -> list[Block]:
    """Return each block that can contain a reference; every string is read once."""
    found = [*resources(config), *(block for section in _NAMED for block in named(config, section))]
    return [Block(address, body, templates(strings(body))) for address, body in found]


def templates(texts: Iterable[str]) -> dict[str, ScannedString]:
    """Return the strings that interpolate, as Terraform reads them, by their text."""
    return {text: scanned for text in texts if (scanned := scan(text)).interpolates}


def strings(body: Any, bare: Set[str] = _BARE) -> list[str]:
    """Return each string in *body* that can contain a reference, as a template."""
    found: list[str] = []
    _collect(body, bare, found)
    return found


def _collect(body: Any, bare: Set[str], found: list[str]) -> None:
    if isinstance(body, str):
        found.append(body)
    elif isinstance(body, _OBJECTS):
        for key, item in body.items():
            if key in bare:
                found += [f"${{{text}}}" for text in strings(item, _BARE_IN.get(key, bare))]
            elif key != "//":
                _collect(item, _BARE_IN.get(key, bare), found)
    elif isinstance(body, list):
        for item in body:
            _collect(item, bare, found)
