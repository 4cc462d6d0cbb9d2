"""`plainwork recipe`: plain resources for common tasks, to be copied."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import Command, Group, InputPath, ignore_closed_pipe
from plainwork_core.errors import InputError
from plainwork_core.files import write_files

if TYPE_CHECKING:
    from plainwork_core.recipes import Recipe

_SUFFIXES = {"python": ".py", "hcl": ".tf"}
_format = click.option(
    "--format", "format_", type=click.Choice([*_SUFFIXES]), default="python", show_default=True, help="Language."
)


@click.group(cls=Group)
def recipe() -> None:
    """List, show and copy recipes: plain resources for one task."""


@recipe.command("list", cls=Command)
def list_() -> None:
    """List the recipes by task."""
    from plainwork_core.recipes import recipes  # noqa: PLC0415  --help does not need it

    width = max(len(found.name) for found in recipes())
    with ignore_closed_pipe():
        for group, members in groupby(recipes(), lambda found: found.group):
            click.echo(click.style(group, bold=True))
            for found in members:
                click.echo(f"  {found.name:<{width}}  {found.task}")


@recipe.command(cls=Command)
@click.argument("name")
@_format
def show(name: str, format_: str) -> None:
    """Print the recipe NAME."""
    with ignore_closed_pipe():
        click.echo(_source(_found(name), format_).read_text(encoding="utf-8"), nl=False)


@recipe.command(cls=Command)
@click.argument("name")
@click.argument("directory", type=InputPath(path_type=Path, file_okay=False), default=".")
@_format
def copy(name: str, directory: Path, format_: str) -> None:
    """Write the recipe NAME to DIRECTORY, as a file of its name. An existing file is not replaced."""
    found = _found(name)
    file = directory / f"{found.name.replace('-', '_')}{_SUFFIXES[format_]}"
    texts = {directory / beside.name: beside.read_text(encoding="utf-8") for beside in found.companions}
    texts[file] = _source(found, format_).read_text(encoding="utf-8")
    if existing := next((path for path in texts if path.exists()), None):
        raise InputError(f"{existing}: exists; remove it, or pass another directory")
    write_files(texts)
    for path in sorted(texts):
        click.echo(f"created {path}; change the names, the account and the Region in it")


def _found(name: str) -> Recipe:
    from plainwork_core.recipes import recipe as named  # noqa: PLC0415  --help does not need it

    return named(name)


def _source(found: Recipe, format_: str) -> Path:
    return found.hcl if format_ == "hcl" else found.python
