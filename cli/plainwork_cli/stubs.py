"""`plainwork stubs`: what editors and type checkers read, for the provider versions of a project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import Command
from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_core.schema.versions import SchemaChoice

FOLDER = ".plainwork/stubs"
_APP = Path("cdktf.out")
_SETTINGS = """\
Set in pyproject.toml, so that type checkers and editors find them:

[tool.mypy]
mypy_path = "{folder}"

[tool.pyright]
extraPaths = ["{folder}"]\
"""


@click.command(cls=Command)
@click.option(
    "--directory", type=click.Path(path_type=Path), default=FOLDER, show_default=True, help="Directory to write to."
)
@click.option(
    "--provider-version",
    metavar="CONSTRAINT",
    help="Version of the AWS provider. [default: that of the stacks in cdktf.out, or the newest]",
)
def stubs(directory: Path, provider_version: str | None) -> None:
    """Write the stubs of `plainwork.types` for your providers.

    plainwork contains the stubs of the AWS provider 6.69.1. A project with version 5, or with a schema of its own from
    `plainwork schema`, writes its own stubs, which precede them.
    """
    from plainwork.stubs import types, write  # noqa: PLC0415  --help does not need it
    from plainwork_core.schema.versions import SchemaChoice  # noqa: PLC0415  as above

    choice = _of_stacks() if provider_version is None else SchemaChoice(provider_version)
    write(directory, choice)
    click.echo(f"{directory}: {len(types(choice))} types, those of AWS from provider {choice.version}")
    click.echo(_SETTINGS.format(folder=directory.as_posix()))


def _of_stacks() -> SchemaChoice:
    """Return the version that all synthesized stacks require; the newest one if there is no stack."""
    from plainwork_core.read.synthesized import find_stacks  # noqa: PLC0415  not with --provider-version
    from plainwork_core.schema.versions import SchemaChoice, choice_of  # noqa: PLC0415  as above

    if not _APP.is_dir():
        return SchemaChoice()
    choices = {choice.version: choice for choice in (choice_of(stack.document()) for stack in find_stacks(_APP))}
    if len(choices) > 1:
        raise InputError(
            f"the stacks in {_APP} require AWS providers {' and '.join(sorted(choices))}; set --provider-version"
        )
    return next(iter(choices.values()), SchemaChoice())
