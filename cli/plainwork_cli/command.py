"""What every subcommand has in common: its exit codes and its paths."""

from __future__ import annotations

from typing import Any

import click

from plainwork_core.errors import PlainworkError

INVALID = 2
"""The exit code for an input, setting or option that is invalid, and for a fault of plainwork."""


class Command(click.Command):
    """A subcommand whose errors end in exit code 2. Python's own 1 would mean that a policy failed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; print a user's mistake without a traceback."""
        try:
            return super().invoke(ctx)
        except PlainworkError as error:
            click.echo(f"Error: {error}", err=True)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001  a fault of plainwork: shown whole, and never with exit code 1
            import traceback  # noqa: PLC0415  slow to import, and rarely needed

            traceback.print_exc()
        return ctx.exit(INVALID)


class InputPath(click.Path):
    """A path on the command line. An empty one is a variable that is not set, and not the working directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Turn *value* into a `Path`."""
        if value == "":
            self.fail("the path is empty: is a variable not set? The working directory is `.`", param, ctx)
        return super().convert(value, param, ctx)
