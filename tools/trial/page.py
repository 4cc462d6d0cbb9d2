"""The page of a trial: what a team reads before it adopts the policies."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from plainwork_policies.engine.registry import by_name
from tools.trial.repositories import ROOT, Trial

REVIEWS = ROOT / "docs" / "trial-reviews.toml"
_INTRODUCTION = """\
# Trial on public code

`make trial CHECKOUT=<directory of Git repositories>` writes this page. It checks each repository as a whole, without
settings, as a first run does. A person has read the failures ([D12](decisions/D12-tested-on-public-code.md)); *read*
and *wrong* are from `docs/trial-reviews.toml`. MB is the peak of memory, at least that of the tool that measures it.
"""
_REPOSITORIES = "Repository | Commit | Files | Resources | Failed | Not evaluated | Errors | Exit code | CPU s | MB"
_POLICIES = "Policy | Severity | Failures | Repositories | Read | Wrong | Remark"


def page(trials: Sequence[Trial]) -> str:
    """Return the page of *trials* as Markdown."""
    sections = (_repositories(trials), _errors(trials), _policies(trials), _not_evaluated(trials), _checkov(trials))
    lines = [_INTRODUCTION, _totals(trials), *(line for section in sections for line in section)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _totals(trials: Sequence[Trial]) -> str:
    total = sum((Counter(_numbers(trial)) for trial in trials), Counter[str]())
    return (
        f"{len(trials)} repositories, {sum(trial.files for trial in trials):,} `.tf` files, "
        f"{total['stacks']:,} stacks, {total['resources']:,} resources and data sources:\n"
        f"{total['failed']:,} failed, {total['passed']:,} passed, {total['not_evaluated']:,} not evaluated, "
        f"{sum(len(trial.crashes) for trial in trials)} crashes.\n"
    )


def _repositories(trials: Sequence[Trial]) -> Iterator[str]:
    yield from _heading("Repositories", _REPOSITORIES, "--" + ">" * 8)
    for trial in trials:
        numbers, process = _numbers(trial), trial.process
        results = (numbers["resources"], numbers["failed"], numbers["not_evaluated"], len(trial.errors))
        used = (process.exit_code, f"{process.cpu_seconds:.1f}", f"{process.megabytes:.0f}")
        yield _row(trial.name, f"`{trial.commit}`", trial.files, *results, *used)
    yield ""


def _errors(trials: Sequence[Trial]) -> Iterator[str]:
    errors = [(trial.name, error["message"]) for trial in trials for error in trial.errors]
    if errors:
        yield "Inputs that were not read:\n"
        yield from (f"- `{name}`: {_in_repository(name, message)}" for name, message in errors)
        yield ""


def _in_repository(name: str, message: str) -> str:
    """Return *message* with the paths in it relative to the directory of the repository *name*."""
    return re.sub(rf"(?<!\S)(?:\S*?/)??{re.escape(name)}/", "", message)


def _policies(trials: Sequence[Trial]) -> Iterator[str]:
    reviews = tomllib.loads(REVIEWS.read_text(encoding="utf-8"))
    yield from _heading("Failures by policy", _POLICIES, "-->>>>-")
    for slug, number in _by_policy(trials, "failed"):
        where = sum(bool(_slugs(trial, "failed")[slug]) for trial in trials)
        review: dict[str, Any] = reviews.get(slug, {})
        read = (review.get(key, "") for key in ("read", "wrong", "remark"))
        yield _row(f"[{slug}](policies/{slug}.md)", by_name(slug).severity, number, where, *read)
    yield ""


def _not_evaluated(trials: Sequence[Trial]) -> Iterator[str]:
    yield from _heading("Not evaluated by policy", "Policy | Results", "->")
    yield from (_row(f"[{slug}](policies/{slug}.md)", number) for slug, number in _by_policy(trials, "not_evaluated"))
    yield ""


def _checkov(trials: Sequence[Trial]) -> Iterator[str]:
    counted = [(trial.name, trial.checkov) for trial in trials if trial.checkov is not None]
    if counted:
        yield from _heading("Checkov's own policies", "Repository | Failures | Policies", "->>")
        yield from (_row(name, failures.total(), len(failures)) for name, failures in counted)


def _by_policy(trials: Sequence[Trial], status: str) -> list[tuple[str, int]]:
    """Return the number of findings of each policy, the largest first."""
    total = sum((_slugs(trial, status) for trial in trials), Counter[str]())
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def _slugs(trial: Trial, status: str) -> Counter[str]:
    return Counter(finding["slug"] for finding in trial.findings if finding["status"] == status)


def _numbers(trial: Trial) -> dict[str, int]:
    summary: dict[str, Any] = trial.report["summary"]
    return {name: summary[name] for name in ("stacks", "resources", "passed", "failed", "not_evaluated")}


def _heading(title: str, columns: str, alignment: str) -> Iterator[str]:
    """Yield the heading of a section and the first lines of its table; *alignment* has `>` for a column of numbers."""
    yield f"## {title}\n"
    yield f"| {columns} |"
    yield f"|{'|'.join('---:' if letter == '>' else '---' for letter in alignment)}|"


def _row(*cells: object) -> str:
    return f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else str(cell) for cell in cells)} |"
