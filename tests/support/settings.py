"""The settings of a team, which set every key that a policy requires: those of the examples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plainwork_policies.engine.settings import Settings, Table
from plainwork_policies.engine.settings_file import load
from tools.example_cases import EXAMPLES

TEAM = load(EXAMPLES)


def team_with(table: type[Table], **values: Any) -> Settings:
    """Return the settings of the team with other *values* in a *table*."""
    others = tuple(other for other in TEAM.tables if not isinstance(other, table))
    return replace(TEAM, tables=(*others, replace(TEAM.get(table), **values)))
