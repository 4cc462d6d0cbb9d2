"""The output of `plainwork policies` and `plainwork explain`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from inspect import cleandoc
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plainwork_core import terminal
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.report import examples, labels, pages


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
    """Write the documentation of *policy* to *stream*, with its examples."""
    root = examples.directory(policy)
    with terminal.console(stream) as console:
        console.print(Text(policy.title, "bold"))
        console.print(Text.assemble(labels.severity(policy.severity), "  ", labels.name(policy)))
        for line in (pages.formerly(policy), pages.required_setting(policy), pages.url(policy)):
            if line:
                console.print(_body(line), soft_wrap=True)
        console.print()
        for heading, text in pages.sections(policy).items():
            _write_section(console, heading, _body(text))
            if heading == "Remedy":
                _write_files(console, examples.remedy(root))
        if policy.links:
            _write_section(console, pages.REFERENCE, Text("\n".join(policy.links)))
        if found := examples.found(root):
            _write_section(console, pages.EXAMPLE)
            _write_files(console, found)


def _write_section(console: Console, heading: str, *body: Text) -> None:
    console.print(Text(heading, "bold cyan"))
    for text in body:
        console.print(Padding(text, (0, 0, 1, 2)))


def _write_files(console: Console, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        console.print(Padding(Text(f"{name}:", "dim"), (0, 0, 0, 2)))
        console.print(Padding(Text(text.rstrip()), (0, 0, 1, 4)))


def _body(text: str) -> Text:
    body = Text(cleandoc(text).replace("::\n", ":\n"))
    body.highlight_regex(r"`[^`]+`", "cyan")
    return body
