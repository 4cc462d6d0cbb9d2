"""What the last comparison found: figures for the page, and answers for a test without Node.js."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.iam_proof.case import Case
from tools.iam_proof.comparison import Comparison
from tools.iam_proof.simulator import version

HERE = Path(__file__).parent
FIGURES, ANSWERS = HERE / "figures.json", HERE / "answers.txt"
PAGE, TEMPLATE = HERE.parents[1] / "docs" / "iam-engine.md", HERE / "page.md"
SETTLED: Mapping[str, Mapping[str, str]] = tomllib.loads((HERE / "settled.toml").read_text(encoding="utf-8"))
RECORDED = 300
"""How many of the generated cases are in `answers.txt`."""


def figures(compared: Mapping[str, Comparison]) -> dict[str, Any]:
    """Return the figures of the comparisons, by name."""
    found = {name: one.answers.total() for name, one in compared.items()}
    answers = sum((one.answers for one in compared.values()), start=Counter[str]())
    settled = sum((one.settled for one in compared.values()), start=Counter[str]())
    return {
        "version": version(),
        "cases": found,
        "answers": dict(sorted(answers.items())),
        "settled": dict(sorted(settled.items())),
    }


def answer_lines(cases: Sequence[Case], answers: Sequence[str]) -> str:
    """Return one line for each case: its number, its digest, and the answer that both evaluators give."""
    lines = (
        f"{number} {case.digest} {answer}" for number, (case, answer) in enumerate(zip(cases, answers, strict=True))
    )
    return "\n".join(lines) + "\n"


def page(found: Mapping[str, Any]) -> str:
    """Return the page `docs/iam-engine.md`."""
    rows = [
        f"| {fault['fault']} | {fault['rule']} ([page]({fault['page']})) | {found['settled'].get(name, 0):,} |"
        for name, fault in SETTLED.items()
    ]
    answers = ", ".join(f"{number:,} {answer}" for answer, number in found["answers"].items())
    values = {
        "version": found["version"],
        "total": f"{sum(found['cases'].values()):,}",
        "answers": answers,
        "settled": f"{sum(found['settled'].values()):,}",
        "rows": "\n".join(rows),
        **{name: f"{number:,}" for name, number in found["cases"].items()},
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text
