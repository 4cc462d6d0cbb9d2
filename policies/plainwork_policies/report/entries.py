"""The entries of the text report: failures by statement and message, and what is not evaluated by reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location
from plainwork_policies.engine.severity import SEVERITIES
from plainwork_policies.report import Row
from plainwork_policies.report.foreign_modules import ForeignModule
from plainwork_policies.report.reasons import common_reason, differences, form, is_in_a_plan

_STATEMENT = re.compile(r".*\b[Ss]tatement(?:\.\d+)?(?=\.|$)")


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
        rows: the results, whose reasons have one form.
    """

    rows: tuple[Row, ...]

    @property
    def reason(self) -> str:
        """The reason, without what differs from subject to subject."""
        return common_reason(self.rows)

    @cached_property
    def subjects(self) -> tuple[tuple[Row, ...], ...]:
        """For each subject, a row for each of its places."""
        return _subjects(self.rows)

    @property
    def policies(self) -> tuple[str, ...]:
        """The slugs of the policies."""
        return tuple(dict.fromkeys(row.policy.slug for row in self.rows))

    @property
    def is_in_a_plan(self) -> bool:
        """Whether a plan contains the values."""
        return is_in_a_plan(self.rows[0])

    def details(self, row: Row) -> str:
        """Return the part of the reason of *row* that differs from subject to subject."""
        return differences(row, self.rows)


def failures(rows: Iterable[Row]) -> list[Failure]:
    """Return the entries of the failed *rows*: what destroys first, then by severity, then in the order of *rows*."""
    groups: dict[tuple[object, ...], list[tuple[Row, ...]]] = {}
    for together in _by_statement(row for row in rows if row.finding.status == "failed"):
        same = tuple((row.policy.id, row.severity, row.finding.message, row.finding.remedy) for row in together)
        groups.setdefault((same, together[0].destroys, together[0].module), []).append(together)
    entries = [
        Failure(group[0], _subjects(first for first, *_ in group), group[0][0].module) for group in groups.values()
    ]
    return sorted(entries, key=lambda entry: rank(entry.rows[0]))


def unevaluated(rows: Iterable[Row]) -> list[Unevaluated]:
    """Return the entries of the *rows* that are not evaluated, by reason, that of the most subjects first."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row.finding.status == "not_evaluated":
            groups.setdefault(form(row), []).append(row)
    return sorted((Unevaluated(tuple(group)) for group in groups.values()), key=lambda entry: -len(entry.subjects))


def _by_statement(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of each statement of a subject together, the most severe first, and every other row alone."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for index, row in enumerate(rows):
        statement = _STATEMENT.match(row.finding.path)
        key = (row.stack.source, row.address, statement[0]) if statement else (index,)
        groups.setdefault(key, []).append(row)
    for group in groups.values():
        yield tuple(sorted(group, key=rank))


def rank(row: Row) -> tuple[bool, int]:
    """Return the order of a failure: what destroys first, then by severity."""
    return not row.destroys, -SEVERITIES.index(row.severity)


def _subjects(rows: Iterable[Row]) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of each subject together, one for each place."""
    found: dict[tuple[str, str], dict[Location, Row]] = {}
    for row in rows:
        found.setdefault((row.stack.source, row.address), {}).setdefault(row.place, row)
    return tuple(tuple(places.values()) for places in found.values())
