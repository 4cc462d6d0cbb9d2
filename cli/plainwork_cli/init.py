"""`plainwork init`: a settings file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from plainwork_cli.command import Command


@click.command(cls=Command)
@click.option("--stdout", is_flag=True, help="Print the file instead of writing it.")
def init(*, stdout: bool) -> None:
    """Write a plainwork.toml here in which every setting is explained and has its default.

    A file that is there is never overwritten.
    """
    from plainwork_policies.engine import settings_template  # noqa: PLC0415  only this command needs it

    if stdout:
        click.echo(settings_template.text(), nl=False)
    else:
        click.echo(f"wrote {settings_template.write(Path.cwd()).name}")
