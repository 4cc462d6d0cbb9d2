"""Settings with defaults.

They are in `plainwork.toml`, or under `[tool.plainwork]` in `pyproject.toml`. Each family of policies has a
table, a subclass of `Table` in its module `settings`.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.severity import FailOn, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwork_core.model.stack import Stack
    from plainwork_policies.engine.own_policies import OwnPolicies
    from plainwork_policies.engine.path_glob import PathGlob
    from plainwork_policies.engine.selection import Selection
    from plainwork_policies.engine.settings_parts import PathSettings

T = TypeVar("T", bound="Table")


def setting(default: Any, *, help: str, example: Any = None, formerly: str = "") -> Any:  # noqa: A002  as in click
    """Declare a key of a settings table: the field of a frozen dataclass.

    Args:
        default: its value if the file does not set it; a dict is copied. `None` is for a key without a default, whose
            policies are not evaluated without it (`requires`).
        help: one or two sentences for `plainwork init` and docs/settings.md.
        example: a value, if the default does not show the form.
        formerly: its former name; a file with that name is rejected, and the error states the new name.
    """
    metadata = {"help": help, "example": example, "formerly": formerly}
    if isinstance(default, dict):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, metadata=metadata)


def require_pattern(name: str, pattern: str) -> None:
    """Check a regular expression of the settings file.

    Raises:
        InputError: it cannot be compiled.
    """
    try:
        re.compile(pattern)
    except re.error as error:
        raise InputError(f"`{name}` is {pattern!r}, which is not a regular expression: {error}") from None


@frozen()
class Proposal:
    """A value that `plainwork init` proposes for a key: `reason` says how much of the directory already has it."""

    key: str
    value: Any
    reason: str


class Table:
    """The settings of one family of policies: a frozen dataclass whose fields are made by `setting`.

    Attributes:
        table: its name in the settings file.
        former_table: its former name.
        top_level: the keys, lists of tables, that a file may also have before all tables: `[[never]]`.
    """

    table: ClassVar[str]
    former_table: ClassVar[str] = ""
    top_level: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def load(cls: type[T], start: Path | None = None) -> T:
        """Return this table of the settings file that is found from *start*, by default the working directory.

        Raises:
            InputError: the file is invalid.
        """
        from plainwork_policies.engine import settings_file  # noqa: PLC0415  it imports this module

        return settings_file.load(start).get(cls)

    @classmethod
    def proposals(cls, _stacks: Sequence[Stack]) -> Iterator[Proposal]:
        """Yield the values that `plainwork init` proposes for a directory with these stacks."""
        yield from ()


@frozen()
class GeneralSettings:
    """The keys before all tables of one settings file."""

    extends: str = setting(
        None,
        help="Settings file with more settings, relative to this file. A key of this file replaces that of the other; "
        "`ignore` without `select` adds to it.",
        example="../plainwork.base.toml",
    )
    select: tuple[str, ...] = setting(
        ("ALL",),
        help="Policies that are run: `ALL`, ids, slugs, their first words, or patterns.",
        example=("iam", "PLW_TAG", "efs-unencrypted"),
    )
    ignore: tuple[str, ...] = setting(
        (),
        help="Policies that are not run; of two names that select a policy, the longer one decides. Every report lists "
        "them.",
        example=("module-too-few-uses",),
    )
    min_severity: Severity = setting("low", help="Failures of a lower severity are not reported.", example="medium")
    fail_on: FailOn = setting(
        "low",
        help="Lowest severity of a failure that ends the run with exit code 1; with `not-evaluated`, every failure and "
        "every result that is not evaluated does.",
        example="high",
    )
    exclude: tuple[str, ...] = setting(
        (),
        help="Files and directories that are not read, as globs relative to this file; a path on the command line is.",
        example=("legacy/**", "sandbox"),
    )
    forbid_waivers: tuple[str, ...] = setting(
        (),
        help="Policies, as in `select`, and severities whose findings cannot be waived.",
        example=("critical", "PLW_BACKEND"),
    )
    waivers: tuple[Waiver, ...] = ()
    own_policies: tuple[str, ...] = setting(
        (),
        help="Folders with policies of your own, relative to this file, or installed packages. Their code runs.",
        example=("policies",),
    )


@frozen()
class Settings:
    """All settings of a run.

    Args:
        fail_on: what ends a run with exit code 1.
        min_severity: of the failures in the report.
        selections: of policies, each after the one before it.
        exclude: globs of files and directories that are not read.
        forbid_waivers: policies and severities that cannot be waived.
        own_policies: the folders and packages with policies of the team.
        waivers: `[[waivers]]`, the accepted findings, each with the stacks that it is about; `None` for all.
        tables: the tables of families that are set; other families have their defaults.
        paths: what applies to some stacks only; `at` returns the settings of one stack.
    """

    fail_on: FailOn = "low"
    min_severity: Severity = "low"
    selections: tuple[Selection, ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    forbid_waivers: tuple[str, ...] = ()
    waivers: tuple[tuple[Waiver, PathGlob | None], ...] = ()
    own_policies: tuple[OwnPolicies, ...] = ()
    tables: tuple[Table, ...] = ()
    paths: tuple[PathSettings, ...] = ()

    def of(self, family: str) -> Any:
        """Return the settings of a family, by the name of its package."""
        return self.get(settings_class(family))

    def get(self, cls: type[T]) -> T:
        """Return the table of a class, or its defaults."""
        found: T = next((table for table in self.tables if isinstance(table, cls)), None) or _defaults(cls)  # type: ignore[arg-type]  # a class is hashable
        return found

    def at(self, path: Path) -> Settings:
        """Return the settings of the stack at *path*, a file or a directory."""
        found = self
        for part in self.paths:
            if part.glob.contains(path):
                found = part.settings.onto(found)
        return found

    def relocated(self, directory: Path, other: Path) -> Settings:
        """Return these settings for a copy of *directory* at *other*."""
        return replace(
            self,
            exclude=tuple(glob.relocated(directory, other) for glob in self.exclude),
            paths=tuple(replace(part, glob=part.glob.relocated(directory, other)) for part in self.paths),
            waivers=tuple((waiver, glob and glob.relocated(directory, other)) for waiver, glob in self.waivers),
        )

    def without_min_severity_of_paths(self) -> Settings:
        """Return these settings for a run whose option `--min-severity` applies to every stack."""
        paths = (replace(part, settings=replace(part.settings, min_severity=None)) for part in self.paths)
        return replace(self, paths=tuple(paths))


@cache
def settings_class(family: str) -> type[Table]:
    """Return the settings class of a family: what its module `settings` calls `SETTINGS`."""
    found: type[Table] = import_module(f"{family}.settings").SETTINGS
    return found


@cache
def _defaults(cls: type[Any]) -> Any:
    return cls()
