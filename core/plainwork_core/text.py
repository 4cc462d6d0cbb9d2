"""Words in messages, and messages in outputs."""

from __future__ import annotations

from collections.abc import Iterable

_MAX_NAMES = 5


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


def clean_lines(text: str) -> str:
    """Escape control characters in *text*, and keep its lines."""
    return "\n".join(map(clean, text.split("\n")))


def listed(noun: str, names: Iterable[str]) -> str:
    """Return the number of *names* with *noun*, and the first of them: `2 resources (aws_vpc.a, aws_vpc.b)`."""
    unique = list(dict.fromkeys(names))
    shown = ", ".join(unique[:_MAX_NAMES])
    more = f" and {len(unique) - _MAX_NAMES} more" if len(unique) > _MAX_NAMES else ""
    return f"{len(unique)} {noun}{'s' if len(unique) > 1 else ''} ({shown}{more})"


def count(number: int, noun: str) -> str:
    """Return *number* with *noun* in the singular or plural."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
