"""IAM wildcards: `*` is any text, `?` any one character. Exact, and proved so by property tests.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html: names of actions ignore case;
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: ARNs do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_OTHER = "\0"  # stands for every character that neither pattern names


def matches(pattern: str, text: str) -> bool:
    """Tell whether *pattern* matches *text* as it stands; fold the case of both where it does not count."""
    return _compiled(pattern).fullmatch(text) is not None


def covers(pattern: str, other: str) -> bool:
    """Tell whether *pattern* matches every text that the pattern *other* matches."""
    alphabet = (set(pattern) | set(other) | {_OTHER}) - {"*", "?"}
    start = (_closure(pattern, {0}), _closure(other, {0}))
    seen, waiting = {start}, [start]
    while waiting:
        mine, theirs = waiting.pop()
        if len(other) in theirs and len(pattern) not in mine:
            return False
        for character in alphabet:
            step = (_step(pattern, mine, character), _step(other, theirs, character))
            if step[1] and step not in seen:
                seen.add(step)
                waiting.append(step)
    return True


def is_any(pattern: str) -> bool:
    """Tell whether *pattern* matches every text that is not empty: `*`, the useless `**`, and `?*`."""
    return "*" in pattern and pattern.count("?") <= 1 and not pattern.strip("*?")


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"*": ".*", "?": "."}
    return re.compile("".join(parts.get(character) or re.escape(character) for character in pattern), re.DOTALL)


def _closure(pattern: str, positions: set[int]) -> frozenset[int]:
    return frozenset(after for position in positions for after in _past_stars(pattern, position))


def _past_stars(pattern: str, position: int) -> Iterator[int]:
    yield position
    while position < len(pattern) and pattern[position] == "*":
        position += 1
        yield position


def _step(pattern: str, positions: frozenset[int], character: str) -> frozenset[int]:
    after = set()
    for position in positions:
        if position < len(pattern) and pattern[position] in ("*", "?", character):
            after.add(position if pattern[position] == "*" else position + 1)
    return _closure(pattern, after)
