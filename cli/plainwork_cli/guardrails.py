"""`plainwork guardrails`: the settings as policies of AWS Organizations or IAM."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Literal, get_args

import click

from plainwork_cli.command import Command, InputPath, ignore_closed_pipe
from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_cli.guardrail_files import Guardrails
    from plainwork_policies.regions.settings import RegionSettings
    from plainwork_policies.tags.settings import TagSettings

Subject = Literal["tags", "regions"]
_FURTHER = re.compile(r"(?P<name>tags|tag-policy|regions)-\d+\.json")
"""The files of the policies after the first one."""

SUBJECTS: tuple[Subject, ...] = get_args(Subject)


@click.command(cls=Command)
@click.argument("subjects", metavar="[tags] [regions]", nargs=-1, type=click.Choice(SUBJECTS))
@click.option("format_", "--format", type=click.Choice(["hcl", "json"]), default="hcl", show_default=True)
@click.option(
    "--output",
    metavar="DIR",
    type=InputPath(file_okay=False, path_type=Path),
    help="Write files to this directory instead of standard output.",
)
@click.option("--target", "targets", metavar="ID", multiple=True, help="Attach the policies to this root, OU, account.")
@click.option(
    "--exempt",
    "exempt_principals",
    metavar="ARN",
    multiple=True,
    help="Do not deny this principal, such as arn:aws:iam::*:role/break-glass; repeatable.",
)
@click.option(
    "--service", "services", metavar="PREFIX", multiple=True, help="Cover these services, such as ec2, or ALL and s3."
)
@click.option("--through-services", is_flag=True, help="Also deny requests that AWS services make for the caller.")
@click.option("--iam", is_flag=True, help="Write managed policies of IAM, for accounts without AWS Organizations.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings file. [default: the nearest plainwork.toml or pyproject.toml in this directory or its parents]",
)
def guardrails(
    *,
    subjects: tuple[Subject, ...],
    format_: str,
    output: Path | None,
    targets: tuple[str, ...],
    exempt_principals: tuple[str, ...],
    services: tuple[str, ...],
    config: Path | None,
    through_services: bool,
    iam: bool,
) -> None:
    """Write policies that enforce [tags] and [regions] of the settings.

    Service control policies deny requests that create a resource without a required tag or with a value that is not
    allowed, and requests to other Regions; tag policies define the case of tag keys. The summary of what they cover is
    on standard error, with --output on standard output.
    """
    from plainwork_cli.guardrail_files import Guardrails, summary  # noqa: PLC0415  --help needs none of these
    from plainwork_core.guardrails.tag_statements import Scope  # noqa: PLC0415  as above
    from plainwork_policies.engine import settings_file  # noqa: PLC0415  as above
    from plainwork_policies.regions.settings import RegionSettings  # noqa: PLC0415  as above
    from plainwork_policies.tags.settings import TagSettings  # noqa: PLC0415  as above

    settings = settings_file.read(config) if config else settings_file.load()
    tags, regions = settings.get(TagSettings), settings.get(RegionSettings)
    subjects = subjects or _set(tags, regions)
    found = Guardrails(
        tags if "tags" in subjects else None,
        regions if "regions" in subjects else None,
        Scope(services, exempt_principals, through_services),
        targets,
        organizations=not iam,
    )
    lines = list(summary(found))
    with ignore_closed_pipe():
        if output is None:
            click.echo(_text(found, format_), nl=False)
        else:
            _write(_files(found, format_), output)
        for line in lines:
            click.echo(fill(line, 120, subsequent_indent=4 * " "), err=output is None)


def _set(tags: TagSettings, regions: RegionSettings) -> tuple[Subject, ...]:
    """Return the tables that have a rule."""
    found: list[Subject] = []
    if tags.required or tags.allowed_values or tags.value_patterns:
        found.append("tags")
    if regions.allowed:
        found.append("regions")
    if not found:
        raise InputError(
            "the settings have neither rules for tags nor allowed Regions; create a plainwork.toml with `plainwork "
            "init`, and set `[tags] required` or `[regions] allowed`"
        )
    return tuple(found)


def _text(found: Guardrails, format_: str) -> str:
    """Return what is printed: HCL, or one JSON object with all policies by name."""
    from plainwork_cli.guardrail_files import hcl, policies  # noqa: PLC0415  as above

    return hcl(found) if format_ == "hcl" else f"{json.dumps(policies(found), indent=2, ensure_ascii=False)}\n"


def _files(found: Guardrails, format_: str) -> dict[str, str]:
    """Return the files: one with HCL, or the JSON of each policy without spaces, which count."""
    from plainwork_cli.guardrail_files import hcl, policies  # noqa: PLC0415  as above
    from plainwork_core.guardrails.documents import encoded  # noqa: PLC0415  as above

    if format_ == "hcl":
        return {"guardrails.tf": hcl(found)}
    return {f"{name}.json": encoded(content) for name, content in policies(found).items()}


def _write(files: dict[str, str], output: Path) -> None:
    from plainwork_core.files import write_files  # noqa: PLC0415  as above

    write_files({output / name: text for name, text in files.items()})
    for name in files:
        click.echo(f"{output / name}: written")
    for file in sorted(output.iterdir()):
        found = _FURTHER.fullmatch(file.name)
        if found and file.name not in files and f"{found['name']}.json" in files:
            click.echo(f"{file}: of an earlier run and no longer part of the policies; delete it", err=True)
