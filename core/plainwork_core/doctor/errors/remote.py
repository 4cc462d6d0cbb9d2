"""The causes that no file shows; they are in `causes.toml`. `doctor.online` can prove most of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from plainwork_core.doctor.diagnosis import Cause, Severity

_FILE = Path(__file__).with_name("causes.toml")


def _cause(name: str, title: str, explanation: str, remedy: str, links: list[str], *, is_risk: bool = False) -> Cause:
    severity = Severity.RISK if is_risk else Severity.FAULT
    return Cause(name, title, severity, tuple(links), explanation, remedy)


def _causes() -> dict[str, Cause]:
    rows: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["cause"]
    return {row["name"]: _cause(**row) for row in rows}


REMOTE = _causes()
"""The causes by name."""
