"""`plainwork eject`: the plain resources of a module in place of its call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from plainwork_cli.command import Command, InputPath, ignore_closed_pipe
from plainwork_cli.eject_python import write_stack
from plainwork_core.eject.ejection import ejected
from plainwork_core.eject.inventory import read_plan, read_state
from plainwork_core.eject.output import difference, hcl_files, python_files
from plainwork_core.files import write_files
from plainwork_core.text import clean_lines, count

if TYPE_CHECKING:
    from plainwork_core.eject.output import Written
    from plainwork_core.eject.result import Ejection


@click.command(cls=Command)
@click.argument("path", type=InputPath(exists=True, file_okay=False, path_type=Path), default=".")
@click.option(
    "--module", "modules", multiple=True, metavar="ADDRESS", help="Call to eject, as module.network; several."
)
@click.option("--all", "is_all", is_flag=True, help="Eject all calls of the root module.")
@click.option(
    "--plan",
    type=InputPath(exists=True, dir_okay=False, path_type=Path),
    help="Plan of PATH in JSON, for keys that the configuration does not determine and as a check.",
)
@click.option(
    "--state",
    type=InputPath(exists=True, dir_okay=False, path_type=Path),
    help="The same from a state: the output of `terraform state list` or `terraform show -json`.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["hcl", "python"]),
    default="hcl",
    show_default=True,
    help="With python, write CALL.py and print what replaces the references; the files of PATH do not change.",
)
@click.option(
    "--output", type=InputPath(dir_okay=False, path_type=Path), help="File of the resources (default: CALL.tf)."
)
@click.option(
    "--from-python",
    "stack",
    metavar="STACK",
    help="Write this synthesized stack as HCL without plainwork: a name in cdktf.out, or a directory.",
)
@click.option("--diff", "--dry-run", "is_diff", is_flag=True, help="Write nothing; show the changes of the files.")
def eject(
    path: Path,
    modules: tuple[str, ...],
    *,
    is_all: bool,
    plan: Path | None,
    state: Path | None,
    form: str,
    output: Path | None,
    stack: str | None,
    is_diff: bool,
) -> None:
    """Replace calls of modules in PATH, a root module, by the plain resources that the modules make.

    Writes the resources with a `moved` block for each, removes the call, and makes what refers to an output of the
    module refer to the resource. The next `terraform plan` has moves and no changes. If something cannot be written,
    all problems are printed and no file changes. Run `terraform init` first.

    With --from-python, writes one file of HCL with the same addresses for a stack of Python (default: STACK/main.tf).
    """
    if stack is not None:
        if modules or is_all or plan or state or is_diff:
            raise click.UsageError("--from-python has only --output beside it")
        _show(write_stack(stack, output))
        return
    if bool(modules) == is_all:
        raise click.UsageError("pass --module ADDRESS or --all")
    if plan and state:
        raise click.UsageError("pass --plan or --state")
    inventory = read_plan(plan) if plan else read_state(state) if state else None
    is_python = form == "python"
    ejection = ejected(path, modules, inventory, is_edited=not is_python)
    written = python_files(ejection, output) if is_python else hcl_files(ejection, path, output)
    if is_diff:
        _show(difference(written, ejection.copies))
        return
    write_files({**ejection.copies, **{one.file: one.after for one in written}})
    _show(_summary(ejection, written))


def _show(lines: object) -> None:
    with ignore_closed_pipe():
        for line in lines:  # type: ignore[attr-defined]
            click.echo(clean_lines(line))


def _length(text: str) -> str:
    return count(text.count("\n"), "line")


def _summary(ejection: Ejection, written: list[Written]) -> list[str]:
    """Return what was written, with the notes."""
    calls = ", ".join(f"module.{name}" for name in ejection.documents)
    lines = [f"{calls}: {count(ejection.resources, 'block')}, {count(len(ejection.moves), 'move')}"]
    for one in written:
        state = "new" if one.before is None else "changed"
        lines.append(f"  {one.file}: {'removed' if one.after is None else f'{state}, {_length(one.after)}'}")
    lines += [f"  {file}: copied" for file in ejection.copies]
    lines += [f"note: {note}" for note in ejection.notes]
    lines += [f"  {reference} is {text}" for reference, text in ejection.references.items()]
    if any(one.file.suffix == ".py" for one in written):
        return [*lines, "Put the statements into your stack in place of the call: its plan has moves and no changes."]
    return [*lines, "Run `terraform plan`: it has moves and no changes."]
