"""The report for people: what is wrong, where, the line itself, and what to write instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

from rich.console import Console
from rich.text import Text

from plainwork_policies.policy import Policy
from plainwork_policies.report import Row, counts, plain, rows
from plainwork_policies.report.excerpt import excerpt
from plainwork_policies.report.terminal import clean, console, grid, name, severity
from plainwork_policies.run import Judged, Run

_FORMATS = {"plan": "plan", "cdktf": "CDKTF JSON", "hcl": "HCL"}
_LONGEST_VALUE = 200
_SHOWN_OF_ONE_POLICY = 4


def write(run: Run, stream: IO[str]) -> None:
    """Write *run* to *stream*, with colours where that is a terminal; `NO_COLOR` and `FORCE_COLOR` are respected."""
    with console(stream) as out:
        for judged in run.judged:
            _write_stack(out, judged)
        for problem in run.problems:
            out.print(grid([(Text("ERROR", "bold magenta"), Text(clean(problem.message)))]))
        _write_summary(out, run)


def _write_stack(out: Console, judged: Judged) -> None:
    found = rows(judged)
    if not found:
        return
    stack = judged.stack
    size = f"  {_FORMATS[stack.format]}, {_count(len(stack.resources), 'resource')}"
    out.print(Text.assemble((stack.source, "bold underline"), (size, "dim")), end="\n\n")
    for row in found:
        if row.finding.verdict == "fail":
            out.print(grid(_failure(row)))
    if unknown := [row for row in found if row.finding.verdict == "unknown"]:
        out.print(grid(_unknowns(unknown)))


def _failure(row: Row) -> Iterator[tuple[Text, Text]]:
    finding, shown = row.finding, excerpt(row.location)
    yield severity(row.policy), Text.assemble(name(row.policy), "  ", (_place(row), "cyan"))
    yield Text(), Text.assemble((row.address, "bold"), " ", clean(finding.message))
    if shown:
        yield Text(), shown
    value = _value(row)
    if value and value not in shown.plain:
        yield Text("value", "dim"), Text(value)
    if finding.remedy:
        yield Text("fix", "green"), Text(clean(finding.remedy))


def _unknowns(found: Iterable[Row]) -> Iterator[tuple[Text, Text]]:
    label = Text("UNKNOWN", "bold blue")
    by_policy = sorted(found, key=lambda row: row.policy.id)
    for _, group in groupby(by_policy, key=lambda row: row.policy.id):
        same = list(group)
        yield label, name(same[0].policy)
        for row in same[:_SHOWN_OF_ONE_POLICY]:
            yield (
                Text(),
                Text.assemble((row.address, "bold"), " ", clean(row.finding.message), (f"  {_place(row)}", "dim")),
            )
        if more := len(same) - _SHOWN_OF_ONE_POLICY:
            yield Text(), Text(f"and {more} more: --output json lists them all", "dim") if more > 0 else Text()


def _write_summary(out: Console, run: Run) -> None:
    number = counts(run)
    parts = [
        (number["failed"], "failed", "bold red"),
        (number["unknown"], "not evaluated", "bold blue"),
        (number["errors"], "could not be judged", "bold magenta"),
        (number["passed"], "passed", "bold green"),
    ]
    verdicts = Text(", ").join(Text(f"{count} {word}", style) for count, word, style in parts if count)
    judged = f"{_count(number['policies'], 'policy')} on {_count(number['resources'], 'resource')}"
    out.print(Text.assemble(f"{judged} in {_count(number['stacks'], 'stack')}: ", verdicts or "nothing applies"))
    if run.disabled:
        out.print(Text(f"disabled by the settings: {', '.join(map(_label, run.disabled))}", "yellow"))


def _label(policy: Policy) -> str:
    return f"{policy.id} {policy.slug}"


def _place(row: Row) -> str:
    return f"{row.location.file}:{row.location.line}" if row.location.line else row.finding.path


def _value(row: Row) -> str:
    if row.finding.value is None:
        return ""
    written = json.dumps(plain(row.finding.value), ensure_ascii=False)
    return written if len(written) <= _LONGEST_VALUE else f"{written[:_LONGEST_VALUE]}..."


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
