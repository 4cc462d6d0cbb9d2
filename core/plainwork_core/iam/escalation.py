"""Privilege escalation paths: actions that together allow a principal to obtain other permissions.

The table is `data/escalation_paths.json`, made by `tools/escalation_paths.py`.
https://pathfinding.cloud
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen

_FILE = FOLDER / "escalation_paths.json"


@frozen(slots=True)
class EscalationPath:
    """One path.

    Args:
        name: in the table.
        actions: that the principal requires.
        page: that describes the path; `None` if there is none.
    """

    name: str
    actions: tuple[str, ...]
    page: str | None

    @property
    def service(self) -> str:
        """Prefix of the service that receives the role, if the path passes one: `ec2`; otherwise `iam`."""
        return next((prefix for prefix in _prefixes(self.actions) if prefix != "iam"), "iam")


@cache
def escalation_paths() -> tuple[EscalationPath, ...]:
    """Return the shortest paths: a path that only adds actions to another is omitted."""
    rows = [EscalationPath(row["name"], tuple(row["actions"]), row["page"]) for row in _read()["paths"]]
    return tuple(row for row in rows if not any(set(other.actions) < set(row.actions) for other in rows))


def _prefixes(actions: tuple[str, ...]) -> list[str]:
    return [action.partition(":")[0] for action in actions]


@cache
def _read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return content
