"""Writes the plans of the policies' examples to `tests/generated/policies/`, each with a stamp.

Run `python -m tools.policy_examples [WHICH...]` with Terraform on PATH and the AWS provider where Terraform finds it.
WHICH is a policy (`tags/tag_required_missing` or its slug), a family (`tags`) or one example
(`tags/tag_required_missing/bad`); without WHICH, all plans are written. `plan.json` is the plan that Terraform makes of
the example, and `plan.sha256` shows whether the example has changed since.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

from tools import example_plans
from tools.example_cases import Case, cases
from tools.running_provider import PROVIDERS, running_provider

_AT_ONCE = 2


def main(which: list[str]) -> None:
    """Write the plans of all examples, or of *which*, and print their names."""
    with ExitStack() as stack:
        base = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        example_plans.initialize(base)
        providers: SimpleQueue[str] = SimpleQueue()
        for _ in range(_AT_ONCE):
            providers.put(stack.enter_context(running_provider(base / PROVIDERS)))
        pool = stack.enter_context(ThreadPoolExecutor(_AT_ONCE))
        for written in pool.map(lambda case: _write(case, base, providers), cases(which)):
            print(written)


def _write(case: Case, base: Path, providers: SimpleQueue[str]) -> str:
    provider = providers.get()
    try:
        example_plans.write(case, base, provider)
    finally:
        providers.put(provider)
    return case.name


if __name__ == "__main__":
    main(sys.argv[1:])
