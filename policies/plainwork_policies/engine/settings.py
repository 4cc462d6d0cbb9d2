"""Settings with defaults.

They are in `plainwork.toml`, or under `[tool.plainwork]` in `pyproject.toml`. Each family of policies has a
table, a subclass of `Table` in its module `settings`.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.model.stack import Stack

FailOn = Literal["failed", "not-evaluated"]
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
    """

    table: ClassVar[str]
    former_table: ClassVar[str] = ""

    @classmethod
    def proposals(cls, _stacks: Sequence[Stack]) -> Iterator[Proposal]:
        """Yield the values that `plainwork init` proposes for a directory with these stacks."""
        yield from ()


@frozen()
class PolicySettings:
    """`[policies]`: the disabled policies."""

    disable: tuple[str, ...] = setting(
        (),
        help="Ids or slugs of policies that are not run, or patterns (`PLW_TAG_*`); every report lists them.",
        example=("module-too-few-uses",),
    )


@frozen()
class Settings:
    """All settings of a run.

    Args:
        fail_on: the status that ends a run with exit code 1.
        exclude: globs of files and directories that are not read.
        policies: the disabled policies.
        tables: the tables of families in the file; other families have their defaults.
        directory: of the settings file; globs in *exclude* are relative to it.
    """

    fail_on: FailOn = setting(
        "failed", help="Statuses that end the run with exit code 1: `failed`, or also `not-evaluated`."
    )
    exclude: tuple[str, ...] = setting(
        (),
        help="Files and directories that are not read, as globs relative to this file; a path on the command line is.",
        example=("legacy/**", "sandbox"),
    )
    policies: PolicySettings = field(default_factory=PolicySettings)
    tables: tuple[Table, ...] = ()
    directory: Path = field(default=Path(), compare=False)

    def of(self, family: str) -> Any:
        """Return the settings of a family, by the name of its package."""
        return self.get(settings_class(family))

    def get(self, cls: type[T]) -> T:
        """Return the table of a class, or its defaults."""
        found: T = next((table for table in self.tables if isinstance(table, cls)), None) or _defaults(cls)  # type: ignore[arg-type]  # a class is hashable
        return found


@cache
def settings_class(family: str) -> type[Table]:
    """Return the settings class of a family: what its module `settings` calls `SETTINGS`."""
    found: type[Table] = import_module(f"{family}.settings").SETTINGS
    return found


@cache
def _defaults(cls: type[Any]) -> Any:
    return cls()
