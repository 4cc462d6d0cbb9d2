"""Snapshot and maintenance windows, and the retention of snapshots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.valkey.engine import Eviction
from plainwork.windows import daily_window, weekly_window
from plainwork_core.aws.elasticache import MAX_SNAPSHOT_RETENTION_DAYS
from plainwork_core.aws.time_windows import CLOCK, DAILY, WEEKLY, daily_minutes, is_overlap, weekly_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIN_WINDOW_MINUTES = 60
_DEFAULT_RETENTION_DAYS = 7


def retention_of(days: int | None, eviction: Any) -> Any:
    """Return `snapshot_retention_limit`, or its default."""
    if days is not None:
        return days
    return _DEFAULT_RETENTION_DAYS if eviction is Eviction.STORE else 0


def windows_of(name: str, region: Any, snapshot_window: str | None, maintenance_window: str | None) -> tuple[str, str]:
    """Return both windows, or their defaults in the quiet hours of the Region."""
    daily = daily_window(name, str(region)) if snapshot_window is None else snapshot_window
    return daily, weekly_window(name, str(region)) if maintenance_window is None else maintenance_window


def snapshot_time_of(name: str, region: Any, time: str | None, days: Any) -> str | None:
    """Return `daily_snapshot_time`, or its default, the begin of the default window; None without snapshots."""
    return daily_window(name, str(region)).partition("-")[0] if time is None and days != 0 else time


def retention_problems(days: Any, eviction: Any) -> Iterator[str]:
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
    elif not scalars.is_reference(time) and not CLOCK.fullmatch(str(time)):
        yield f"daily_snapshot_time must be a time in UTC from 00:00 to 23:59, as '03:00': got {time!r}"


def window_problems(snapshot_window: Any, maintenance_window: Any) -> Iterator[str]:
    """Yield the problems of both windows: form, length of at least 60 minutes, overlap.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    """
    problems = [
        *_form_problems("snapshot_window", snapshot_window, DAILY, "03:00-04:00"),
        *_form_problems("maintenance_window", maintenance_window, WEEKLY, "sun:04:00-sun:05:00"),
    ]
    yield from problems
    if problems or scalars.is_reference(snapshot_window) or scalars.is_reference(maintenance_window):
        return
    daily, weekly = daily_minutes(snapshot_window), weekly_minutes(maintenance_window)
    for name, value, (begin, end) in (
        ("snapshot_window", snapshot_window, daily),
        ("maintenance_window", maintenance_window, weekly),
    ):
        if end - begin < _MIN_WINDOW_MINUTES:
            yield f"{name} must be at least an hour long: got {value!r}"
    if is_overlap(daily, weekly):
        yield (
            f"snapshot_window and maintenance_window must not overlap: got {snapshot_window!r} and "
            f"{maintenance_window!r}"
        )


def _form_problems(name: str, value: Any, form: re.Pattern[str], example: str) -> Iterator[str]:
    if not scalars.is_reference(value) and not form.fullmatch(str(value)):
        yield f"{name} must be a range of times in UTC, as {example!r}: got {value!r}"
