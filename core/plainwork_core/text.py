"""Words in messages, and messages in outputs."""

from __future__ import annotations

from collections.abc import Iterable


def enumeration(words: Iterable[object], conjunction: str = "and", *, mark: str = "`") -> str:
    """Return *words* as an enumeration: `` `a`, `b` and `c` ``.

    Args:
        words: the enumerated words, in order.
        conjunction: the word before the last one.
        mark: what is on either side of each word; empty for plain words.
    """
    *others, last = [f"{mark}{word}{mark}" for word in words] or [""]
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def clean(text: str) -> str:
    """Escape control characters: a value in an input may contain line ends and escape sequences."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
