"""The text of partly unknown values, with `${...}` in place of each unknown part."""

from __future__ import annotations

from plainwork_core.model.values import PartialString, Unknown


def render(text: str | Unknown) -> str | None:
    """Return *text* with `${...}` in place of each unknown part; `None` if all of it is unknown."""
    if isinstance(text, PartialString):
        return "".join(part if isinstance(part, str) else placeholder(part) for part in text.parts)
    return None if isinstance(text, Unknown) else text


def quote(text: str | Unknown) -> str:
    """Return *text* for a message: a placeholder if all of it is unknown."""
    whole = render(text)
    return placeholder(text) if whole is None and isinstance(text, Unknown) else whole or ""


def placeholder(part: Unknown) -> str:
    """Return the placeholder of an unknown part: `${data.aws_partition.current.partition}`, or `${...}`."""
    return f"${{{part.references[0] if len(part.references) == 1 else '...'}}}"
