"""Checks one repository in processes of their own, and keeps the result and what the check used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).parent.parent.parent
CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"
PLAINWORK = Path(sys.executable).with_name("plainwork")
CRASH = "bug of plainwork"


@dataclass(frozen=True, slots=True)
class Process:
    """A finished command: its output, exit code, CPU seconds, and memory in megabytes."""

    output: bytes
    exit_code: int
    cpu_seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Trial:
    """The check of one repository.

    Args:
        name: of its directory.
        commit: that is checked out.
        files: number of `.tf` files.
        process: the run of `plainwork check`.
        report: its JSON report.
        checkov: the number of failures of Checkov's own policies by id; `None` if it did not run.
    """

    name: str
    commit: str
    files: int
    process: Process
    report: dict[str, Any]
    checkov: Counter[str] | None = field(default=None)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of all inputs of the repository."""
        found: list[dict[str, Any]] = self.report["findings"]
        return found

    @property
    def errors(self) -> list[dict[str, str]]:
        """The inputs that were not read, and the crashes."""
        found: list[dict[str, str]] = self.report["errors"]
        return found

    @property
    def crashes(self) -> list[dict[str, str]]:
        """The errors that are a fault of plainwork."""
        return [error for error in self.errors if CRASH in error["message"]]


def trials(checkout: Path, *, with_checkov: bool) -> Iterator[Trial]:
    """Check each Git repository directly below *checkout*, or *checkout* if it is one.

    Raises:
        SystemExit: there is no repository.
    """
    found = [checkout] if (checkout / ".git").exists() else sorted(path.parent for path in checkout.glob("*/.git"))
    if not found:
        raise SystemExit(f"{checkout}: no Git repository found; clone repositories into this directory")
    for directory in found:
        print(f"checking {directory.name}", file=sys.stderr)
        yield _trial(directory, with_checkov=with_checkov)


def _trial(directory: Path, *, with_checkov: bool) -> Trial:
    process = run([str(PLAINWORK), "check", str(directory), "--format", "json"])
    return Trial(
        name=directory.name,
        commit=_git(directory, "rev-parse", "--short", "HEAD"),
        files=sum(1 for _ in directory.rglob("*.tf")),
        process=process,
        report=json.loads(process.output),
        checkov=_checkov(directory) if with_checkov else None,
    )


def _checkov(directory: Path) -> Counter[str]:
    """Count the failures of Checkov's own policies by id."""
    command = [str(CHECKOV), "-d", str(directory), "--framework", "terraform", "-o", "json", "--compact", "--quiet"]
    document = json.loads(run([*command, "--skip-download"]).output)
    reports = document if isinstance(document, list) else [document]
    failed = (report.get("results", {}).get("failed_checks", []) for report in reports)
    return Counter(check["check_id"] for checks in failed for check in checks)


def run(command: Sequence[str]) -> Process:
    """Run *command* to its end, whatever its exit code is."""
    with TemporaryFile() as output, subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Process(output.read(), process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _git(directory: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(directory), *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()
