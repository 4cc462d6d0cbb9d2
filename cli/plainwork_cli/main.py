"""The command `plainwork`. A subcommand is imported when it is run."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module

import click

from plainwork_core import __version__
from plainwork_core.data_files import data_files, sources
from plainwork_core.errors import did_you_mean

COMMANDS = {
    "check": ("plainwork_cli.check:check", "Check Terraform plans, HCL and CDKTF output."),
    "review": ("plainwork_cli.review:review", "Show what a plan does on one page: text, Markdown or HTML."),
    "diff": ("plainwork_cli.diff:diff", "Show what differs between two configurations, without a plan."),
    "can": ("plainwork_cli.can:can", "Show whether a role or user of a stack may do something, and why."),
    "merge": ("plainwork_cli.merge:merge", "Join the results of `check --shard` into one report."),
    "baseline": ("plainwork_cli.baseline:baseline", "Write the findings that `check --against` accepts."),
    "init": (
        "plainwork_cli.init:init",
        "Create a plainwork.toml with proposals for this directory.",
    ),
    "new": ("plainwork_cli.new:new", "Create a project that passes its own checks."),
    "waive": ("plainwork_cli.waive:waive", "Accept a finding until a date, with a reason and an owner."),
    "explain": ("plainwork_cli.policies:explain", "Show the documentation of a policy."),
    "policies": ("plainwork_cli.policies:policies", "List all policies; create and test your own."),
    "checkov-dir": (
        "plainwork_cli.policies:checkov_dir",
        "Print the directory for Checkov's --external-checks-dir option.",
    ),
    "access": ("plainwork_cli.access:access", "Show who may do what, and what a change newly allows."),
    "canary": ("plainwork_cli.canary:canary", "Show the steps of canary deployments and the step that a plan takes."),
    "guardrails": (
        "plainwork_cli.guardrails:guardrails",
        "Write policies of AWS Organizations that enforce tags and Regions.",
    ),
    "doctor": ("plainwork_cli.doctor:doctor", "Find why Terraform cannot use its S3 backend."),
    "eject": ("plainwork_cli.eject:eject", "Replace calls of modules by the plain resources that they make."),
    "render": ("plainwork_cli.render:render", "Convert synthesized stacks to HCL."),
    "adopt": ("plainwork_cli.adopt:adopt", "Convert HCL, CDKTF JSON or a plan to plain Python."),
    "schema": (
        "plainwork_cli.schema:schema",
        "Generate the schema of your providers; show a type.",
    ),
    "recipe": ("plainwork_cli.recipe:recipe", "List, show and copy plain resources for common tasks."),
    "stubs": ("plainwork_cli.stubs:stubs", "Write the stubs of plainwork.types for your providers."),
}
"""The import path of each subcommand, and its line in `--help`, which does not import it."""


class Commands(click.Group):
    """The subcommands of `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, imported now."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"No such command {cmd_name!r}{did_you_mean(cmd_name, COMMANDS)}")
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """Return the commands with a line on each."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    no_args_is_help=True,
)
@click.option("--version", is_flag=True, help="Show the version and exit.")
@click.option("--verbose", is_flag=True, help="With --version: show the sources of the data files, too.")
@click.pass_context
def main(ctx: click.Context, *, version: bool, verbose: bool) -> None:
    """Check Terraform for AWS, and write Terraform stacks in Python."""
    if version:
        click.echo(f"plainwork {__version__}")
        if verbose:
            for file in data_files():
                for source in sources(file.name):
                    click.echo(f"  {file.name:<28}{source} ({source.date})")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        ctx.fail("Missing command.")


def run() -> None:
    """Run the command as a process of its own: what `plainwork` starts.

    The garbage collector of cycles is off. A run makes next to none, and to look for them costs a fifth of the time of
    a large plan; the memory stays the same. Python also searches all that is left when it exits: a tenth of that time,
    unless it is frozen.
    """
    gc.disable()
    atexit.register(gc.freeze)
    main()
