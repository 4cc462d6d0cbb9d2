"""The options that select policies and inputs: `--select`, `--ignore`, `--min-severity`, `--exclude`, `--config`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from plainwork_cli.command import InputPath
from plainwork_policies.engine.severity import SEVERITIES

if TYPE_CHECKING:
    from plainwork_policies.engine.policy import Policy
    from plainwork_policies.engine.registry import PolicyEntry
    from plainwork_policies.engine.settings import Settings

_OWN_IN_CI = "The own policies are those of the checked revision; --policies-from takes them from the base branch."
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _names(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of an option that is repeated or has commas."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Processes that read and check stacks; 0 for the number of cores.",
)
source_option = click.option(
    "--source",
    metavar="DIR",
    type=InputPath(readable=False, path_type=Path),
    help="Directory of the HCL that the plan was made of; shows what the plan hides.",
)


def selection_options(command: _Command) -> _Command:
    """Add the options; `settings_of` takes their values."""
    options = (
        click.option(
            "--select",
            metavar="POLICY,...",
            multiple=True,
            callback=_names,
            help="Run these policies only: ids, slugs, their first words (PLW_TAG, iam), or patterns ('*-public-*'). "
            "Replaces `select` and `ignore` in the settings.",
        ),
        click.option(
            "--ignore", metavar="POLICY,...", multiple=True, callback=_names, help="Do not run these policies."
        ),
        click.option("--min-severity", type=click.Choice(SEVERITIES), help="Do not report failures below."),
        click.option(
            "--exclude",
            metavar="GLOB",
            multiple=True,
            help="Do not read these files and directories, in addition to `exclude` in the settings; repeatable.",
        ),
        click.option(
            "--config",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Settings file. "
            "[default: the nearest plainwork.toml or pyproject.toml in this directory or its parents]",
        ),
        click.option(
            "--policies-from",
            metavar="REV",
            help="Read the settings, with waivers and own policies, of this Git revision, such as origin/main.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def policies_of(settings: Settings) -> tuple[PolicyEntry | Policy, ...]:
    """Return the built-in policies, and those of the team that the settings name.

    Raises:
        InputError: a policy of the team cannot be loaded.
    """
    from plainwork_policies.engine import registry  # noqa: PLC0415  only a run needs it

    if not settings.own_policies:
        return registry.entries()
    from plainwork_policies.engine.own_policies import available  # noqa: PLC0415  few teams have own policies

    return available(settings.own_policies)


def settings_of(
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: Any,
    exclude: tuple[str, ...],
    config: Path | None,
    policies_from: str | None,
    fail_on: Any = None,
) -> Settings:
    """Return the settings of the file, or of a revision, with those of the options.

    Raises:
        InputError: a setting is invalid, or the name of a policy in the settings or in an option is unknown.
    """
    from plainwork_policies.engine import settings_file  # noqa: PLC0415  only a run needs these
    from plainwork_policies.engine.path_glob import PathGlob  # noqa: PLC0415  as above
    from plainwork_policies.engine.selection import Selection  # noqa: PLC0415  as above
    from plainwork_policies.engine.settings_parts import SettingsPart  # noqa: PLC0415  as above

    if policies_from:
        from plainwork_cli.policies_from import settings_from  # noqa: PLC0415  as above

        settings = settings_from(policies_from, config)
    else:
        settings = settings_file.read(config) if config else settings_file.load()
        if settings.own_policies and os.environ.get("CI"):
            click.echo(_OWN_IN_CI, err=True)
    part = SettingsPart(
        fail_on=fail_on,
        min_severity=min_severity,
        selection=Selection(select, ignore, "--") if select or ignore else None,
        exclude=(*settings.exclude, *(PathGlob(glob, Path()) for glob in exclude)),
    )
    return part.onto(settings.without_min_severity_of_paths() if min_severity else settings)
