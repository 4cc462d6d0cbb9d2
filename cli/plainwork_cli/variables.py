"""The options that `terraform plan` has as well: `--var`, `--var-file`, `--workspace`, `--backend-config`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from plainwork_core.read.options import ReadOptions

_Command = TypeVar("_Command", bound=Callable[..., Any])
_ENVIRONMENT = "TF_VAR_"


backend_option = click.option(
    "--backend-config",
    metavar="FILE|KEY=VALUE",
    multiple=True,
    help="Backend configuration, as for `terraform init`; repeatable.",
)


def variable_options(command: _Command) -> _Command:
    """Add the options; `read_options_of` takes their values."""
    options = (
        click.option(
            "variables",
            "--var",
            metavar="NAME=VALUE",
            multiple=True,
            callback=_pairs,
            help="Value of a variable of HCL, as for `terraform plan`; repeatable. It comes before all files.",
        ),
        click.option(
            "variable_files",
            "--var-file",
            metavar="FILE",
            multiple=True,
            type=click.Path(path_type=Path),
            help="File with values of variables, beside terraform.tfvars and *.auto.tfvars; repeatable.",
        ),
        click.option("--env-vars", is_flag=True, help="Read values of variables from TF_VAR_... in the environment."),
        click.option("--workspace", metavar="NAME", help="Value of `terraform.workspace`."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_options_of(
    variables: dict[str, str],
    variable_files: tuple[Path, ...],
    workspace: str | None,
    backend_config: tuple[str, ...],
    *,
    env_vars: bool,
) -> ReadOptions:
    """Return the options as the readers take them."""
    from plainwork_core.read.options import ReadOptions  # noqa: PLC0415  only a run needs it

    names = (name for name in os.environ if name.startswith(_ENVIRONMENT)) if env_vars else ()
    environment = {name.removeprefix(_ENVIRONMENT): os.environ[name] for name in names}
    return ReadOptions(variables, variable_files, environment, workspace, backend_config)


def _pairs(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"{text!r} has no `=`; write name=value")
        pairs[name.strip()] = value
    return pairs
