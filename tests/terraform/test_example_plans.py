"""The plan of each example of a policy is what Terraform says of the example's HCL.

A plan takes seconds, so each run makes a few again. Which ones follows from all stamps: the same in every run over the
same examples, others when one changes. `PLAINWORK_PLANS=all` makes all again, `PLAINWORK_PLANS=150` that many, which
`PLAINWORK_PLANS_SEED` varies; without Terraform `tests/policy/test_examples.py` still finds a plan that is older than
its HCL.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terraform import Terraform
from tools.example_cases import Case, cases
from tools.example_plans import initialize, plan
from tools.running_provider import PROVIDERS, running_provider

A_FEW = "6"
CASES = cases([])


def chosen() -> list[Case]:
    wanted = os.environ.get("PLAINWORK_PLANS", A_FEW)
    if wanted == "all":
        return CASES
    stamps = "".join(case.stamp.read_text(encoding="utf-8") for case in CASES)
    seed = os.environ.get("PLAINWORK_PLANS_SEED", "")
    return sorted(random.Random(stamps + seed).sample(CASES, int(wanted)))


@pytest.fixture(scope="module")
def base(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("base")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in terraform.env.items():
            patch.setenv(name, value)
        initialize(folder)
        yield folder


@pytest.fixture(scope="module")
def provider(base: Path) -> Iterator[str]:
    with running_provider(base / PROVIDERS) as reattach:
        yield reattach


@pytest.mark.parametrize("case", chosen(), ids=lambda case: f"{case.folder.name}-{case.kind}")
def test_the_plan_of_an_example_is_what_terraform_says(case, base, provider):
    kept = json.loads(case.plan.read_text(encoding="utf-8"))
    made = json.loads(plan(case, base, provider))
    if kept["terraform_version"] != made["terraform_version"]:
        pytest.skip(f"made by Terraform {kept['terraform_version']}; this is {made['terraform_version']}")
    assert kept == made, "run python -m tools.policy_examples"
