"""Writes every message of the policies to `tests/generated/messages/<family>.txt`: `python -m tools.messages`.

`--check` writes nothing. A change of wording is one diff there, and tests assert only what matters in a message.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from plainwork_core.read import read
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.example_cases import EXAMPLES, ROOT, Case, cases
from tools.generated import write

FOLDER = ROOT / "tests" / "generated" / "messages"
FAMILIES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())


def files() -> dict[Path, str]:
    """Return the messages by file."""
    return {FOLDER / f"{family}.txt": messages_of(family) for family in FAMILIES}


def messages_of(family: str) -> str:
    """Return the messages of the examples of a family."""
    return "".join(map(_messages, cases([family])))


def _messages(case: Case) -> str:
    lines = sorted(set(_lines(case)))
    return f"[{case.folder.name}/{case.kind}]\n{''.join(lines)}\n" if lines else ""


def _lines(case: Case) -> Iterator[str]:
    root = case.plan if case.before else case.main
    stack, *_ = together([stack for path in (root, *case.neighbors) for stack in read(path)])
    for result in evaluate(stack, [case.policy], load(case.folder)):
        for finding in result.findings:
            remedy = f"\n    {finding.remedy}" if finding.remedy else ""
            severity = f" ({finding.severity})" if finding.severity else ""
            message = finding.message.replace(f"{ROOT}/", "")
            yield f"{finding.status}{severity} {result.address}: {message}{remedy}\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    sys.exit(write(files(), sys.argv[1:]))
