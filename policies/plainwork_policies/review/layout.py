"""A layered layout: each box is in the column after those that it refers to, and near them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_LEAST_COLUMNS, _MOST_COLUMNS = 4, 12
_SWEEPS = 2


def layers(edges: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, int]]:
    """Return column and row of each key of *edges*, which has the keys that it refers to.

    Keys without an edge are below the others, in rows.
    """
    referred = {target for targets in edges.values() for target in targets}
    alone = [key for key, targets in edges.items() if not targets and key not in referred]
    column = _columns(edges)
    columns: dict[int, list[str]] = {}
    for key, number in column.items():
        if key not in alone:
            columns.setdefault(number, []).append(key)
    row = _ordered(columns, edges)
    below = max(map(len, columns.values()), default=0)
    width = max(_LEAST_COLUMNS, len(columns))
    found = {key: (column[key], row[key]) for key in edges if key in row}
    return found | {key: (index % width, below + index // width) for index, key in enumerate(alone)}


def _columns(edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the column of each key: after those that it refers to. A circle ends at the last column."""
    column = dict.fromkeys(edges, 0)
    for _ in range(_MOST_COLUMNS):
        before = dict(column)
        for key, targets in edges.items():
            column[key] = max([column[key], *(before[target] + 1 for target in targets)])
        if column == before:
            break
    return column


def _ordered(columns: Mapping[int, list[str]], edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the row of each key: in the order of the mean row of what it refers to, and then of what refers to it."""
    users: dict[str, list[str]] = {}
    for key, targets in edges.items():
        for target in targets:
            users.setdefault(target, []).append(key)
    row = {key: index for keys in columns.values() for index, key in enumerate(keys)}
    for _ in range(_SWEEPS):
        for near, order in ((edges, sorted(columns)), (users, sorted(columns, reverse=True))):
            for number in order:
                keys = sorted(columns[number], key=lambda key: (_mean(near.get(key, ()), row, row[key]), row[key]))
                row |= {key: index for index, key in enumerate(keys)}
    return row


def _mean(near: Sequence[str], row: Mapping[str, int], default: int) -> float:
    rows = [row[key] for key in near if key in row]
    return sum(rows) / len(rows) if rows else default
