"""The entries of the text report: failures by statement and message, and what is not evaluated by reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location
from plainwork_policies.engine.finding import SEVERITIES
from plainwork_policies.report import Row
from plainwork_policies.report.foreign_modules import ForeignModule

_STATEMENT = re.compile(r".*\b[Ss]tatement(?:\.\d+)?(?=\.|$)")
_QUOTED = re.compile(r"`[^`]+`")
_ADDRESS = re.compile(r"(?<![`\w.])(?:(?:module|data|provider|local|var)\.|aws_\w+\.)[\w.\[\]\"/-]*[\w\]]")
HOLE = "`…`"


@frozen()
class Failure:
    """Failures with the same messages.

    Args:
        rows: of the first subject, the most severe first: several if one statement fails several policies.
        subjects: for each subject, a row for each of its places.
        module: the module of others that has the subjects; `None` for the user's own code.
    """

    rows: tuple[Row, ...]
    subjects: tuple[tuple[Row, ...], ...]
    module: ForeignModule | None = None

    @property
    def policies(self) -> tuple[str, ...]:
        """The slugs of the policies that fail."""
        return tuple(dict.fromkeys(row.policy.slug for row in self.rows))


@frozen()
class Unevaluated:
    """Results that are not evaluated for one reason.

    Args:
        reason: with `HOLE` for each part that differs.
        subjects: for each subject, a row for each of its places.
        policies: their slugs.
    """

    reason: str
    subjects: tuple[tuple[Row, ...], ...]
    policies: tuple[str, ...]

    def details(self, row: Row) -> str:
        """Return the parts of the reason that differ from subject to subject."""
        message = _without_own_address(row)
        parts = (*_QUOTED.findall(message), *_ADDRESS.findall(message)) if HOLE in self.reason else ()
        return ", ".join(dict.fromkeys(parts))


def failures(rows: Iterable[Row]) -> list[Failure]:
    """Return the entries of the failed *rows*: what destroys first, then by severity, then in the order of *rows*."""
    groups: dict[tuple[object, ...], list[tuple[Row, ...]]] = {}
    for together in _by_statement(row for row in rows if row.finding.status == "failed"):
        same = tuple((row.policy.id, row.severity, row.finding.message, row.finding.remedy) for row in together)
        groups.setdefault((same, together[0].destroys, together[0].module), []).append(together)
    entries = [
        Failure(group[0], _subjects(first for first, *_ in group), group[0][0].module) for group in groups.values()
    ]
    return sorted(entries, key=lambda entry: _rank(entry.rows[0]))


def unevaluated(rows: Iterable[Row]) -> list[Unevaluated]:
    """Return the entries of the *rows* that are not evaluated, by reason, that of the most subjects first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.finding.status == "not_evaluated":
            groups.setdefault(_template(row), []).append(row)
    entries = [_unevaluated(template, group) for template, group in groups.items()]
    return sorted(entries, key=lambda entry: -len(entry.subjects))


def _unevaluated(template: str, group: Sequence[Row]) -> Unevaluated:
    messages = {_without_own_address(row) for row in group} if len(group) > 1 else {group[0].finding.message}
    reason = messages.pop() if len(messages) == 1 else template
    return Unevaluated(reason, _subjects(group), tuple(dict.fromkeys(row.policy.slug for row in group)))


def _template(row: Row) -> str:
    """Return the reason without what may differ from subject to subject: its addresses, arguments and values."""
    return _ADDRESS.sub(HOLE, _QUOTED.sub(HOLE, _without_own_address(row)))


def _without_own_address(row: Row) -> str:
    return row.finding.message.replace(f"`{row.address}`", "the resource")


def _by_statement(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of each statement of a subject together, the most severe first, and every other row alone."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for index, row in enumerate(rows):
        statement = _STATEMENT.match(row.finding.path)
        key = (row.stack.source, row.address, statement[0]) if statement else (index,)
        groups.setdefault(key, []).append(row)
    for group in groups.values():
        yield tuple(sorted(group, key=_rank))


def _rank(row: Row) -> tuple[bool, int]:
    return not row.destroys, -SEVERITIES.index(row.severity)


def _subjects(rows: Iterable[Row]) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of each subject together, one for each place."""
    found: dict[tuple[str, str], dict[Location, Row]] = {}
    for row in rows:
        found.setdefault((row.stack.source, row.address), {}).setdefault(row.location, row)
    return tuple(tuple(places.values()) for places in found.values())
