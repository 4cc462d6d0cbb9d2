"""The exit codes and the paths of all subcommands."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from plainwork_core.errors import PlainworkError
from plainwork_core.text import clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

INVALID = 2
"""The exit code for an input, setting or option that is invalid, and for a bug of plainwork."""


class Command(click.Command):
    """A subcommand whose errors result in exit code 2. Python's exit code 1 would mean that a policy failed.

    Attributes:
        invalid: the exit code for errors, if 2 has another meaning.
    """

    invalid = INVALID

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Parse the arguments; an error has the exit code of the subcommand."""
        try:
            return super().make_context(*arguments, **named)
        except click.ClickException as error:
            error.exit_code = self.invalid  # type: ignore[misc]  # click reads it of the error
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; print a `PlainworkError` without a traceback."""
        try:
            return super().invoke(ctx)
        except PlainworkError as error:
            click.echo(f"Error: {clean_lines(str(error))}", err=True)
        except click.ClickException as error:
            error.exit_code = self.invalid  # type: ignore[misc]  # click reads it of the error
            raise
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001  a bug of plainwork: with a traceback, and never with exit code 1
            import traceback  # noqa: PLC0415  slow to import, and rarely needed

            traceback.print_exc()
        return ctx.exit(self.invalid)


class Group(Command, click.Group):
    """A subcommand with subcommands of its own."""


@contextmanager
def ignore_closed_pipe() -> Iterator[None]:
    """Write to standard output; if its reader has ended, as `head` does, discard the output.

    click would exit with 1, which means that a policy failed or that files differ.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()


def discard_output() -> None:
    """Discard what is not written to standard output yet, and what follows: Python would try again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class InputPath(click.Path):
    """A path on the command line. An empty path is an error, because a variable may not be set."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Turn *value* into a `Path`."""
        if value == "":
            self.fail("the path is empty; a variable may not be set. The working directory is `.`", param, ctx)
        return super().convert(value, param, ctx)
