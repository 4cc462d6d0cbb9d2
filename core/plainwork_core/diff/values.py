"""Compares two values of arguments."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from plainwork_core.diff.difference import Difference, Path
from plainwork_core.diff.documents import decoded, document_of
from plainwork_core.diff.pairs import Pair, form, pairs
from plainwork_core.model.conversion import as_string
from plainwork_core.model.values import PartialMap, Unknown, Value

_MOST_LINES = 4_000
"""Lines of a text of which a diff is made; longer ones are only told to differ."""
_CONTEXT = 1
_NAMES = frozenset(("Sid", "sid", "name", "Name"))
"""Arguments that name a block also if it is the only one of its list."""


def differences(before: Value, after: Value, path: Path = ()) -> Iterator[Difference]:
    """Yield what differs between *before* and *after*, in the order of *after*.

    A value that is null, empty or absent is the same. Members of lists have no index: a value is added or removed, a
    block is paired with the one of the same key. Strings that are JSON are compared as JSON, policies by statement, and
    texts by line. Of what is known only later, the `Unknown` is *after*.
    """
    if _is_empty(before) and _is_empty(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in {**after, **before}:
            yield from differences(before.get(name), after.get(name), (*path, str(name)))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, path)
    elif form(before) != form(after):
        yield from _of_others(before, after, path)


def _of_others(before: Value, after: Value, path: Path) -> Iterator[Difference]:
    documents = document_of(before), document_of(after)
    if type(documents[0]) is type(documents[1]) and documents[0] is not None:
        yield from differences(*documents, path)
    elif _is_empty(before):
        yield Difference("added", path, None, _shown(after, documents[1]))
    elif _is_empty(after):
        yield Difference("removed", path, _shown(before, documents[0]))
    elif isinstance(before, str) and isinstance(after, str):
        yield from _of_texts(before, after, path)
    elif isinstance(after, PartialMap) or as_string(before) is None or as_string(before) != as_string(after):
        yield Difference("changed", path, _shown(before, documents[0]), _shown(after, documents[1]))


def _of_texts(before: str, after: str, path: Path) -> Iterator[Difference]:
    old, new = decoded(before), decoded(after)
    if old is not None and new is not None:
        before, after, path = old, new, (*path, "[decoded]")
    if "\n" not in before and "\n" not in after:
        yield Difference("changed", path, before, after)
        return
    old_lines, new_lines = before.splitlines(), after.splitlines()
    is_long = max(len(old_lines), len(new_lines)) > _MOST_LINES
    changed = () if is_long else tuple(difflib.unified_diff(old_lines, new_lines, lineterm="", n=_CONTEXT))[2:]
    yield Difference("changed", path, before, after, changed)


def _of_lists(before: Sequence[Value], after: Sequence[Value], path: Path) -> Iterator[Difference]:
    if all(isinstance(member, Mapping) for member in (*before, *after)):
        found = pairs(before, after)
        for pair in found:
            yield from _of_pair(pair, path, is_only=len(before) <= 1 and len(after) <= 1)
        if not found and form(before) != form(after):
            yield Difference("reordered", path, before, after)
        return
    old, new = Counter(map(form, before)), Counter(map(form, after))
    removed, added = _members(before, old - new), _members(after, new - old)
    if len(before) == len(after) == len(removed) == len(added) == 1:
        yield from differences(removed[0], added[0], path)
        return
    yield from (Difference("removed", path, member) for member in removed)
    yield from (Difference("added", path, None, member) for member in added)
    if not removed and not added and form(before) != form(after):
        yield Difference("reordered", path, before, after)


def _of_pair(pair: Pair, path: Path, *, is_only: bool) -> Iterator[Difference]:
    block = pair.after or pair.before or {}
    is_named = bool(pair.label) and not (is_only and not _NAMES.intersection(block))
    here = path if not is_named else (*path, f"[{pair.label}]")
    if pair.before is None:
        yield Difference("added", here, None, pair.after)
    elif pair.after is None:
        yield Difference("removed", here, pair.before)
    else:
        yield from differences(pair.before, pair.after, here)


def _members(members: Sequence[Value], wanted: Counter[str]) -> list[Value]:
    left, found = Counter(wanted), []
    for member in members:
        key = form(member)
        if left[key]:
            left[key] -= 1
            found.append(member)
    return found


def _shown(value: Value, document: Value) -> Value:
    return value if document is None or isinstance(value, Unknown) else document


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, (str, list, dict)) and not value)
