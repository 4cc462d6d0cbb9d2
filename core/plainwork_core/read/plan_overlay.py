"""Lays the values of a plan over those of its HCL: the plan's where it has one, otherwise what the HCL shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from plainwork_core.model.conversion import as_string
from plainwork_core.model.values import JsonText, PartialMap, PartialString, Unknown, Value, members_of, unknowns

_ADVICE = re.compile(r"; check [^;]*\ba plan\b")
_MOST_BLOCKS = 100
"""Nested blocks in a list that are compared with each other."""


def overlaid(planned: Value, written: Value) -> Value:
    """Return the value of an argument: *planned*, with the parts that only *written* has.

    Args:
        planned: of a plan.
        written: of the HCL, evaluated with the variables of the plan.
    """
    if isinstance(planned, Unknown):
        return planned if planned.is_computed or _shows_nothing(written) else _without_advice(written)
    if isinstance(planned, Mapping):
        members = members_of(written)
        return {name: overlaid(part, members.get(name)) for name, part in planned.items()}
    if isinstance(planned, list) and isinstance(written, list) and len(planned) == len(written):
        return _list(planned, written)
    return planned


def placed(lines: Mapping[str, int], planned: Value, written: Value) -> dict[str, int]:
    """Return *lines*, by the path of an argument in *written*, by its path in *planned*.

    Terraform sorts the nested blocks of a set. A path through blocks that cannot be told apart is omitted.
    """
    pairing = _Pairing()
    moved = {path: _moved(path.split("."), planned, written, pairing) for path in lines}
    return {path: lines[before] for before, path in moved.items() if path is not None}


class _Pairing:
    """The order of lists of nested blocks, each found once."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], list[int] | None] = {}

    def index(self, planned: list[Value], written: list[Value], at: int) -> int | None:
        """Return the index in *planned* of the member of *written* *at* an index."""
        if not all(map(_is_map, planned)):
            return at if at < len(planned) else None
        key = id(planned), id(written)
        if key not in self._found:
            self._found[key] = _paired(planned, written)
        order = self._found[key]
        return order.index(at) if order and at in order else None


def _moved(steps: list[str], planned: Value, written: Value, pairing: _Pairing) -> str | None:
    path: list[str] = []
    for step in steps:
        if isinstance(planned, list) and isinstance(written, list) and step.isdigit():
            index = pairing.index(planned, written, int(step))
            if index is None:
                return None
            path.append(str(index))
            planned, written = planned[index], written[int(step)]
        else:
            path.append(step)
            planned, written = _member(planned, step), _member(written, step)
    return ".".join(path)


def _member(value: Value, name: str) -> Value:
    return value.get(name) if isinstance(value, Mapping) else None


def _is_map(value: Value) -> bool:
    return isinstance(value, Mapping)


def _list(planned: list[Value], written: list[Value]) -> list[Value]:
    if not any(True for _ in unknowns(planned)):
        return planned
    if all(map(_is_map, planned)):
        order = _paired(planned, written)
        return (
            planned if order is None else [overlaid(one, written[at]) for one, at in zip(planned, order, strict=True)]
        )
    known = [member for member in planned if not isinstance(member, Unknown)]
    are_texts = all(isinstance(member, str) for member in known)
    return _without_advice(written) if are_texts and all(member in written for member in known) else planned


def _paired(planned: Sequence[Value], written: Sequence[Value]) -> list[int] | None:
    """Return for each nested block of *planned* the index of the only one of *written* that may be the same."""
    if not len(planned) == len(written) <= _MOST_BLOCKS:
        return None
    found = [[index for index, block in enumerate(written) if _agree(one, block)] for one in planned]
    order = [indices[0] for indices in found if len(indices) == 1]
    return order if len(set(order)) == len(planned) else None


def _agree(planned: Value, written: Value) -> bool:
    """Return whether the two may be one value: they have no known part that differs."""
    if isinstance(planned, Unknown) or written is None:
        return True
    if isinstance(written, Unknown):
        return not isinstance(written, PartialMap) or isinstance(planned, Mapping)
    if isinstance(planned, Mapping) and isinstance(written, Mapping):
        return all(_agree(planned[name], part) for name, part in written.items() if name in planned)
    if isinstance(planned, list) or isinstance(written, list):
        return _count(planned) == _count(written)
    return as_string(planned) == as_string(written)


def _count(value: Value) -> int:
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else 1


def _shows_nothing(written: Value) -> bool:
    return written is None or type(written) is Unknown


def _without_advice(value: Value) -> Value:
    """Return *value* without the advice to check a plan in the reasons of its unknown parts."""
    if isinstance(value, Mapping):
        return {name: _without_advice(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_without_advice(member) for member in value]
    return _reason_without_advice(value) if isinstance(value, Unknown) else value


def _reason_without_advice(value: Unknown) -> Unknown:
    reason = _ADVICE.sub("", value.reason)
    if isinstance(value, PartialString):
        return replace(value, reason=reason, parts=tuple(map(_without_advice, value.parts)))
    if isinstance(value, JsonText):
        return replace(value, reason=reason, document=_without_advice(value.document))
    if isinstance(value, PartialMap):
        others = tuple((_without_advice(key), _without_advice(member)) for key, member in value.others)
        return replace(value, reason=reason, members=_without_advice(value.members), others=others)
    return replace(value, reason=reason)
