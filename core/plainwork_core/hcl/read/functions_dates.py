"""Terraform's functions on times in the syntax of RFC 3339, such as `2026-11-29T12:00:00Z`.

See https://developer.hashicorp.com/terraform/language/functions/formatdate and its neighbors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from fractions import Fraction

from plainwork_core.hcl.read.conversions import to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.signature import Function

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)
_DURATION = re.compile(r"([-+]?)(0|(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)")
_PARTS_OF_DURATION = re.compile(r"([0-9.]+)([a-zµμ]+)")
_UNITS = {
    "ns": Fraction(1, 10**9),
    "us": Fraction(1, 10**6),
    "µs": Fraction(1, 10**6),
    "μs": Fraction(1, 10**6),
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "m": Fraction(60),
    "h": Fraction(3600),
}
_LONGEST = 290 * 365 * 86_400
"""Seconds: Go's duration has 64 bits of nanoseconds."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(r"'(?:[^']|'')*'|'|([A-Za-z])\1*|[^A-Za-z']+")


def _to_time(value: object) -> datetime:
    text = to_text(value)
    match = _TIME.fullmatch(text)
    if not match:
        raise (Unsupported("on fractions of a second") if "." in text else Rejected(f"`{text}` is not a time"))
    sign, hours, minutes = match.group(7, 8, 9)
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
    except ValueError:
        raise Rejected(f"`{text}` is not a time") from None


def _to_duration(value: object) -> timedelta:
    text = to_text(value)
    match = _DURATION.fullmatch(text)
    if not match:
        raise Rejected(f"`{text}` is not a duration, such as `24h`")
    seconds = sum(Fraction(number) * _UNITS[unit] for number, unit in _PARTS_OF_DURATION.findall(match[2]))
    if seconds.denominator != 1 or seconds > _LONGEST:
        raise Unsupported("on fractions of a second, or so long durations")
    return timedelta(seconds=int(seconds) * (-1 if match[1] == "-" else 1))


def _written(time: datetime) -> str:
    return time.strftime(f"{time.year:04d}-%m-%dT%H:%M:%S") + _zone(time, "Z", ":")


def _zone(time: datetime, utc: str, separator: str) -> str:
    offset = time.utcoffset() or timedelta()
    if not offset and utc:
        return utc
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{separator}{minutes % 60:02d}"


_WRITTEN: dict[str, Callable[[datetime], str]] = {
    "YYYY": lambda time: f"{time.year:04d}",
    "YY": lambda time: f"{time.year % 100:02d}",
    "MMMM": lambda time: _MONTHS[time.month - 1],
    "MMM": lambda time: _MONTHS[time.month - 1][:3],
    "MM": lambda time: f"{time.month:02d}",
    "M": lambda time: str(time.month),
    "DD": lambda time: f"{time.day:02d}",
    "D": lambda time: str(time.day),
    "EEEE": lambda time: _DAYS[time.weekday()],
    "EEE": lambda time: _DAYS[time.weekday()][:3],
    "hh": lambda time: f"{time.hour:02d}",
    "h": lambda time: str(time.hour),
    "HH": lambda time: f"{(time.hour - 1) % 12 + 1:02d}",
    "H": lambda time: str((time.hour - 1) % 12 + 1),
    "AA": lambda time: "PM" if time.hour >= 12 else "AM",  # noqa: PLR2004
    "aa": lambda time: "pm" if time.hour >= 12 else "am",  # noqa: PLR2004
    "mm": lambda time: f"{time.minute:02d}",
    "m": lambda time: str(time.minute),
    "ss": lambda time: f"{time.second:02d}",
    "s": lambda time: str(time.second),
    "ZZZZZ": lambda time: _zone(time, "", ":"),
    "ZZZZ": lambda time: _zone(time, "", ""),
    "ZZZ": lambda time: _zone(time, "UTC", ""),
    "Z": lambda time: _zone(time, "Z", ":"),
}


def _formatdate(pattern: str, time: datetime) -> str:
    return "".join(_part(match.group(), time) for match in _TOKEN.finditer(pattern))


def _part(token: str, time: datetime) -> str:
    if token.startswith("'"):
        if len(token) == 1:
            raise Rejected("a quotation mark is not closed")
        return token[1:-1].replace("''", "'") if len(token) > 2 else "'"  # noqa: PLR2004
    if token[0].isascii() and token[0].isalpha():
        if token not in _WRITTEN:
            raise Rejected(f"`{token}` is no part of a time")
        return _WRITTEN[token](time)
    return token


def _timeadd(time: datetime, duration: timedelta) -> str:
    try:
        return _written(time + duration)
    except OverflowError:
        raise Unsupported("beyond the year 9999") from None


FUNCTIONS = {
    "formatdate": Function(_formatdate, (to_text, _to_time)),
    "timeadd": Function(_timeadd, (_to_time, _to_duration)),
    "timecmp": Function(lambda first, second: (first > second) - (first < second), (_to_time, _to_time)),
}
