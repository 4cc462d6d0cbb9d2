"""`plainwork schema`: the schema of the providers that a Terraform directory uses; `show` prints a type."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from plainwork_cli.command import Group
from plainwork_cli.schema_show import show
from plainwork_core.errors import SchemaError
from plainwork_core.schema.store import FILE_NAME, ORIGIN, write


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--directory",
    type=click.Path(path_type=Path),
    default=".",
    show_default=True,
    help="Initialized Terraform working directory.",
)
@click.option("--output", type=click.Path(path_type=Path), default=FILE_NAME, show_default=True, help="File to write.")
@click.pass_context
def schema(ctx: click.Context, directory: Path, output: Path) -> None:
    """Generate the schema of your providers for argument checks; show a type.

    plainwork finds it under its default name in the working directory and its parents, or at the path in
    PLAINWORK_SCHEMA. Its types have precedence over the shipped ones (AWS 5.100.0 and 6.69.1).
    """
    if ctx.invoked_subcommand is not None:
        return
    from plainwork_core.schema.terraform import ask  # noqa: PLC0415  --help needs no subprocess

    members = ask(directory)
    try:
        write(output, members)
    except OSError as error:
        raise SchemaError(f"{output} cannot be written: {error.strerror}; choose another --output") from error
    counts = Counter(member.partition("/")[0] for member in members)
    providers = ", ".join(
        f"{source} {version or '(built in)'}" for source, version in members[ORIGIN]["providers"].items()
    )
    click.echo(f"{output}: {counts['resource']} resources and {counts['data']} data sources of {providers}")


schema.add_command(show)
