"""`plainwork init`: a settings file with every default."""

from __future__ import annotations

from pathlib import Path

import click

from plainwork_cli.command import Command, ignore_closed_pipe


@click.command(cls=Command)
@click.option("--stdout", is_flag=True, help="Print the file instead of creating it.")
def init(*, stdout: bool) -> None:
    """Create a plainwork.toml with every setting and its default.

    An existing file is never overwritten.
    """
    from plainwork_policies.engine import settings_template  # noqa: PLC0415  only this command needs it

    if stdout:
        with ignore_closed_pipe():
            click.echo(settings_template.text(), nl=False)
    else:
        click.echo(f"created {settings_template.write(Path.cwd()).name}")
