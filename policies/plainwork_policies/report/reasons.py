"""The reasons why results are not evaluated, without what differs from subject to subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plainwork_policies.report import Row

HOLE = "`…`"
_SEPARATOR = "; "
_ADVICE = "a plan"
_WORD = re.compile(r"`[^`]+`|(?<![`\w.])(?:(?:module|data|provider|local|var)\.|aws_\w+\.)[\w.\[\]\"/-]*[\w\]]")
"""What may differ: what is quoted, and an address."""

_Clause = tuple[str, tuple[str, ...]]


def form(row: Row) -> tuple[str, ...]:
    """Return the clauses of the reason of *row*, each once, with `HOLE` for each word that may differ.

    Of equal clauses the last one stays: "check a plan" is at the end.
    """
    return _once([clause for clause, _ in _clauses(row)])


def is_in_a_plan(row: Row) -> bool:
    """Return whether the reason of *row* ends with the advice to check a plan, which contains the value."""
    return form(row)[-1].endswith(_ADVICE)


def without_advice(reason: str) -> str:
    """Return *reason* without a last clause with the advice to check a plan."""
    clauses = reason.split(_SEPARATOR)
    return _SEPARATOR.join(clauses[:-1] if clauses[-1].endswith(_ADVICE) else clauses)


def common_reason(rows: Sequence[Row]) -> str:
    """Return the reason of *rows*, which have one form: with the words that all have, and `HOLE` for the others."""
    if len(rows) == 1:
        return _SEPARATOR.join(_once(rows[0].finding.message.split(_SEPARATOR)))
    common = _common(rows)
    return _SEPARATOR.join(_filled(clause, common[clause]) for clause in form(rows[0]))


def differences(row: Row, rows: Sequence[Row]) -> str:
    """Return the words of the reason of *row* that `common_reason` of *rows* does not have."""
    common = _common(rows)
    found = (
        word
        for clause, words in _clauses(row)
        for word, shared in zip(words, common[clause], strict=True)
        if shared is None and word != row.address
    )
    return ", ".join(dict.fromkeys(found))


def _once(clauses: Sequence[str]) -> tuple[str, ...]:
    return tuple(reversed(dict.fromkeys(reversed(clauses))))


def _common(rows: Sequence[Row]) -> dict[str, tuple[str | None, ...]]:
    """Return the words of each clause; `None` for one that differs."""
    found: dict[str, tuple[str | None, ...]] = {}
    for clause, words in (pair for row in rows for pair in _clauses(row)):
        known = found.setdefault(clause, words)
        found[clause] = tuple(word if word == other else None for word, other in zip(words, known, strict=True))
    return found


def _clauses(row: Row) -> Iterator[_Clause]:
    """Yield the clauses of the reason of *row* with holes, and the words that are in the holes."""
    for clause in row.finding.message.replace(f"`{row.address}`", "the resource").split(_SEPARATOR):
        yield _WORD.sub(HOLE, clause), tuple(_WORD.findall(clause))


def _filled(clause: str, words: Sequence[str | None]) -> str:
    parts = clause.split(HOLE)
    return "".join(f"{part}{word or HOLE}" for part, word in zip(parts, words, strict=False)) + parts[-1]
