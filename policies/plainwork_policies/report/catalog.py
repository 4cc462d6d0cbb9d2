"""The catalog for people: the table of policies, and the page about one."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc
from typing import IO

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plainwork_core import terminal
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.report import examples, labels


def table(policies: Iterable[PolicyEntry | Policy], stream: IO[str]) -> None:
    """Write one line for each of *policies* to *stream*."""
    lines = Table.grid(padding=(0, 2, 0, 0))
    for policy in policies:
        lines.add_row(
            Text(policy.id, "dim"), labels.severity(policy.severity), Text(policy.slug, "bold"), Text(policy.title)
        )
    with terminal.console(stream) as console:
        console.print(lines)


def explain(policy: Policy, stream: IO[str]) -> None:
    """Write the page about *policy* to *stream*: its title, and each section of its documentation."""
    with terminal.console(stream) as console:
        console.print(Text(policy.title, "bold"))
        console.print(Text.assemble(labels.severity(policy.severity), "  ", labels.name(policy)), end="\n\n")
        for heading, text in policy.sections.items():
            console.print(Text(heading, "bold cyan"))
            console.print(Padding(_body(text), (0, 0, 1, 2)))
        if example := _example(policy):
            console.print(Text("What it finds", "bold cyan"))
            console.print(Padding(Text(example), (0, 0, 1, 2)))


def _example(policy: Policy) -> str:
    """Return the HCL that *policy* finds."""
    found = (examples.files(examples.folder(policy), kind) for kind in ("bad", "unknown"))
    return next((files["main.tf"].read_text(encoding="utf-8").rstrip() for files in found if files), "")


def _body(text: str) -> Text:
    body = Text(cleandoc(text).replace("::\n", ":\n"))
    body.highlight_regex(r"`[^`]+`", "cyan")
    return body
