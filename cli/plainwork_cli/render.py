"""`plainwork render`: the synthesized stacks as HCL, a directory for each."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import Command, ignore_closed_pipe
from plainwork_core.errors import PlainworkError
from plainwork_core.files import write_files
from plainwork_core.hcl.write.document import render as render_document
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.output_directory import DOCUMENT
from plainwork_core.read.synthesized import find_stacks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.read.synthesized import SynthesizedStack

FILE_NAME = "main.tf"
ASSETS = "assets"


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), default="cdktf.out")
@click.option(
    "--output", type=click.Path(path_type=Path), default="hcl.out", show_default=True, help="Directory to write to."
)
@click.option("--check", is_flag=True, help="Write nothing; show the changes, and exit with code 1 if there are any.")
@click.option("--stdout", is_flag=True, help="Print the HCL instead of writing files.")
def render(path: Path, output: Path, *, check: bool, stdout: bool) -> None:
    """Write the synthesized stacks in PATH (default: cdktf.out) as HCL.

    PATH is the output directory of an app, the directory of one stack in it, or one document of Terraform's JSON
    syntax. Each stack becomes OUTPUT/STACK/main.tf, so that `terraform -chdir` runs one stack with one state. Other
    files in OUTPUT do not change.
    """
    if check and stdout:
        raise click.UsageError("--check and --stdout are mutually exclusive")
    rendered = [(stack, output / stack.name / FILE_NAME, _render(stack)) for stack in find_stacks(path)]
    if check:
        _show_changes(rendered)
    for stack, file, text in rendered:
        if stdout:
            _print(text if len(rendered) == 1 else f"# {stack.name}/{FILE_NAME}\n\n{text}", nl=len(rendered) > 1)
        elif not check:
            _write(stack, file, text)


def _render(stack: SynthesizedStack) -> str:
    try:
        return render_document(stack.document())
    except RenderError as error:
        raise RenderError(f"{stack.file}: {error}") from error
    except RecursionError as error:
        raise RenderError(f"{stack.file}: nested too deeply to be rendered") from error


def _write(stack: SynthesizedStack, file: Path, text: str) -> None:
    if (file.parent / DOCUMENT).exists():
        raise PlainworkError(
            f"{file.parent}: contains {DOCUMENT}, and Terraform would read both files; choose another --output"
        )
    write_files({file: text, **_copies(stack, file)})
    _print(f"{file}: {text.count(chr(10))} lines")


def _copies(stack: SynthesizedStack, file: Path) -> dict[Path, Path]:
    """Return the files of the assets, to which the paths of *stack* are relative, by their place beside *file*."""
    origin = stack.file.parent
    assets = sorted(path for path in (origin / ASSETS).rglob("*") if path.is_file())
    return {file.parent / path.relative_to(origin): path for path in assets}


def _print(text: str, *, nl: bool = True) -> None:
    with ignore_closed_pipe():
        click.echo(text, nl=nl)


def _show_changes(rendered: Sequence[tuple[SynthesizedStack, Path, str]]) -> None:
    try:
        lines = [line for stack, file, text in rendered for line in _changes(stack, file, text)]
    except OSError as error:
        raise PlainworkError(f"{error.filename}: cannot be read: {error.strerror}") from error
    for line in lines:
        _print(line.replace("\r", "\\r"), nl=not line.endswith("\n"))
    if lines:
        raise SystemExit(1)
    _print(f"{len(rendered)} {'file is' if len(rendered) == 1 else 'files are'} up to date")


def _changes(stack: SynthesizedStack, file: Path, text: str) -> Iterator[str]:
    """Yield the lines of a diff, exact except for invalid UTF-8, and a line for each asset that differs."""
    before = file.read_bytes().decode(errors="replace") if file.is_file() else ""
    yield from unified_diff(before.splitlines(keepends=True), text.splitlines(keepends=True), str(file), str(file))
    for copy, asset in _copies(stack, file).items():
        if not copy.is_file() or copy.read_bytes() != asset.read_bytes():
            yield f"{copy} differs from {asset}\n"
