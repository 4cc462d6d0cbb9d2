"""`plainwork schema show`: the arguments, attributes and nested blocks of a type."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from plainwork_cli.command import Command, ignore_closed_pipe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.schema import Mode
    from plainwork_core.schema.outline import Member

_MODES: tuple[Mode, ...] = ("data", "ephemeral", "action", "provider")
_HEADINGS = {"required": "Required", "optional": "Optional", "computed": "Computed", "block": "Blocks"}
_INDENT = "  "
_TYPE_WIDTH = 24


@click.command(cls=Command)
@click.argument("type_", metavar="TYPE")
@click.argument("path", metavar="[BLOCK]...", nargs=-1)
@click.option("--provider-version", metavar="CONSTRAINT", default="", help="Version of the AWS provider.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(type_: str, path: tuple[str, ...], provider_version: str, format_: str) -> None:
    """Show the arguments, attributes and nested blocks of a type, or of a block in it.

    TYPE is a resource type, or one of another kind: data.aws_ami, ephemeral.aws_kms_secrets, provider.aws.
    `plainwork schema show aws_s3_bucket lifecycle_rule expiration` shows a nested block.
    """
    from plainwork_core.schema.outline import block_at, members, versions_of  # noqa: PLC0415  --help does not need it
    from plainwork_core.schema.versions import SchemaChoice  # noqa: PLC0415  as above

    prefix, _, rest = type_.partition(".")
    mode: Mode = next((mode for mode in _MODES if mode == prefix), "resource")
    names = [name for step in ((rest if mode != "resource" else type_), *path) for name in step.split(".")]
    choice = SchemaChoice(provider_version)
    block = block_at(choice, mode, names[0], names[1:])
    versions = versions_of(mode, names[0], names[1:])
    rows = members(block, versions)
    address = ".".join(names if mode == "resource" else [mode, *names])
    with ignore_closed_pipe():
        if format_ == "json":
            click.echo(json.dumps(_document(mode, names, choice.version, tuple(versions), rows), indent=2))
        else:
            click.echo("\n".join(_text(address, choice.version, tuple(versions), rows)))


def _document(
    mode: Mode, names: Sequence[str], version: str, versions: Sequence[str], rows: Sequence[Member]
) -> dict[str, Any]:
    return {
        "kind": mode,
        "type": names[0],
        "block": names[1:],
        "provider_version": version if versions else None,
        "provider_versions": versions,
        "members": [asdict(row) for row in rows],
    }


def _text(address: str, version: str, versions: Sequence[str], rows: Sequence[Member]) -> Iterator[str]:
    yield f"{address}: AWS provider {version} (in {' and '.join(versions)})" if versions else f"{address}: your schema"
    names = max((len(row.name) for row in rows), default=0)
    types = min(max((len(_type(row)) for row in rows), default=0), _TYPE_WIDTH)
    for kind, heading in _HEADINGS.items():
        found = [row for row in rows if row.kind == kind]
        if found:
            yield f"\n{heading}"
        for row in found:
            line = f"{_INDENT}{row.name:<{names}}{_INDENT}{_type(row):<{types}}{_INDENT}{_marks(row, versions)}"
            yield line.rstrip()


def _type(row: Member) -> str:
    return row.limits if row.kind == "block" else row.type


def _marks(row: Member, versions: Sequence[str]) -> str:
    only = [] if len(row.versions) == len(versions) else [f"only in {' and '.join(row.versions)}"]
    return ", ".join([*row.marks, *only])
