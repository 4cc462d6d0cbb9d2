"""Default times of snapshots and maintenance: in the quiet hours of the Region, at different times by name.

The windows of one name never overlap: snapshots begin in the first half of the quiet hours, maintenance in the second.
"""

from __future__ import annotations

from hashlib import sha256

from plainwork.checks.scalars import is_reference
from plainwork_core.aws.quiet_hours import QUIET_HOURS, quiet_hours_begin
from plainwork_core.aws.time_windows import DAYS

_HOUR, _DAY = 60, 24 * 60
_STEP = 10
_STARTS = (QUIET_HOURS // 2 * _HOUR - _HOUR) // _STEP + 1
"""The number of times at which a window of an hour can begin in half of the quiet hours."""


def daily_window(name: str, region: str) -> str:
    """Return an hour for daily snapshots, such as `22:40-23:40`.

    Args:
        name: of the resource, which determines the hour.
        region: the Region of the resource.
    """
    begin = _begin(name, region, "snapshot")
    return f"{_clock(begin)}-{_clock(begin + _HOUR)}"


def weekly_window(name: str, region: str) -> str:
    """Return an hour of a week for maintenance, such as `tue:03:10-tue:04:10`; arguments as in `daily_window`."""
    begin = _begin(name, region, "maintenance") + QUIET_HOURS // 2 * _HOUR
    day = _number(name, "day") % len(DAYS)
    return f"{_moment(day, begin)}-{_moment(day, begin + _HOUR)}"


def _begin(name: str, region: str, purpose: str) -> int:
    hour = quiet_hours_begin("" if is_reference(region) else region)
    return hour * _HOUR + _number(name, purpose) % _STARTS * _STEP


def _number(name: str, purpose: str) -> int:
    """Return a number that only depends on the texts, unlike `hash`."""
    return int.from_bytes(sha256(f"{purpose}/{name}".encode()).digest()[:4])


def _moment(day: int, minutes: int) -> str:
    return f"{DAYS[(day + minutes // _DAY) % len(DAYS)]}:{_clock(minutes)}"


def _clock(minutes: int) -> str:
    return f"{minutes % _DAY // _HOUR:02}:{minutes % _HOUR:02}"
