"""The blocks of a document, in the order in which Python creates them: what is referred to comes first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.expressions import scan
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.write.blocks import bodies

COMMENT = "//"
_BARE = {"depends_on", "replace_triggered_by", "actions", "provider", "providers"}
_ADDRESS = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+")
_PREFIX = {"resource": "", "variable": "var.", "locals": "local."}
_PLACED = ("ephemeral", "data", "resource", "action", "module", "locals")
_SETTINGS = ("terraform", "language")
_LONG = ("data", "ephemeral", "action")


@frozen(slots=True)
class Element:
    """A block of the top level, or a local value.

    Attributes:
        kind: the name of its block: `resource`, `locals`.
        labels: the type and the name, or the name.
        body: its content; the value of a local value.
        address: as a reference spells it.
        position: in the order of creation; infinity where that is not known.
    """

    kind: str
    labels: tuple[str, ...]
    body: Any
    address: str
    position: float = math.inf

    @property
    def references(self) -> set[str]:
        """The addresses that its body refers to."""
        return set(_references(self.body, is_bare=False))


def elements(document: Mapping[str, Any], kind: str) -> list[Element]:
    """Return the blocks of a kind, in the order of the document."""
    if kind == "locals":
        values = [pair for _, body in bodies(document.get(kind), 0, kind) for pair in body.items()]
        return [Element(kind, (name,), value, f"local.{name}") for name, value in values if name != COMMENT]
    return [
        Element(kind, labels, body, _address(kind, labels, body), _position(body))
        for labels, body in bodies(document.get(kind), LANGUAGE[kind].labels, kind)
        if COMMENT not in labels
    ]


def all_elements(document: Mapping[str, Any]) -> list[Element]:
    """Return the blocks of all kinds, except those of the settings."""
    return [element for kind in LANGUAGE if kind not in _SETTINGS for element in elements(document, kind)]


def in_order(document: Mapping[str, Any]) -> list[Element]:
    """Return resources, modules and local values so that each follows what it refers to.

    Otherwise the order is that in which they were created, or that of the document. In a circle, the first one in this
    order comes first.
    """
    found = [element for kind in document if kind in _PLACED for element in elements(document, kind)]
    found.sort(key=lambda element: element.position)
    by_address = {element.address: (place, element) for place, element in enumerate(found)}
    done: dict[str, Element] = {}
    for element in found:
        _place(element, by_address, done)
    return list(done.values())


def _place(first: Element, by_address: Mapping[str, tuple[int, Element]], done: dict[str, Element]) -> None:
    """Add an element to *done* after what it refers to, without recursion: a chain of references may be long."""
    entered: set[str] = set()
    waiting = [first]
    while waiting:
        element = waiting[-1]
        if element.address in done or element.address in entered:
            done.setdefault(element.address, element)
            waiting.pop()
            continue
        entered.add(element.address)
        needed = sorted(
            (by_address[address] for address in element.references if address in by_address), key=itemgetter(0)
        )
        waiting += [
            other for _, other in reversed(needed) if other.address not in done and other.address not in entered
        ]


def _address(kind: str, labels: tuple[str, ...], body: Mapping[str, Any]) -> str:
    if kind == "provider":
        return ".".join(("provider", *labels, *filter(None, [body.get("alias")])))
    return f"{_PREFIX.get(kind, f'{kind}.')}{'.'.join(labels)}"


def metadata(body: Any) -> Mapping[str, Any] | None:
    """Return the data that `plainwork.synthesize` adds to a block; None if there is none."""
    comment = body.get(COMMENT) if isinstance(body, Mapping) else None
    own = comment.get("plainwork") if isinstance(comment, Mapping) else None
    return own if isinstance(own, Mapping) else None


def _position(body: Mapping[str, Any]) -> float:
    return float((metadata(body) or {}).get("position", math.inf))


def _references(value: Any, *, is_bare: bool) -> Iterator[str]:
    match value:
        case str():
            names = _names(value) if is_bare else scan(value).references
            yield from (_short(reference) for reference in names)
        case Mapping():
            for name, inner in value.items():
                if name != COMMENT:
                    yield from _references(name, is_bare=False)
                    yield from _references(inner, is_bare=is_bare or name in _BARE)
        case list() | tuple():
            for inner in value:
                yield from _references(inner, is_bare=is_bare)


def _names(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(match.split(".")) for match in _ADDRESS.findall(text))


def _short(names: tuple[str, ...]) -> str:
    """Return the address that the names of a reference begin with."""
    return ".".join(names[: 3 if names[0] in _LONG else 2])
