"""Whether one value allows more than another: lists of names and of patterns with `*` and `?`."""

from __future__ import annotations

from typing import Any

from plainwork_core.wildcards import matches


def is_wider(value: Any, other: Any) -> bool:
    """Return whether *value* has all that *other* has, and more. Values other than strings and lists are not wider."""
    wide, narrow = _patterns(value), _patterns(other)
    return bool(wide and narrow) and _covers(wide, narrow) and not _covers(narrow, wide)


def _patterns(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return found if all(isinstance(member, str) for member in found) else []


def _covers(patterns: list[str], texts: list[str]) -> bool:
    return all(any(_covers_one(pattern, text) for pattern in patterns) for text in texts)


def _covers_one(pattern: str, text: str) -> bool:
    """Return whether each text that *text* matches is one that *pattern* matches."""
    if "?" in pattern and "*" in text:
        return pattern == text
    return matches(pattern, text)
