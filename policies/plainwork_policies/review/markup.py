"""HTML and SVG as text: what is not `Markup` is escaped, so that no name or value of a plan becomes an element."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from plainwork_core.text import clean

_VOID = frozenset(("meta", "input", "br", "wbr", "hr"))


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Iterable["str | Markup | None"] | None


def tag(name: str, /, *content: Content, **attributes: str | float | bool | None) -> Markup:
    """Return an element.

    Args:
        name: of the element.
        content: texts, which are escaped, elements, and sequences of these; `None` is nothing.
        attributes: `class_` is `class`, and `data_level` is `data-level`; true is an attribute without a value, and
            false and `None` are none.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is not None and value is not False:
            label = key.rstrip("_").replace("_", "-")
            parts.append(label if value is True else f'{label}="{_escaped(str(value))}"')
    start = f"<{' '.join(parts)}>"
    return Markup(start if name in _VOID else f"{start}{''.join(map(_written, content))}</{name}>")


def joined(parts: Iterable[Markup]) -> Markup:
    """Return elements one after the other."""
    return Markup("".join(parts))


def prose(text: str) -> Markup:
    """Return a sentence: what is in backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return Markup(_escaped(text))
    return joined(
        tag("code", part) if index % 2 else Markup(_escaped(part)) for index, part in enumerate(parts) if part
    )


def _written(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return content if isinstance(content, Markup) else _escaped(content)
    return "".join(map(_written, content))


def _escaped(text: str) -> str:
    """Return *text* as text, with control characters and those that change the direction of writing as escapes."""
    return escape("\n".join(map(clean, text.split("\n"))))
