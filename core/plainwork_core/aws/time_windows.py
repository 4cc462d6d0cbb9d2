"""Daily and weekly time windows in UTC: `03:00-04:00` for snapshots, `sun:04:00-sun:05:00` for maintenance.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
"""

from __future__ import annotations

import re

Minutes = tuple[int, int]
"""Begin and end of a window in minutes after midnight, or after midnight on Monday; the end may be in the next one."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_PER_DAY, _MINUTES_PER_WEEK = 24 * 60, 7 * 24 * 60
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"

CLOCK = re.compile(_TIME)
DAILY = re.compile(rf"({_TIME})-({_TIME})")
WEEKLY = re.compile(rf"({'|'.join(DAYS)}):({_TIME})-({'|'.join(DAYS)}):({_TIME})")


def daily_minutes(window: str) -> Minutes:
    """Return a window that matches `DAILY` in minutes."""
    begin, end = map(_minutes, window.split("-"))
    return begin, end if end > begin else end + _MINUTES_PER_DAY


def weekly_minutes(window: str) -> Minutes:
    """Return a window that matches `WEEKLY` in minutes."""
    begin, end = (DAYS.index(moment[:3]) * _MINUTES_PER_DAY + _minutes(moment[4:]) for moment in window.split("-"))
    return begin, end if end > begin else end + _MINUTES_PER_WEEK


def is_overlap(daily: Minutes, weekly: Minutes) -> bool:
    """Return whether a daily window overlaps a weekly one, which may extend into the next week."""
    days = range(-_MINUTES_PER_DAY, 2 * _MINUTES_PER_WEEK, _MINUTES_PER_DAY)
    return any(day + daily[0] < weekly[1] and weekly[0] < day + daily[1] for day in days)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
