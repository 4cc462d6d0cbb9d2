"""The option `--format NAME[=FILE]`: where each report of a run goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from plainwork_cli.command import discard_output, ignore_closed_pipe
from plainwork_core.errors import did_you_mean
from plainwork_core.files import write_bytes
from plainwork_policies.report.formats import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from plainwork_policies.engine.run_result import RunResult

_Command = TypeVar("_Command", bound="Callable[..., Any]")


class Output(NamedTuple):
    """A report: its format, and its file or `None` for standard output."""

    format: str
    file: Path | None = None


class OutputType(click.ParamType["Output"]):
    """A format of *formats*, or a format and a file."""

    name = "format"

    def __init__(self, formats: Collection[str]) -> None:
        self._formats = formats

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """Turn `sarif=out.sarif` into an `Output`."""
        name, separator, file = str(value).partition("=")
        if name not in self._formats:
            hint = did_you_mean(name, self._formats) or f"; use one of {', '.join(self._formats)}"
            self.fail(f"unknown format {name!r}{hint}", param, ctx)
        if separator and not file:
            self.fail(f"{value!r} has no file; write {name}=FILE, or {name} for standard output", param, ctx)
        return Output(name, Path(file) if file else None)


def format_option(formats: Collection[str]) -> Callable[[_Command], _Command]:
    """Return the option `--format` for *formats*, of which `text` is the default."""
    return click.option(
        "outputs",
        "--format",
        metavar="NAME[=FILE]",
        type=OutputType(formats),
        multiple=True,
        default=["text"],
        callback=_distinct,
        help=f"Report format: {', '.join(formats)}; repeatable if the others have a FILE. [default: text]",
    )


def output_options(command: _Command) -> _Command:
    """Add `--format` and `--show-unchanged`."""
    show_unchanged = click.option(
        "--show-unchanged", is_flag=True, help="Show the findings on resources that a plan does not change."
    )
    return format_option(FORMATS)(show_unchanged(command))


def _distinct(_ctx: click.Context, _param: click.Parameter, outputs: tuple[Output, ...]) -> tuple[Output, ...]:
    """Return *outputs*; two with one destination are an error."""
    for index, output in enumerate(outputs):
        if same := [other for other in outputs[:index] if other.file == output.file]:
            place = str(output.file) if output.file else "standard output"
            raise click.BadParameter(
                f"{same[0].format} and {output.format} both go to {place}; write one of them to a file: "
                f"--format {output.format}=FILE"
            )
    return outputs


def write(run: RunResult, outputs: Sequence[Output], *, show_unchanged: bool) -> bool:
    """Write the reports of *run*, and return whether all are whole."""

    def write_text() -> None:
        from plainwork_policies.report import as_text  # noqa: PLC0415  rich is slow to import

        as_text.write(run, sys.stdout, show_unchanged=show_unchanged)

    return write_all(outputs, write_text, lambda name: render(run, name, show_unchanged=show_unchanged))


def write_all(outputs: Sequence[Output], write_text: Callable[[], None], make: Callable[[str], str]) -> bool:
    """Write *outputs*, and return whether all are whole. A file is written whole or stays as it was.

    Args:
        outputs: formats and files.
        write_text: writes the text to standard output, with colors on a terminal.
        make: returns a report in a format.
    """
    problems = []
    for output in sorted(outputs, key=lambda output: output.file is None):
        try:
            _write(output, write_text, make)
        except OSError as error:
            if output.file is None:
                discard_output()
            place = output.file or "standard output"
            problems.append(f"{place}: the {output.format} report cannot be written: {error.strerror or error}")
    for problem in problems:
        click.echo(f"Error: {problem}", err=True)
    return not problems


def _write(output: Output, write_text: Callable[[], None], make: Callable[[str], str]) -> None:
    if output == Output("text"):
        with ignore_closed_pipe():
            write_text()
        return
    content = make(output.format).encode(errors="backslashreplace")
    if output.file:
        write_bytes(output.file, content + b"\n")
        return
    with ignore_closed_pipe():
        click.echo(content)
