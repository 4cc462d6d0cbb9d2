"""Snapshot and maintenance windows, and the retention of snapshots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.valkey.engine import Eviction
from plainwork_core.aws.elasticache import MAX_SNAPSHOT_RETENTION_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_PER_DAY, _MINUTES_PER_WEEK, _MIN_WINDOW_MINUTES = 24 * 60, 7 * 24 * 60, 60
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_CLOCK = re.compile(_TIME)
_DAILY = re.compile(rf"({_TIME})-({_TIME})")
_WEEKLY = re.compile(rf"({'|'.join(_DAYS)}):({_TIME})-({'|'.join(_DAYS)}):({_TIME})")


def snapshot_retention_problems(days: Any, eviction: Any) -> Iterator[str]:
    """Yield the problems of `snapshot_retention_limit`; a store needs snapshots."""
    yield from scalars.whole_number_problems("snapshot_retention_limit", days, 0, MAX_SNAPSHOT_RETENTION_DAYS)
    if days == 0 and eviction is Eviction.STORE:
        yield (
            "snapshot_retention_limit must be at least 1 with Eviction.STORE, because its keys can be restored only "
            "from a snapshot: got 0"
        )


def snapshot_time_problems(time: Any, days: Any) -> Iterator[str]:
    """Yield the problems of `daily_snapshot_time`, which is set exactly where snapshots are kept."""
    if days == 0:
        if time is not None:
            yield f"daily_snapshot_time must not be set while snapshot_retention_limit is 0: got {time!r}"
    elif not scalars.is_reference(time) and not _CLOCK.fullmatch(str(time)):
        yield f"daily_snapshot_time must be a time in UTC from 00:00 to 23:59, as '03:00': got {time!r}"


def window_problems(snapshot_window: Any, maintenance_window: Any) -> Iterator[str]:
    """Yield the problems of both windows: form, length of at least 60 minutes, overlap.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    """
    problems = [
        *_form_problems("snapshot_window", snapshot_window, _DAILY, "03:00-04:00"),
        *_form_problems("maintenance_window", maintenance_window, _WEEKLY, "sun:04:00-sun:05:00"),
    ]
    yield from problems
    if problems or scalars.is_reference(snapshot_window) or scalars.is_reference(maintenance_window):
        return
    daily, weekly = _daily_minutes(snapshot_window), _weekly_minutes(maintenance_window)
    for name, value, (begin, end) in (
        ("snapshot_window", snapshot_window, daily),
        ("maintenance_window", maintenance_window, weekly),
    ):
        if end - begin < _MIN_WINDOW_MINUTES:
            yield f"{name} must be at least an hour long: got {value!r}"
    if _overlap(daily, weekly):
        yield (
            f"snapshot_window and maintenance_window must not overlap: got {snapshot_window!r} and "
            f"{maintenance_window!r}"
        )


def _form_problems(name: str, value: Any, form: re.Pattern[str], example: str) -> Iterator[str]:
    if not scalars.is_reference(value) and not form.fullmatch(str(value)):
        yield f"{name} must be a range of times in UTC, as {example!r}: got {value!r}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _daily_minutes(window: str) -> tuple[int, int]:
    begin, end = map(_minutes, window.split("-"))
    return begin, end if end > begin else end + _MINUTES_PER_DAY


def _weekly_minutes(window: str) -> tuple[int, int]:
    begin, end = (_DAYS.index(moment[:3]) * _MINUTES_PER_DAY + _minutes(moment[4:]) for moment in window.split("-"))
    return begin, end if end > begin else end + _MINUTES_PER_WEEK


def _overlap(daily: tuple[int, int], weekly: tuple[int, int]) -> bool:
    """Return whether a daily window overlaps a weekly one, which may extend into the next week."""
    days = range(-_MINUTES_PER_DAY, 2 * _MINUTES_PER_WEEK, _MINUTES_PER_DAY)
    return any(day + daily[0] < weekly[1] and weekly[0] < day + daily[1] for day in days)
