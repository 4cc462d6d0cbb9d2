"""The text report of `plainwork access`."""

from __future__ import annotations

from io import StringIO
from itertools import groupby
from typing import IO, TYPE_CHECKING

from rich.text import Text

from plainwork_cli import access_words as words
from plainwork_cli.access_report import Comparison, Listing
from plainwork_core.access.openings import by_target
from plainwork_core.terminal import console, grid
from plainwork_core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from plainwork_core.access import AccessChange, Opening, PrincipalAccess
    from plainwork_core.model.stack import Stack

_SIGNS = {"gained": Text("+", "bold red"), "lost": Text("-", "bold green"), "unknown": Text("?", "bold blue")}
_LABEL_WIDTH = len("assumed by")


def write(report: Listing | Comparison, stream: IO[str]) -> None:
    """Write *report* to *stream*, with colors on a terminal."""
    with console(stream) as out:
        if isinstance(report, Comparison):
            for compared in filter(lambda stack: stack.changes, report.stacks):
                out.print(_heading(compared.stack), end="\n\n")
                _compared(out, compared.changes)
        else:
            for listed in (one for one in report.stacks if one.principals or one.openings):
                out.print(_heading(listed.stack), end="\n\n")
                _listed(out, listed.principals, listed.openings)
        out.print(Text(words.summary(report), "bold"))


def render(report: Listing | Comparison) -> str:
    """Return the report without colors."""
    stream = StringIO()
    write(report, stream)
    return stream.getvalue().rstrip("\n")


def _heading(stack: Stack) -> Text:
    return Text(clean(stack.source), "bold underline")


def _compared(out: Console, changes: Sequence[AccessChange]) -> None:
    for _, group in groupby(changes, key=lambda change: (change.kind == words.NETWORK, words.subject(change))):
        found = list(group)
        out.print(Text.assemble("  ", (words.subject(found[0]), "bold")))
        out.print(grid(map(_change, found), label_width=1))


def _change(change: AccessChange) -> tuple[Text, Text]:
    place = words.place(change.location)
    return _SIGNS[change.change], Text.assemble(words.change(change), (f"  {place}" if place else "", "cyan"))


def _listed(out: Console, principals: Sequence[PrincipalAccess], openings: Sequence[Opening]) -> None:
    for access in principals:
        place = words.place(access.location)
        noun = f"  {access.noun}" if access.noun else ""
        name = Text.assemble((words.principal(access.principal), "bold"), (noun, "dim"), (f"  {place}", "cyan"))
        out.print(Text.assemble("  ", name))
        out.print(grid(_access(access), label_width=_LABEL_WIDTH))
    if openings:
        out.print(Text("  network", "bold"))
        out.print(grid(_openings(openings), label_width=_LABEL_WIDTH))


def _access(access: PrincipalAccess) -> Iterator[tuple[Text, Text]]:
    allowed = [one for one in access.permissions if not one.is_deny]
    denied = [one for one in access.permissions if one.is_deny]
    for label, style, lines in (
        ("assumed by", "dim", map(words.trust, access.trusted)),
        ("boundary", "dim", [clean(access.boundary)] if access.boundary else []),
        ("limits to" if access.noun == "limit" else "may", "dim", words.permissions(allowed)),
        ("denied", "dim", words.permissions(denied)),
        ("not known", "bold blue", map(clean, access.unknown)),
    ):
        for index, line in enumerate(lines):
            yield Text("" if index else label, style), Text(line)


def _openings(openings: Sequence[Opening]) -> Iterator[tuple[Text, Text]]:
    for is_public, label in ((True, "public"), (False, "other")):
        found = by_target(one for one in openings if one.is_public is is_public)
        for index, (target, members) in enumerate(found.items()):
            sources = "; ".join(words.openings(members))
            style = "bold red" if is_public else "dim"
            yield Text("" if index else label, style), Text.assemble((clean(target), "bold"), f": {sources}")
