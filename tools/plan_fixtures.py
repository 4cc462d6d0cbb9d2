"""Writes tests/generated/plans/<case>/plan.json with Terraform, from the HCL in tests/policy/plans/<case>/.

Run `python -m tools.plan_fixtures [CASE...]` with Terraform on PATH and the AWS provider where Terraform finds it. No
account is needed: the checks of it are off, and a plan over an existing state starts from the made-up `state.json`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
CASES, GENERATED = TESTS / "policy" / "plans", TESTS / "generated" / "plans"
PLAN = ["plan", "-input=false", "-refresh=false", "-lock=false", "-out=plan.bin"]
OPTIONS = {"partial": ["-target=aws_sqs_queue.planned"]}
"""Options of `terraform plan` by case."""
_LOCAL_BACKEND = '{"terraform": {"backend": {"local": {}}}}'
"""Laid over each case: no plan contains the backend."""
MADE_AT = "2025-01-01T00:00:00Z"


def main(which: list[str]) -> None:
    """Write the plans of the cases *which*, or of all, and print their names."""
    for case in sorted(file.parent for file in CASES.glob("*/main.tf")):
        if which and case.name not in which:
            continue
        plan = GENERATED / case.name / "plan.json"
        plan.parent.mkdir(parents=True, exist_ok=True)
        plan.write_text(make(case) + "\n", encoding="utf-8")
        print(f"{plan.relative_to(GENERATED)}: {plan.stat().st_size:,} bytes")


def make(case: Path) -> str:
    """Plan the HCL of *case*, and return the plan's JSON as Terraform writes it, with a fixed time."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(case, folder, dirs_exist_ok=True)
        Path(folder, "backend_override.tf.json").write_text(_LOCAL_BACKEND, encoding="utf-8")
        terraform("init", "-input=false", cwd=folder)
        state = ["-state=state.json"] if (case / "state.json").exists() else []
        options = OPTIONS.get(case.name, [])
        terraform(*PLAN, *state, *options, cwd=folder, may_fail=case.name == "errored")
        plan = json.loads(terraform("show", "-json", "plan.bin", cwd=folder))
    return json.dumps(plan | {"timestamp": MADE_AT}, separators=(",", ":"), ensure_ascii=False)


def terraform(*arguments: str, cwd: str, may_fail: bool = False, reattach: str = "") -> str:
    """Run Terraform without credentials, and return its output.

    Args:
        arguments: of the command.
        cwd: the directory.
        may_fail: whether another exit code than 0 is no error.
        reattach: `TF_REATTACH_PROVIDERS`, which names a provider that is running.
    """
    environment = offline_environment() | ({"TF_REATTACH_PROVIDERS": reattach} if reattach else {})
    command = ["terraform", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, check=not may_fail, stdout=subprocess.PIPE, text=True
    ).stdout


def offline_environment() -> dict[str, str]:
    """Return the environment without settings of AWS, and with credentials that are none."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return environment | {
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


if __name__ == "__main__":
    main(sys.argv[1:])
