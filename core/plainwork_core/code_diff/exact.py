"""Tells apart values that `differences` takes for the same: null, empty and absent, and a number and its text.

The state of a resource has all of them alike. A configuration does not: a variable with `default = ""` is optional, and
one without is required; `ingress = []` removes all rules, and an absent `ingress` keeps them. In a resource, null is
absent, and the provider converts numbers and texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from plainwork_core.diff.masking import Expression
from plainwork_core.diff.pairs import form
from plainwork_core.diff.values import differences
from plainwork_core.model.values import Value

_PASSED_ON = ("variable", "local", "output", "module", "variables file")
"""Blocks whose values Terraform passes on as they are."""
_EMPTY: tuple[Value, ...] = ("", [], {})
Arguments = Mapping[str, Value]


def told_apart(before: Arguments, after: Arguments, kind: str) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return the arguments of two versions of a block, with what differs in spite of `differences` as it is written.

    Args:
        before: the arguments in the old version.
        after: those in the new one.
        kind: the type of the block.
    """
    return _Exact(are_passed_on=kind in _PASSED_ON).arguments(before, after)


def is_empty(value: Value) -> bool:
    """Return whether a value of `told_apart` is an empty one, as it is written."""
    return isinstance(value, Expression) and value in map(json.dumps, _EMPTY)


class _Exact:
    """Compares values in one kind of blocks.

    Args:
        are_passed_on: whether Terraform passes them on as they are.
    """

    def __init__(self, *, are_passed_on: bool) -> None:
        self._are_passed_on = are_passed_on

    def arguments(self, before: Arguments, after: Arguments) -> tuple[dict[str, Value], dict[str, Value]]:
        parts = {name: self._member(name, before, after) for name in {**before, **after}}
        return {name: parts[name][0] for name in before}, {name: parts[name][1] for name in after}

    def _member(self, name: str, before: Arguments, after: Arguments) -> tuple[Value, Value]:
        if name in before and name in after:
            return self._values(before[name], after[name])
        return (self._shown(before[name]), None) if name in before else (None, self._shown(after[name]))

    def _values(self, before: Value, after: Value) -> tuple[Value, Value]:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            return self.arguments(before, after)
        if isinstance(before, list) and isinstance(after, list):
            if len(before) != len(after):
                return before, after
            pairs = [self._values(*pair) for pair in zip(before, after, strict=True)]
            return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        if self._is_mistaken(before, after):
            return _written(before), _written(after)
        return self._shown(before), self._shown(after)

    def _shown(self, value: Value) -> Value:
        """Return an empty value as it is written."""
        return _written(value) if value in _EMPTY or (value is None and self._are_passed_on) else value

    def _is_mistaken(self, before: Value, after: Value) -> bool:
        """Return whether two values differ in spite of `differences`."""
        is_text = isinstance(before, str) and isinstance(after, str)
        is_plain = all(value in (None, [], {}) or isinstance(value, str | int | float) for value in (before, after))
        is_telling = self._are_passed_on or before in _EMPTY or after in _EMPTY
        return (
            is_plain
            and not is_text
            and is_telling
            and form(before) != form(after)
            and not any(differences(before, after))
        )


def _written(value: Value) -> Expression:
    return Expression(json.dumps(value, ensure_ascii=False))
