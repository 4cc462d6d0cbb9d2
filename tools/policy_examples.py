"""Writes beside each example of a policy what CDKTF's JSON and Terraform's plan of the same HCL look like.

Run `python -m tools.policy_examples [WHICH...]` with Terraform on PATH and the AWS provider where Terraform finds it.
WHICH is a policy (`tags/tag_required_missing` or its slug), a family (`tags`) or one example
(`tags/tag_required_missing/bad`); without any, all are written. For each `main.tf` it writes `cdktf/cdk.tf.json`, the
same configuration in Terraform's JSON syntax, `plan.json`, what the real Terraform says of it, and `plan.sha256`, by
which a stale plan is seen. Variables without a default take their values, for the plan alone, from `plan.tfvars`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plainwork_core.hcl.syntax.parser import parse
from tools import example_plans
from tools.hcl_to_json import to_json

EXAMPLES = Path(__file__).parent.parent / "examples" / "policies"
_AT_ONCE = 2


def main(which: list[str]) -> None:
    """Write the twins of all examples, or of *which*, and say so."""
    with tempfile.TemporaryDirectory() as base, ThreadPoolExecutor(_AT_ONCE) as pool:
        example_plans.initialize(Path(base))
        for written in pool.map(lambda case: _write(case, Path(base)), cases(which)):
            print(written)


def cases(which: list[str]) -> list[Path]:
    """Return the folders of all examples, or of those that *which* names.

    Raises:
        SystemExit: a name of no example, so that a slip of the pen is not taken for done.
    """
    every = sorted(file.parent for file in EXAMPLES.glob("*/*/*/main.tf"))
    named = {name: [case for case in every if _is_named(case, name)] for name in which}
    if lost := [name for name, found in named.items() if not found]:
        raise SystemExit(f"no example is named {lost[0]!r}: name a family, a policy or one example below {EXAMPLES}")
    return [case for case in every if not which or any(case in found for found in named.values())]


def _is_named(case: Path, name: str) -> bool:
    family, policy, kind = case.relative_to(EXAMPLES).parts
    wanted = name.strip("/").replace("-", "_")
    return wanted in (family, policy, f"{family}/{policy}", f"{family}/{policy}/{kind}")


def neighbors(case: Path) -> list[Path]:
    """Return the folders in *case* that are stacks of their own, which the run judges with the example."""
    return sorted(file.parent for file in case.glob("*/main.tf") if file.parent.name != example_plans.BEFORE)


def _write(case: Path, base: Path) -> str:
    (case / "cdktf").mkdir(exist_ok=True)
    (case / "cdktf" / "cdk.tf.json").write_text(twin(case), encoding="utf-8")
    example_plans.write(case, base)
    return str(case.relative_to(EXAMPLES))


def twin(case: Path) -> str:
    """Return the example's `main.tf` in Terraform's JSON syntax, as CDKTF writes it."""
    written = parse((case / "main.tf").read_text(encoding="utf-8"))
    return json.dumps(to_json(written), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
