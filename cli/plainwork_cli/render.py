"""`plainwork render`: the synthesized stacks as HCL, a folder for each."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork.errors import PlainworkError
from plainwork_cli.command import Command
from plainwork_core.hcl.write.document import render as render_document
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.sources import DOCUMENT, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.hcl.write.sources import Source

FILE_NAME = "main.tf"
ASSETS = "assets"


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), default="cdktf.out")
@click.option(
    "--output", type=click.Path(path_type=Path), default="hcl.out", show_default=True, help="Where the folders go."
)
@click.option("--check", is_flag=True, help="Write nothing; show what would change, and exit with 1 if anything would.")
@click.option("--stdout", is_flag=True, help="Print the HCL instead of writing it.")
def render(path: Path, output: Path, *, check: bool, stdout: bool) -> None:
    """Write the synthesized stacks in PATH (default: cdktf.out) as HCL.

    PATH is what `app.synth()` has written, the folder of one stack in it, or one document of Terraform's JSON syntax.
    Each stack becomes OUTPUT/STACK/main.tf: a folder is what `terraform -chdir` runs, and one stack is one state.
    Nothing else in OUTPUT is touched.
    """
    if check and stdout:
        raise click.UsageError("--check and --stdout exclude each other: one shows what differs, the other everything")
    rendered = [(source, output / source.name / FILE_NAME, _render(source)) for source in find(path)]
    if check:
        _show_changes(rendered)
    for source, file, text in rendered:
        if stdout:
            click.echo(text if len(rendered) == 1 else f"# {source.name}/{FILE_NAME}\n\n{text}", nl=len(rendered) > 1)
        elif not check:
            _write(source, file, text)


def _render(source: Source) -> str:
    try:
        return render_document(source.document())
    except RenderError as error:
        raise RenderError(f"{source.file}: {error}") from error
    except RecursionError as error:
        raise RenderError(f"{source.file}: something in it is nested too deeply to be read") from error


def _write(source: Source, file: Path, text: str) -> None:
    if (file.parent / DOCUMENT).exists():
        raise PlainworkError(f"{file.parent} holds {DOCUMENT}: Terraform would read both; choose another --output")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        _copy_assets(source.file.parent / ASSETS, file.parent / ASSETS)
    except OSError as error:
        raise PlainworkError(f"{file} cannot be written: {error.strerror}") from error
    click.echo(f"{file}: {text.count(chr(10))} lines")


def _copy_assets(origin: Path, target: Path) -> None:
    """Copy the files that CDKTF puts beside a stack, which its paths name relative to the folder."""
    if origin.is_dir():
        import shutil  # noqa: PLC0415  few stacks have assets

        shutil.copytree(origin, target, dirs_exist_ok=True)


def _show_changes(rendered: Sequence[tuple[Source, Path, str]]) -> None:
    try:
        lines = [line for each in rendered for line in _changes(*each)]
    except OSError as error:
        raise PlainworkError(f"{error.filename} cannot be read: {error.strerror}") from error
    for line in lines:
        click.echo(line.replace("\r", "\\r"), nl=not line.endswith("\n"))
    if lines:
        raise SystemExit(1)
    click.echo(f"{len(rendered)} {'file is' if len(rendered) == 1 else 'files are'} as rendered")


def _changes(source: Source, file: Path, text: str) -> Iterator[str]:
    """The lines of a diff, byte by byte but for what is no UTF-8, and a line for each asset that is not the same."""
    before = file.read_bytes().decode(errors="replace") if file.is_file() else ""
    yield from unified_diff(before.splitlines(keepends=True), text.splitlines(keepends=True), str(file), str(file))
    assets = source.file.parent / ASSETS
    for asset in sorted(each for each in assets.rglob("*") if each.is_file()):
        copy = file.parent / ASSETS / asset.relative_to(assets)
        if not copy.is_file() or copy.read_bytes() != asset.read_bytes():
            yield f"{copy} is not {asset}\n"
