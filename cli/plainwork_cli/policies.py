"""`plainwork explain`, `plainwork policies` and `plainwork checkov-dir`."""

from __future__ import annotations

import sys

import click

from plainwork_cli import own_policies
from plainwork_cli.command import Command, Group, ignore_closed_pipe
from plainwork_cli.selection import policies_of


@click.command(cls=Command)
@click.argument("name", metavar="POLICY")
def explain(name: str) -> None:
    """Show the documentation of a policy.

    POLICY is its id or slug.
    """
    from plainwork_policies.engine import settings_file  # noqa: PLC0415  --help does not need it
    from plainwork_policies.engine.registry import by_name, loaded  # noqa: PLC0415  as above
    from plainwork_policies.report import catalog  # noqa: PLC0415  rich is slow to import

    policy = loaded(by_name(name, policies_of(settings_file.load())))
    with ignore_closed_pipe():
        catalog.explain(policy, sys.stdout)


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def policies(ctx: click.Context) -> None:
    """List all policies; create and test your own."""
    if ctx.invoked_subcommand is not None:
        return
    from plainwork_policies.engine import settings_file  # noqa: PLC0415  --help does not need it
    from plainwork_policies.report import catalog  # noqa: PLC0415  rich is slow to import

    with ignore_closed_pipe():
        catalog.table(policies_of(settings_file.load()), sys.stdout)


policies.add_command(own_policies.new)
policies.add_command(own_policies.test)
policies.add_command(own_policies.pages)


@click.command(cls=Command)
def checkov_dir() -> None:
    """Print the directory for Checkov's --external-checks-dir option."""
    from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR  # noqa: PLC0415  only this command needs it

    click.echo(EXTERNAL_CHECKS_DIR)
