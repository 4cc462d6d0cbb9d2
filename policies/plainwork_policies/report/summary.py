"""The last lines of the text report: the numbers of a run, and what it did not check."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.report.notes import checked, comparison, ignored, notes, statuses

_STYLES = {"failed": "bold red", "not evaluated": "bold blue", "waived": "bold yellow", "passed": "bold green"}
_PARTIAL = {"passed": "bold yellow"}


def write_summary(out: Console, run: RunResult) -> None:
    """Write the last lines of the report."""
    styles = _STYLES | _PARTIAL if run.partial else _STYLES
    numbers = (Text(f"{number} {status}", styles.get(status, "bold magenta")) for number, status in statuses(run))
    found = Text(", ").join(numbers)
    out.print(Text.assemble(f"{checked(run)}: ", found or "no policy applies to this input", "."))
    for sentence in comparison(run):
        out.print(Text(sentence, "bold"))
    for note in notes(run):
        out.print(Text(note, "blue"))
    if sentence := ignored(run):
        out.print(Text(sentence, "yellow"))
