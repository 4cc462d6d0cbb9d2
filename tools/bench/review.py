"""A plan in which one of twenty resources changes, for the review of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tools.bench.plan import write_plan

CHANGED = 20
"""One of so many resources changes."""


def write_mostly_unchanged(file: Path, resources: int) -> None:
    """Write a plan of *resources* to *file*, of which most are as deployed."""
    write_plan(file, resources)
    plan = json.loads(file.read_text(encoding="utf-8"))
    managed = [change for change in plan["resource_changes"] if change["mode"] == "managed"]
    for index, change in enumerate(managed):
        if (index + index // CHANGED) % CHANGED:
            _keep(change["change"])
    file.write_text(json.dumps(plan), encoding="utf-8")


def _keep(change: dict[str, Any]) -> None:
    change.update(actions=["no-op"], before=change["after"], after_unknown={})


def review_command(plan: Path, form: str) -> list[str]:
    """Return the command that reviews *plan*."""
    return [str(Path(sys.executable).with_name("plainwork")), "review", str(plan), "--format", form]
