"""The text report: each finding with its line of code and its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from rich.console import Console
from rich.text import Text

from plainwork_core.terminal import clean, console, grid
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run import RunResult, StackResult, Unconfigured
from plainwork_policies.report import Row, counts, plain, rows
from plainwork_policies.report.excerpt import excerpt
from plainwork_policies.report.labels import name, severity

_FORMATS = {"plan": "plan", "cdktf": "CDKTF JSON", "hcl": "HCL"}
_MAX_VALUE_LENGTH = 200
_MAX_ROWS = 8


def write(run: RunResult, stream: IO[str]) -> None:
    """Write *run* to *stream*, with colors on a terminal; `NO_COLOR` and `FORCE_COLOR` are respected."""
    with console(stream) as out:
        for result in run.stacks:
            _write_stack(out, result)
        for problem in run.problems:
            out.print(grid([(Text("ERROR", "bold magenta"), Text(clean(problem.message)))]))
        _write_summary(out, run)


def _write_stack(out: Console, result: StackResult) -> None:
    groups = _by_message(rows(result))
    if not groups:
        return
    stack = result.stack
    size = f"  {_FORMATS[stack.format]}, {_count(len(stack.resources), 'resource')}"
    out.print(Text.assemble((clean(stack.source), "bold underline"), (size, "dim")), end="\n\n")
    for policies, group in _by_reason(groups):
        out.print(grid(_finding(policies, group)))


def _by_message(all_rows: Iterable[Row]) -> list[list[Row]]:
    """Group the findings that differ only in the subject; failures come first."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in all_rows:
        finding = row.finding
        groups.setdefault((row.policy.id, finding.status, finding.message, finding.remedy), []).append(row)
    return sorted(groups.values(), key=lambda group: group[0].finding.status != "failed")


def _by_reason(groups: list[list[Row]]) -> list[tuple[list[Policy], list[Row]]]:
    """Merge groups of several policies that are not evaluated on the same subjects for the same reason."""
    merged: dict[tuple[object, ...], tuple[list[Policy], list[Row]]] = {}
    for group in groups:
        finding = group[0].finding
        places = tuple((row.address, row.location) for row in group)
        alone = finding.status == "failed" and group[0].policy.id
        policies, _ = merged.setdefault((alone, finding.message, finding.remedy, places), ([], group))
        policies.append(group[0].policy)
    return list(merged.values())


def _finding(policies: list[Policy], group: list[Row]) -> Iterator[tuple[Text, Text]]:
    first = group[0]
    failed = first.finding.status == "failed"
    place = _place(first) if len(group) == 1 else ()
    label = severity(first.severity) if failed else Text("NOT EVALUATED", "bold blue")
    title = name(first.policy) if len(policies) == 1 else Text(_count(len(policies), "policy"), "bold")
    yield label, Text.assemble(title, *place)
    yield from _one(first) if len(group) == 1 else _many(group)
    if len(policies) > 1:
        yield Text("policies", "dim"), Text(", ".join(policy.slug for policy in policies))
    if first.finding.remedy:
        yield Text("remedy", "green"), Text(clean(first.finding.remedy))


def _one(row: Row) -> Iterator[tuple[Text, Text]]:
    yield Text(), Text.assemble((clean(row.address), "bold"), ": ", clean(row.finding.message))
    if row.finding.status == "not_evaluated":
        return
    lines, value = excerpt(row.location), _value(row)
    if lines:
        yield Text(), lines
    if value and value not in lines.plain:
        yield Text("value", "dim"), Text(value)


def _many(group: list[Row]) -> Iterator[tuple[Text, Text]]:
    yield Text(), Text(clean(group[0].finding.message))
    for row in group[:_MAX_ROWS]:
        yield Text(), Text.assemble("- ", (clean(row.address), "bold"), *_place(row))
    if len(group) > _MAX_ROWS:
        yield Text(), Text(f"- and {len(group) - _MAX_ROWS} more; --format json lists all", "dim")


def _write_summary(out: Console, run: RunResult) -> None:
    number = counts(run)
    parts = [
        (number["failed"], "failed", "bold red"),
        (number["not_evaluated"], "not evaluated", "bold blue"),
        (number["errors"], "error" if number["errors"] == 1 else "errors", "bold magenta"),
        (number["passed"], "passed", "bold green"),
    ]
    statuses = Text(", ").join(Text(f"{count} {word}", style) for count, word, style in parts if count)
    checked = f"{_count(number['resources'], 'resource')} in {_count(number['stacks'], 'stack')}"
    with_policies = f"Checked {checked} with {_count(number['policies'], 'policy')}: "
    out.print(Text.assemble(with_policies, statuses or "no policy applies to this input", "."))
    if run.modules_not_evaluated:
        out.print(Text(f"{_list('module', run.modules_not_evaluated)} not evaluated; check a plan.", "blue"))
    if run.forgotten:
        out.print(Text(f"{_list('resource', run.forgotten)} removed from the state only; not checked.", "blue"))
    if run.unconfigured:
        out.print(Text(_settings_required(run.unconfigured), "blue"))
    if run.disabled:
        out.print(Text(f"disabled in the settings: {', '.join(map(_label, run.disabled))}", "yellow"))


def _settings_required(policies: Sequence[Unconfigured]) -> str:
    settings = ", ".join(sorted({missing.setting for missing in policies}))
    verb = "requires" if len(policies) == 1 else "require"
    return f"{_count(len(policies), 'policy')} {verb} a setting ({settings}): run `plainwork init`."


def _list(noun: str, addresses: Sequence[str]) -> str:
    listed = ", ".join(map(clean, addresses[:_MAX_ROWS]))
    more = f" and {len(addresses) - _MAX_ROWS} more" if len(addresses) > _MAX_ROWS else ""
    return f"{_count(len(addresses), noun)} ({listed}{more})"


def _label(policy: PolicyEntry | Policy) -> str:
    return f"{policy.id} {policy.slug}"


def _place(row: Row) -> tuple[str | tuple[str, str], ...]:
    return ("  ", (f"{clean(row.location.file)}:{row.location.line}", "cyan")) if row.location.line else ()


def _value(row: Row) -> str:
    value = plain(row.finding.value)
    text = json.dumps(value, ensure_ascii=False) if value not in (None, "", [], {}) else ""
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[:_MAX_VALUE_LENGTH]}..."


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
