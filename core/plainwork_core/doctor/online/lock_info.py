"""The content of a lock of Terraform, in a lock file or in a lock table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from plainwork_core.doctor.online.failures import clean

DOCTOR_OPERATION = "plainwork doctor --try-lock"
"""The operation of a lock that `--try-lock` acquires: what remains after a killed run states where it is from."""

_NANOSECONDS = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True)
class LockInfo:
    """A lock.

    Attributes:
        id: what `terraform force-unlock` requires; empty if the content is not of Terraform.
        operation: such as `OperationTypeApply`.
        who: user and host.
        version: of Terraform.
        created: when; None if it cannot be read.
        path: the state.
    """

    id: str = ""
    operation: str = ""
    who: str = ""
    version: str = ""
    created: datetime | None = None
    path: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether Terraform can read it."""
        return bool(self.id)

    @property
    def is_of_doctor(self) -> bool:
        """Whether `--try-lock` acquired it."""
        return self.operation == DOCTOR_OPERATION

    def age(self, now: datetime) -> float | None:
        """Return its age in seconds; None if it is not known."""
        return None if self.created is None else (now - self.created).total_seconds()

    def text(self, now: datetime) -> str:
        """Return who has the lock, and since when."""
        age = self.age(now)
        since = f"since {self.created:%Y-%m-%d %H:%M:%S} UTC ({duration(age)})" if age is not None else ""
        return " ".join(part for part in (self.who or "an unknown user", since, f"for `{self.operation}`") if part)


def lock_info(content: bytes | str) -> LockInfo:
    """Return the lock in *content*; one without an id if it is not of Terraform."""
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return LockInfo()
    if not isinstance(read, dict):
        return LockInfo()
    return LockInfo(
        id=_text(read, "ID"),
        operation=_text(read, "Operation"),
        who=_text(read, "Who"),
        version=_text(read, "Version"),
        created=_time(_text(read, "Created")),
        path=_text(read, "Path"),
    )


def duration(seconds: float) -> str:
    """Return a number of seconds for a reader: `3 days`, `5 hours`, `40 minutes`."""
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "less than a minute"


def _text(members: dict[str, Any], name: str) -> str:
    value = members.get(name, "")
    return clean(value) if isinstance(value, str) else ""


def _time(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(_NANOSECONDS.sub(r"\1", text))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
