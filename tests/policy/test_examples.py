"""Every policy says of its own examples what stands in their `expected.toml`, in each format."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from plainwork_policies.catalogue import POLICIES
from plainwork_policies.readers import read
from plainwork_policies.runner import judge
from plainwork_policies.settings import load
from tools.policy_examples import EXAMPLES, cases, initialise, plan, twin

FILES = {"hcl": "main.tf", "cdktf": "cdktf/cdk.tf.json", "plan": "plan.json"}
CASES = cases([])
BY_SLUG = {policy.slug.replace("-", "_"): policy for policy in POLICIES}


def name_of(case: Path) -> str:
    return f"{case.parent.name}-{case.name}"


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_verdicts_are_the_expected_ones(case, form):
    (stack,) = read(case / FILES[form])
    judgements = judge(stack, [BY_SLUG[case.parent.name]], load(case))
    assert {(each.address, each.verdict) for each in judgements} == expected(case, form)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_json_is_that_of_the_hcl(case):
    assert (case / FILES["cdktf"]).read_text(encoding="utf-8") == twin(case)


@pytest.mark.terraform
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_plan_is_that_of_the_hcl(case, initialised):
    assert (case / FILES["plan"]).read_text(encoding="utf-8") == plan(case, initialised)


@pytest.fixture(scope="module")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("initialised")
    if not shutil.which("terraform"):
        pytest.skip("terraform is not on PATH")
    initialise(base)
    return base


def expected(case: Path, form: str) -> set[tuple[str, str]]:
    document = tomllib.loads((case.parent / "expected.toml").read_text(encoding="utf-8"))[case.name]
    verdicts = document.get(form, document)
    return {(address, verdict) for verdict in ("pass", "fail", "unknown") for address in verdicts.get(verdict, [])}


def test_every_example_belongs_to_a_policy():
    assert {folder.name for folder in EXAMPLES.glob("*/*")} == BY_SLUG.keys()
