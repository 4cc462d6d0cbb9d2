"""Wildcards of IAM: `*` matches any text, `?` any one character.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html: action names ignore case;
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: ARNs do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

_UNUSED = "\0"


def matches(pattern: str, text: str) -> bool:
    """Return whether *pattern* matches *text*, case included. The caller lowers both if the case is not significant."""
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    return _compiled(pattern).fullmatch(text) is not None


def is_any(pattern: str) -> bool:
    """Return whether *pattern* matches every text that is not empty: `*`, `**` and `?*`."""
    return "*" in pattern and pattern.count("?") <= 1 and not pattern.strip("*?")


def covers(pattern: str, other: str) -> bool:
    """Return whether *pattern* matches each text that *other*, another pattern, matches: `s3:*` covers `s3:Get*`.

    It does if it matches the texts with the shortest and with long parts in place of each `*` of *other*, made of a
    character that no pattern has. A test compares it with all texts of a small alphabet.
    """
    if "*" not in other and "?" not in other:
        return matches(pattern, other)
    each = other.replace("?", _UNUSED)
    return all(matches(pattern, each.replace("*", part)) for part in ("", _UNUSED * (len(pattern) + 1)))


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern as a regular expression that never backtracks into a part that has matched.

    The first place where a part between two `*` matches is as good as any later one. So each part is an atomic group,
    and a match takes time that grows with the text, not with its power of the number of `*`.
    """
    first, *rest = map(_part, re.split(r"\*+", pattern))
    if not rest:
        return re.compile(first, re.DOTALL)
    *middle, last = rest
    return re.compile(f"{first}{''.join(f'(?>.*?{part})' for part in middle)}.*{last}", re.DOTALL)


def _part(text: str) -> str:
    return "".join("." if character == "?" else re.escape(character) for character in text)
