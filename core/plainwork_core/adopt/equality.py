"""Whether two documents are the same configuration, whatever the order of blocks, arguments and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.hcl.json_form import to_json
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import parse
from plainwork_core.hcl.write import render
from plainwork_core.python_source.elements import elements
from plainwork_core.python_source.settings import settings

_UNLABELLED = ("moved", "import", "removed")
_WITH_NULLS = ("variable", "locals", "output")
"""Blocks in which a null is a value; in all others it is an argument that is not set."""


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Return the address of each block that only one of two documents has, or that is another one in them."""
    left, right = blocks(first), blocks(second)
    return [address for address in {**left, **right} if left.get(address) != right.get(address)]


def blocks(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return each block by its address, as its HCL is read."""
    return dict(_blocks(to_json(parse(render(document)))))


def _blocks(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    own = settings(document)
    implied = {name: {"source": f"hashicorp/{name}"} for name in own.required_providers}
    required = {name: entry for name, entry in own.required_providers.items() if entry != implied[name]}
    yield "terraform", (own.required_version, required, own.backends, own.others)
    for kind in LANGUAGE:
        if kind in _UNLABELLED:
            yield kind, sorted((element.body for element in elements(document, kind)), key=str)
        elif kind not in ("terraform", "language"):
            yield from ((element.address, _body(kind, element.body)) for element in elements(document, kind))


def _body(kind: str, body: Any) -> Any:
    """Return a body without what is the same if it is absent, and without what is compared with the settings."""
    if kind == "provider":
        body = {name: value for name, value in body.items() if name != "version"}
    return body if kind in _WITH_NULLS else _without_nulls(body)


def _without_nulls(value: Any) -> Any:
    match value:
        case Mapping():
            return {name: _without_nulls(item) for name, item in value.items() if item is not None}
        case list():
            return [_without_nulls(item) for item in value]
    return value
