"""`plainwork new`: a project that passes its own checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from plainwork_cli.command import Command, InputPath
from plainwork_core import __version__
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.files import write_files

_FILES = Path(__file__).parent / "project_files"
_SUFFIX, _DOT = ".txt", "dot-"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,20}[a-z0-9]")
"""With an environment, a component and an account ID it is the name of a bucket, which has at most 63 characters."""


@click.command(cls=Command)
@click.argument("directory", type=InputPath(path_type=Path))
@click.option("--name", help="Name of the project, a part of the names of its buckets. [default: that of DIRECTORY]")
@click.option("--owner", default="platform", show_default=True, help="Value of the tag Owner.")
@click.option("--region", default="eu-west-1", show_default=True, help="AWS Region of both environments.")
def new(directory: Path, name: str | None, owner: str, region: str) -> None:
    """Create a project that passes its own checks.

    DIRECTORY must not exist, or be empty. The project is an app with the environments dev and prod, a state bucket for
    each, settings, snapshot tests, a pre-commit configuration and a pipeline for GitHub Actions.
    """
    values = {"project": _name(name or directory.resolve().name), "owner": _owner(owner), "region": _region(region)}
    if existing := sorted(entry.name for entry in directory.iterdir()) if directory.is_dir() else []:
        raise InputError(f"{directory}: contains {existing[0]}; pass a directory that does not exist or is empty")
    write_files(dict(_files(directory, values | {"version": __version__})))
    click.echo(f"created {directory}; next: see {directory / 'README.md'}")


def _files(directory: Path, values: dict[str, str]) -> Iterator[tuple[Path, str]]:
    for source in sorted(_FILES.rglob(f"*{_SUFFIX}")):
        relative = source.relative_to(_FILES).as_posix().removesuffix(_SUFFIX).replace(_DOT, ".")
        text = source.read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"@{key}@", value)
        yield directory / relative, text


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InputError(
            f"the name of the project is {name!r}; it must have 3 to 22 lower-case letters, digits and hyphens, "
            "because it is a part of bucket names. Set --name"
        )
    return name


def _owner(owner: str) -> str:
    if not re.fullmatch(r"[\w .:/=+@-]{1,256}", owner):
        raise InputError(f"--owner is {owner!r}; a tag value has letters, digits, spaces and _.:/=+-@")
    return owner


def _region(region: str) -> str:
    from plainwork_core.aws.regions import region_names  # noqa: PLC0415  --help does not need it

    if region not in region_names():
        raise InputError(f"--region is {region!r}, which is not a Region of AWS{did_you_mean(region, region_names())}")
    return region
