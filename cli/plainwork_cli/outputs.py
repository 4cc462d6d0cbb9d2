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
    from collections.abc import Callable, Sequence

    from plainwork_policies.engine.run_result import RunResult

_Command = TypeVar("_Command", bound="Callable[..., Any]")


class Output(NamedTuple):
    """A report: its format, and its file or `None` for standard output."""

    format: str
    file: Path | None = None


class OutputType(click.ParamType["Output"]):
    """A format, or a format and a file."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """Turn `sarif=out.sarif` into an `Output`."""
        name, separator, file = str(value).partition("=")
        if name not in FORMATS:
            hint = did_you_mean(name, FORMATS) or f"; use one of {', '.join(FORMATS)}"
            self.fail(f"unknown format {name!r}{hint}", param, ctx)
        if separator and not file:
            self.fail(f"{value!r} has no file; write {name}=FILE, or {name} for standard output", param, ctx)
        return Output(name, Path(file) if file else None)


def output_options(command: _Command) -> _Command:
    """Add `--format` and `--show-unchanged`."""
    options = (
        click.option(
            "outputs",
            "--format",
            metavar="NAME[=FILE]",
            type=OutputType(),
            multiple=True,
            default=["text"],
            callback=_distinct,
            help=f"Report format: {', '.join(FORMATS)}; repeatable if the others have a FILE. [default: text]",
        ),
        click.option(
            "--show-unchanged", is_flag=True, help="Show the findings on resources that a plan does not change."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


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
    """Write the reports of *run*, and return whether all are whole. A file is written whole or stays as it was."""
    problems = []
    for output in sorted(outputs, key=lambda output: output.file is None):
        try:
            _write(run, output, show_unchanged=show_unchanged)
        except OSError as error:
            if output.file is None:
                discard_output()
            place = output.file or "standard output"
            problems.append(f"{place}: the {output.format} report cannot be written: {error.strerror or error}")
    for problem in problems:
        click.echo(f"Error: {problem}", err=True)
    return not problems


def _write(run: RunResult, output: Output, *, show_unchanged: bool) -> None:
    if output == Output("text"):
        from plainwork_policies.report import as_text  # noqa: PLC0415  rich is slow to import

        with ignore_closed_pipe():
            as_text.write(run, sys.stdout, show_unchanged=show_unchanged)
        return
    content = render(run, output.format, show_unchanged=show_unchanged).encode(errors="backslashreplace")
    if output.file:
        write_bytes(output.file, content + b"\n")
        return
    with ignore_closed_pipe():
        click.echo(content)
