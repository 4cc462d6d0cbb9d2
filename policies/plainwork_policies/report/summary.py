"""The last lines of the text report: the numbers of a run, and what it did not check."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from plainwork_core.terminal import clean
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import RunResult, Unconfigured
from plainwork_policies.report import counts

MAX_LISTED = 8


def write_summary(out: Console, run: RunResult) -> None:
    """Write the last lines of the report."""
    number = counts(run)
    parts = [
        (number["failed"], "failed", "bold red"),
        (number["not_evaluated"], "not evaluated", "bold blue"),
        (number["errors"], "error" if number["errors"] == 1 else "errors", "bold magenta"),
        (number["passed"], "passed", "bold green"),
    ]
    statuses = Text(", ").join(Text(f"{count} {word}", style) for count, word, style in parts if count)
    checked = f"{count(number['resources'], 'resource')} in {count(number['stacks'], 'stack')}"
    with_policies = f"Checked {checked} with {count(number['policies'], 'policy')}: "
    out.print(Text.assemble(with_policies, statuses or "no policy applies to this input", "."))
    if run.modules_not_evaluated:
        out.print(Text(f"{_list('module', run.modules_not_evaluated)} not evaluated; check a plan.", "blue"))
    if run.forgotten:
        out.print(Text(f"{_list('resource', run.forgotten)} removed from the state only; not checked.", "blue"))
    if run.unconfigured:
        out.print(Text(_settings_required(run.unconfigured), "blue"))
    for note in run.notes:
        out.print(Text(f"{clean(note)}.", "blue"))
    if run.disabled:
        out.print(Text(f"Disabled in the settings: {', '.join(map(_label, run.disabled))}", "yellow"))


def _settings_required(policies: Sequence[Unconfigured]) -> str:
    settings = ", ".join(sorted({missing.setting for missing in policies}))
    verb = "requires" if len(policies) == 1 else "require"
    return f"{count(len(policies), 'policy')} {verb} a setting ({settings}): run `plainwork init`."


def _list(noun: str, addresses: Sequence[str]) -> str:
    """Return the number of *addresses* and their names, each once: those of different stacks can be equal."""
    names = list(dict.fromkeys(map(clean, addresses)))
    more = " and others" if len(names) > MAX_LISTED else ""
    return f"{count(len(addresses), noun)} ({', '.join(names[:MAX_LISTED])}{more})"


def _label(policy: PolicyEntry | Policy) -> str:
    return f"{policy.id} {policy.slug}"


def count(number: int, noun: str) -> str:
    """Return *number* with *noun* in the singular or plural."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
