"""`plainwork adopt`: existing configuration as plain Python with the same addresses."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from plainwork_cli.command import Command, InputPath, ignore_closed_pipe
from plainwork_core.errors import InputError
from plainwork_core.files import write_files
from plainwork_core.text import clean_lines

_NAME = re.compile(r"[\w-][\w.-]*", re.ASCII)


@click.command(cls=Command)
@click.argument("path", type=InputPath(path_type=Path))
@click.option(
    "--output", type=InputPath(path_type=Path, dir_okay=False), help="File to write instead of standard output."
)
@click.option("--name", help="Name of the stack. Default: that of the directory.")
def adopt(path: Path, output: Path | None, name: str | None) -> None:
    """Write the configuration at PATH as Python.

    PATH is a directory or file of HCL, CDKTF JSON, or the JSON of a plan. The Python creates the same addresses with
    the same arguments, so that a plan of what `plainwork render` makes of it has no changes. This is checked before
    anything is written; what has no form in Python is an error with its line. An existing file is not replaced.
    """
    from plainwork_cli.adopt_check import problems  # noqa: PLC0415  --help does not need it
    from plainwork_core.adopt.inputs import read  # noqa: PLC0415
    from plainwork_core.python_source import python_source  # noqa: PLC0415

    if output:
        _check_output(output)
    configuration = read(path)
    stack = _stack_name(path, name)
    found = problems(configuration, stack)
    for note in configuration.notes:
        click.echo(f"Note: {clean_lines(note)}", err=True)
    if found:
        raise InputError("\n  ".join([f"{path}: cannot be written as Python:", *found]))
    text = python_source(configuration.document, stack)
    if output is None:
        with ignore_closed_pipe():
            click.echo(text, nl=False)
        return
    write_files({output: text})
    click.echo(f"created {output}: stack {stack}; `plainwork render` writes it as HCL after `python {output}`")


def _check_output(output: Path) -> None:
    """Raise an error for a file that exists, or that Python would import in place of a module of its name."""
    if output.exists():
        raise InputError(f"{output}: exists; remove it, or pass another file")
    if output.stem == "plainwork" or output.stem in sys.stdlib_module_names:
        raise InputError(f"{output}: Python would import this file in place of its module `{output.stem}`; rename it")


def _stack_name(path: Path, name: str | None) -> str:
    """Return the name of the stack: that of the option, or of the directory, without what a name cannot have."""
    if name is not None:
        if not _NAME.fullmatch(name):
            raise InputError(f"--name is {name!r}; use letters, digits, `.`, `_` and `-`, not beginning with `.`")
        return name
    directory = path.resolve() if path.is_dir() else path.resolve().parent
    return re.sub(r"[^\w.-]", "-", directory.name, flags=re.ASCII).lstrip(".") or "stack"
