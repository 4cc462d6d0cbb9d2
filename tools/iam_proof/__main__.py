"""Compares the IAM engine with `@cloud-copilot/iam-simulate`: `python -m tools.iam_proof [--check]`.

It installs the package with npm into `tools/iam_simulate` first. It writes `docs/iam-engine.md`, `figures.json` and
`answers.txt`; `--check` compares with them. The exit code is 1 for a disagreement that `settled.toml` does not explain.
"""

from __future__ import annotations

import json
import sys

from tools.generated import write
from tools.iam_proof import asked, guarded_calls
from tools.iam_proof.comparison import compare
from tools.iam_proof.generated import generated
from tools.iam_proof.record import ANSWERS, FIGURES, PAGE, RECORDED, answer_lines, figures, page
from tools.iam_proof.simulator import install
from tools.iam_proof.traps import TRAPS

GENERATED = 20_000


def main(arguments: list[str]) -> int:
    """Compare all cases, print the figures, and write or check the files."""
    install()
    cases = {
        "generated": [generated(seed) for seed in range(GENERATED)],
        "traps": [trap.case for trap in TRAPS],
        "documents": asked.cases(),
        "guardrails": list(guarded_calls.cases()),
    }
    compared = {name: compare(several) for name, several in cases.items()}
    for name, found in compared.items():
        print(f"IAM engine, {name}: {found.answers.total():,} cases, {found.settled.total():,} settled disagreements")
        for number, answer, decision in found.unsettled:
            print(f"  case {number}: the package answers {answer}, the engine {decision.answer}: {decision.reason}")
    if any(found.unsettled for found in compared.values()):
        return 1
    numbers = figures({name: compared[name] for name in ("generated", "traps")})  # the documents change with constructs
    files = {
        FIGURES: json.dumps(numbers, indent=2) + "\n",
        ANSWERS: answer_lines(cases["generated"][:RECORDED], compared["generated"].decided[:RECORDED]),
        PAGE: page(numbers),
    }
    return write(files, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
