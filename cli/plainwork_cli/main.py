"""The command `plainwork`. A subcommand is imported when it is run."""

from __future__ import annotations

from importlib import import_module

import click

from plainwork_core import __version__
from plainwork_core.errors import did_you_mean

COMMANDS = {
    "check": ("plainwork_cli.check:check", "Judge Terraform plans, CDKTF output and HCL by the policies."),
    "init": ("plainwork_cli.init:init", "Write a plainwork.toml in which every setting is explained."),
    "explain": ("plainwork_cli.policies:explain", "Say what a policy judges, why, and how to fix what it finds."),
    "policies": ("plainwork_cli.policies:policies", "List every policy."),
    "checkov-dir": ("plainwork_cli.policies:checkov_dir", "Print the folder for Checkov's --external-checks-dir."),
    "canary": ("plainwork_cli.canary:canary", "Show the steps of canaries, and which one a plan takes."),
    "render": ("plainwork_cli.render:render", "Write the synthesized stacks as HCL."),
    "schema": ("plainwork_cli.schema:schema", "Write the schema of your own providers."),
}
"""Where each subcommand is, and the line that `--help` shows, which must not import it."""


class Commands(click.Group):
    """The subcommands of `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"No such command {cmd_name!r}{did_you_mean(cmd_name, COMMANDS)}")
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """The commands with a line on each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="plainwork", message="%(prog)s %(version)s")
def main() -> None:
    """Plain Terraform resources for AWS in Python, and policies that judge what they generate."""
