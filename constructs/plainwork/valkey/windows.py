"""Times of the day and of the week, in UTC, as ElastiCache takes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY, _WEEK, _LEAST = 24 * 60, 7 * 24 * 60, 60
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
_CLOCK = re.compile(_TIME)
_DAILY = re.compile(rf"({_TIME})-({_TIME})")
_WEEKLY = re.compile(rf"({'|'.join(_DAYS)}):({_TIME})-({'|'.join(_DAYS)}):({_TIME})")


def clock_problems(name: str, value: Any) -> Iterator[str]:
    """One sentence where a value is no time of the day."""
    if not identifiers.is_reference(value) and not _CLOCK.fullmatch(str(value)):
        yield f"{name} must be a time of the day in UTC from 00:00 to 23:59, as '03:00': got {value!r}"


def window_problems(snapshot_window: Any, maintenance_window: Any) -> Iterator[str]:
    """One sentence for each window that is none, is shorter than an hour, or begins before the other has ended.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    """
    problems = [
        *_form("snapshot_window", snapshot_window, _DAILY, "03:00-04:00"),
        *_form("maintenance_window", maintenance_window, _WEEKLY, "sun:04:00-sun:05:00"),
    ]
    yield from problems
    if problems or identifiers.is_reference(snapshot_window) or identifiers.is_reference(maintenance_window):
        return
    daily, weekly = _daily(snapshot_window), _weekly(maintenance_window)
    for name, value, (begin, end) in (
        ("snapshot_window", snapshot_window, daily),
        ("maintenance_window", maintenance_window, weekly),
    ):
        if end - begin < _LEAST:
            yield f"{name} must be at least an hour long: got {value!r}"
    if _meet(daily, weekly):
        yield (
            f"snapshot_window and maintenance_window must not overlap: got {snapshot_window!r} and "
            f"{maintenance_window!r}"
        )


def _form(name: str, value: Any, form: re.Pattern[str], example: str) -> Iterator[str]:
    if not identifiers.is_reference(value) and not form.fullmatch(str(value)):
        yield f"{name} must be from one time in UTC to another, as {example!r}: got {value!r}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _daily(window: str) -> tuple[int, int]:
    begin, end = map(_minutes, window.split("-"))
    return begin, end if end > begin else end + _DAY


def _weekly(window: str) -> tuple[int, int]:
    begin, end = (_DAYS.index(moment[:3]) * _DAY + _minutes(moment[4:]) for moment in window.split("-"))
    return begin, end if end > begin else end + _WEEK


def _meet(daily: tuple[int, int], weekly: tuple[int, int]) -> bool:
    """Whether a window of every day meets one of the week, which may go on into the next."""
    days = range(-_DAY, 2 * _WEEK, _DAY)
    return any(day + daily[0] < weekly[1] and weekly[0] < day + daily[1] for day in days)
