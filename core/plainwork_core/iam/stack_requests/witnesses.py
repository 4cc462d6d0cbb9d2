"""A text that two patterns match, with unknown parts in them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from plainwork_core.iam.overlap import overlap
from plainwork_core.iam.statement import Text
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.wildcards import matches

_SAMPLE = "x"
_FIRST_TOKEN = 0xE000  # the private use area of Unicode


def witness(pattern: Text, other: Text) -> Text | None:
    """Return a text that *pattern* and *other* match; `None` if no text does.

    A part that is unknown is the same text as another with the same reference only.
    """
    encoding: dict[str, Unknown] = {}
    mine, theirs = _encoded(pattern, encoding), _encoded(other, encoding)
    if matches(mine, theirs):
        found: str | None = _sample(theirs)
    elif matches(theirs, mine):
        found = _sample(mine)
    else:
        found = _common(mine, theirs) if overlap(mine, theirs) else None
    return None if found is None else _decoded(found, encoding)


def _sample(pattern: str) -> str:
    return pattern.replace("*", _SAMPLE).replace("?", _SAMPLE)


def _encoded(text: Text, encoding: dict[str, Unknown]) -> str:
    return "".join(part if isinstance(part, str) else _token(part, encoding) for part in _parts(text))


def _token(part: Unknown, encoding: dict[str, Unknown]) -> str:
    known = (token for token, other in encoding.items() if other.references == part.references != ())
    token = next(known, chr(_FIRST_TOKEN + len(encoding)))
    encoding[token] = part
    return token


def _decoded(text: str, encoding: dict[str, Unknown]) -> Text:
    parts: list[Text] = [""]
    for letter in text:
        part = encoding.get(letter, letter)
        if isinstance(part, str) and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return _joined([part for part in parts if part != ""])


def _joined(parts: list[Text]) -> Text:
    if len(parts) < 2:  # noqa: PLR2004  no parts, or one
        return next(iter(parts), "")
    unknown = next(part for part in parts if isinstance(part, Unknown))
    return PartialString(unknown.reason, unknown.references, parts=tuple(parts))


def _parts(text: Text) -> Iterable[str | Unknown]:
    return text.parts if isinstance(text, PartialString) else (text,)


def _common(one: str, other: str) -> str | None:
    """Return a shortest text that both patterns match, by a search over the positions in both."""
    start = (0, 0)
    before: dict[tuple[int, int], tuple[tuple[int, int], str]] = {start: (start, "")}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        if at == (len(one), len(other)):
            return _path(before, at)
        for following, letter in _steps(one, other, *at):
            if following not in before:
                before[following] = (at, letter)
                queue.append(following)
    return None


def _steps(one: str, other: str, left: int, right: int) -> Iterable[tuple[tuple[int, int], str]]:
    """Yield the next positions, with the letter that leads to them."""
    mine, theirs = one[left : left + 1], other[right : right + 1]
    if mine == "*":
        yield (left + 1, right), ""
    if theirs == "*":
        yield (left, right + 1), ""
    if not mine or not theirs or (mine == theirs == "*"):
        return
    if mine == "*":
        yield (left, right + 1), _letter(theirs)
    elif theirs == "*":
        yield (left + 1, right), _letter(mine)
    elif mine == theirs or "?" in (mine, theirs):
        yield (left + 1, right + 1), _letter(theirs if mine == "?" else mine)


def _letter(pattern: str) -> str:
    return _SAMPLE if pattern == "?" else pattern


def _path(before: dict[tuple[int, int], tuple[tuple[int, int], str]], at: tuple[int, int]) -> str:
    letters = []
    while at != (0, 0):
        at, letter = before[at]
        letters.append(letter)
    return "".join(reversed(letters))
