"""The plan beside each example of a policy is what Terraform says of the example's HCL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terraform import Terraform
from tools.policy_examples import cases, initialise, plan


@pytest.fixture(scope="module")
def base(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("base")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in terraform.env.items():
            patch.setenv(name, value)
        initialise(folder)
        yield folder


@pytest.mark.parametrize("case", cases([]), ids=lambda case: f"{case.parent.name}-{case.name}")
def test_the_plan_of_an_example_is_up_to_date(case, base):
    kept = json.loads((case / "plan.json").read_text(encoding="utf-8"))
    made = json.loads(plan(case, base))
    if kept["terraform_version"] != made["terraform_version"]:
        pytest.skip(f"made by Terraform {kept['terraform_version']}; this is {made['terraform_version']}")
    assert kept == made, "run python -m tools.policy_examples"
