"""`plainwork waive`: a waiver in the settings file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plainwork_cli.command import Command


def _date(_ctx: click.Context, _param: click.Parameter, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"must be a date such as 2027-03-31: got {text!r}") from error


@click.command(cls=Command)
@click.argument("policy")
@click.argument("address")
@click.option("--reason", required=True, help="Why the finding is accepted, in a sentence.")
@click.option("--owner", required=True, help="The team or person that accepts it.")
@click.option("--expires", required=True, metavar="YYYY-MM-DD", callback=_date, help="The last day of the waiver.")
@click.option("--argument", default="", help="Only findings on this argument. [default: all of the policy]")
@click.option("--path", default="", help="Only stacks in this directory or file, a glob relative to the settings file.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings file. [default: the nearest plainwork.toml or pyproject.toml in this directory or its parents]",
)
def waive(
    *, policy: str, address: str, reason: str, owner: str, expires: date, argument: str, path: str, config: Path | None
) -> None:
    """Accept a finding until a date: add a waiver to the settings file.

    POLICY is the id or slug of the finding's policy, and ADDRESS its address, as in the report of `plainwork check`. An
    address without the key of an instance is for all instances, `module.x` is for all that is in the module, and `*`
    matches any text.
    """
    from plainwork_core.waivers import Waiver  # noqa: PLC0415  --help does not need it
    from plainwork_policies.engine import waiver_file  # noqa: PLC0415  as above

    waiver = Waiver(policy, reason, owner, expires, address, argument, path)
    file = waiver_file.add(waiver, config, date.today())
    click.echo(f"{file}: {policy} at {address} is waived until {expires}")
