"""What one settings file, one table of paths, or the command line sets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork_core.waivers import Waiver
    from plainwork_policies.engine.own_policies import OwnPolicies
    from plainwork_policies.engine.path_glob import PathGlob
    from plainwork_policies.engine.selection import Selection
    from plainwork_policies.engine.settings import Settings, Table
    from plainwork_policies.engine.severity import FailOn, Severity


@frozen()
class TableKeys:
    """The *keys* of a table that one part of the settings sets."""

    table: Table
    keys: frozenset[str]

    def onto(self, tables: Sequence[Table]) -> tuple[Table, ...]:
        """Return *tables* with these keys."""
        cls = type(self.table)
        before: Any = next((table for table in tables if isinstance(table, cls)), None) or cls()
        table = replace(before, **{key: getattr(self.table, key) for key in self.keys})
        return (*(other for other in tables if not isinstance(other, cls)), table)


@frozen()
class SettingsPart:
    """What one settings file, one table `[paths."..."]`, or the command line sets; `None` for what it does not set."""

    fail_on: FailOn | None = None
    min_severity: Severity | None = None
    selection: Selection | None = None
    exclude: tuple[PathGlob, ...] | None = None
    forbid_waivers: tuple[str, ...] = ()
    waivers: tuple[tuple[Waiver, PathGlob | None], ...] = ()
    own_policies: tuple[OwnPolicies, ...] = ()
    tables: tuple[TableKeys, ...] = ()

    def onto(self, settings: Settings) -> Settings:
        """Return *settings* with what this part sets."""
        tables = settings.tables
        for keys in self.tables:
            tables = keys.onto(tables)
        return replace(
            settings,
            fail_on=self.fail_on or settings.fail_on,
            min_severity=self.min_severity or settings.min_severity,
            selections=(*settings.selections, *([self.selection] if self.selection else ())),
            exclude=settings.exclude if self.exclude is None else self.exclude,
            forbid_waivers=(*settings.forbid_waivers, *self.forbid_waivers),
            waivers=(*settings.waivers, *self.waivers),
            own_policies=tuple(dict.fromkeys((*settings.own_policies, *self.own_policies))),
            tables=tables,
        )


@frozen()
class PathSettings:
    """`[paths."legacy/**"]`: the settings of the stacks in some files or directories."""

    glob: PathGlob
    settings: SettingsPart
