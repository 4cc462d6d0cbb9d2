"""Functions on strings of which parts are unknown: what holds whatever those parts are."""

from __future__ import annotations

from collections.abc import Callable

from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.gaps import Part, joined_or_only
from plainwork_core.hcl.read.signature import Function, any_value
from plainwork_core.model.values import PartialString, Unknown, Value, merged


def by_character(change: Callable[[str], str]) -> Function:
    """Return the function that changes each character by itself, so the known parts of a string are known."""

    def call(text: Value) -> Value:
        if isinstance(text, PartialString):
            return with_known(text, change)
        return merged([text]) if isinstance(text, Unknown) else change(to_text(text))

    return Function(call, (any_value,), whole=True)


def with_known(text: PartialString, change: Callable[[str], str]) -> Value:
    """Return *text* with its known parts changed."""
    return joined_or_only([change(part) if isinstance(part, str) else merged([part]) for part in text.parts])


def tested(is_true: Callable[[str, str], bool], decide: Callable[[list[Part], str], bool | None]) -> Function:
    """Return the function that tests a string for a part of it.

    Args:
        is_true: the test of a known string.
        decide: the test of the parts of a string; `None` where it depends on unknown ones.
    """

    def call(text: Value, part: Value) -> Value:
        hidden = [value for value in (text, part) if isinstance(value, Unknown)]
        if not hidden:
            return is_true(to_text(text), to_text(part))
        found = (
            decide(list(text.parts), to_text(part)) if isinstance(text, PartialString) and len(hidden) == 1 else None
        )
        return merged(hidden) if found is None else found

    return Function(call, (any_value, any_value), whole=True)


def starts(parts: list[Part], prefix: str) -> bool | None:
    """Return whether a string starts with *prefix*."""
    first = parts[0]
    if not isinstance(first, str):
        return None
    return first.startswith(prefix) or (None if prefix.startswith(first) else False)


def ends(parts: list[Part], suffix: str) -> bool | None:
    """Return whether a string ends with *suffix*."""
    last = parts[-1]
    if not isinstance(last, str):
        return None
    return last.endswith(suffix) or (None if suffix.endswith(last) else False)


def has(parts: list[Part], text: str) -> bool | None:
    """Return whether a string contains *text*."""
    return True if any(isinstance(part, str) and text in part for part in parts) else None


def trimmed(
    cut: Callable[[str, str], str], decide: Callable[[list[Part], str], bool | None], position: int
) -> Function:
    """Return the function that removes a prefix or a suffix.

    Args:
        cut: removes it from a known string.
        decide: whether a string has it.
        position: of the part that it is removed from.
    """

    def call(text: Value, affix: Value) -> Value:
        hidden = [value for value in (text, affix) if isinstance(value, Unknown)]
        if not hidden:
            return cut(to_text(text), to_text(affix))
        if not isinstance(text, PartialString) or len(hidden) > 1:
            return merged(hidden)
        has_it = decide(list(text.parts), to_text(affix))
        if not has_it:
            return merged(hidden) if has_it is None else text
        parts = list(text.parts)
        parts[position] = cut(str(parts[position]), to_text(affix))
        return joined_or_only(parts)

    return Function(call, (any_value, any_value), whole=True)
