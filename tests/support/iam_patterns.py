"""Which pattern covers which: an oracle for the reasoning about IAM wildcards, by walking both patterns at once."""

from __future__ import annotations

from collections.abc import Iterator

_OTHER = "\0"  # represents every character that neither pattern contains


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
