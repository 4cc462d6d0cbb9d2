"""`plainwork explain`, `plainwork policies` and `plainwork checkov-dir`."""

from __future__ import annotations

import sys

import click

from plainwork_cli.command import Command, ignore_closed_pipe


@click.command(cls=Command)
@click.argument("name", metavar="POLICY")
def explain(name: str) -> None:
    """Show the documentation of a policy.

    POLICY is its id or slug.
    """
    from plainwork_policies.engine.registry import by_name, loaded  # noqa: PLC0415  --help does not need it
    from plainwork_policies.report import catalog  # noqa: PLC0415  rich is slow to import

    policy = loaded(by_name(name))
    with ignore_closed_pipe():
        catalog.explain(policy, sys.stdout)


@click.command(cls=Command)
def policies() -> None:
    """List all policies."""
    from plainwork_policies.engine.registry import entries  # noqa: PLC0415  --help does not need it
    from plainwork_policies.report import catalog  # noqa: PLC0415  rich is slow to import

    with ignore_closed_pipe():
        catalog.table(entries(), sys.stdout)


@click.command(cls=Command)
def checkov_dir() -> None:
    """Print the directory for Checkov's --external-checks-dir option."""
    from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR  # noqa: PLC0415  only this command needs it

    click.echo(EXTERNAL_CHECKS_DIR)
