"""`plainwork explain`, `plainwork policies` and `plainwork checkov-dir`: what there is to run."""

from __future__ import annotations

import sys

import click

from plainwork_cli.command import Command


@click.command(cls=Command)
@click.argument("name", metavar="ID_OR_SLUG")
def explain(name: str) -> None:
    """Say what a policy judges, why, how to fix what it finds, and what it cannot see."""
    from plainwork_policies.engine.catalog import by_name  # noqa: PLC0415  it imports every policy
    from plainwork_policies.report import catalog  # noqa: PLC0415  rich is slow to import

    catalog.explain(by_name(name), sys.stdout)


@click.command(cls=Command)
def policies() -> None:
    """List every policy."""
    from plainwork_policies.engine.catalog import POLICIES  # noqa: PLC0415  it imports every policy
    from plainwork_policies.report import catalog  # noqa: PLC0415  rich is slow to import

    catalog.table(POLICIES, sys.stdout)


@click.command(cls=Command)
def checkov_dir() -> None:
    """Print the folder for Checkov's --external-checks-dir."""
    from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR  # noqa: PLC0415  only this command needs it

    click.echo(EXTERNAL_CHECKS_DIR)
