"""`plainwork init`: a settings file with every default."""

from __future__ import annotations

from pathlib import Path

import click

from plainwork_cli.command import Command, ignore_closed_pipe


@click.command(cls=Command)
@click.option("--stdout", is_flag=True, help="Print the file instead of creating it.")
def init(*, stdout: bool) -> None:
    """Create a plainwork.toml with every setting.

    Each setting is a comment with its default. For required tags, allowed Regions and the names of state keys, the
    comment proposes what most of the Terraform code and plans in the working directory already have. An existing file
    is never overwritten.
    """
    from plainwork_policies.engine import proposals, settings_template  # noqa: PLC0415  only this command needs them

    if stdout:
        with ignore_closed_pipe():
            click.echo(settings_template.text(proposals.proposals(Path())), nl=False)
        return
    settings_template.require_none(Path.cwd())
    found = proposals.proposals(Path())
    file = settings_template.write(Path.cwd(), found).name
    click.echo(f"created {file}{'; remove the `#` of each proposal that you confirm' if found.by_key else ''}")
    for (table, key), proposal in found.by_key.items():
        click.echo(f"[{table}] {key} = {settings_template.toml(proposal.value)}")
        click.echo(f"    {proposal.reason}")
