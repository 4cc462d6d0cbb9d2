"""Privilege escalation paths: actions that together allow a principal to obtain other permissions.

The table is `data/escalation_paths.json`, made by `tools/escalation_paths.py`.
https://pathfinding.cloud
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen
from plainwork_core.iam.grants import granted
from plainwork_core.iam.statement import Statement
from plainwork_core.model.values import Unknown

_PASS_ROLE = "iam:PassRole"  # noqa: S105  an action
_BUILDS = {"codebuild:StartBuild", "codebuild:StartBuildBatch"}
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
    def starts_builds_only(self) -> bool:
        """Whether it starts builds of existing projects, with commands of the caller: AWS grants this to CodePipeline.

        https://docs.aws.amazon.com/codepipeline/latest/userguide/security-iam.html
        """
        return set(self.actions) <= _BUILDS

    @property
    def service(self) -> str:
        """Prefix of the service that receives the role, if the path passes one: `ec2`; otherwise `iam`."""
        return next((prefix for prefix in _prefixes(self.actions) if prefix != "iam"), "iam")


@cache
def escalation_paths() -> tuple[EscalationPath, ...]:
    """Return the shortest paths: a path that only adds actions to another is omitted.

    A path with `iam:PassRole` needs its other actions on some resource only, so it is none of the longer ones.
    """
    rows = [EscalationPath(row["name"], tuple(row["actions"]), row["page"]) for row in _read()["paths"]]
    return tuple(row for row in rows if not any(_is_shorter(other, row) for other in rows))


def grants_of(path: EscalationPath, statements: Iterable[Statement]) -> list[Statement | Unknown]:
    """Return for each action of *path* the statement that allows it, or the unknown value that decides.

    With `iam:PassRole`, only the actions on IAM must be allowed on all resources of their types.

    Args:
        path: its actions must all be allowed.
        statements: all statements of one principal.

    Returns:
        One entry for each action; `[]` if an action is not allowed.
    """
    held = list(statements)
    passes_role = _PASS_ROLE in path.actions
    found: list[Statement | Unknown] = []
    for action in path.actions:
        everywhere = not passes_role or action.startswith("iam:")
        grant = granted(held, action, everywhere=everywhere, service=path.service)
        if grant is None:
            return []
        found.append(grant)
    return found


def _prefixes(actions: tuple[str, ...]) -> list[str]:
    return [action.partition(":")[0] for action in actions]


def _is_shorter(path: EscalationPath, other: EscalationPath) -> bool:
    passes_role = [_PASS_ROLE in one.actions for one in (path, other)]
    return passes_role[0] == passes_role[1] and set(path.actions) < set(other.actions)


@cache
def _read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return content
