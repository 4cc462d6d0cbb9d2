"""Every policy says of its own examples what stands in their `expected.toml`, in each format."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from plainwork_policies.catalogue import POLICIES
from plainwork_policies.readers import read
from plainwork_policies.runner import judge
from plainwork_policies.settings import load
from tools.policy_examples import EXAMPLES, cases, twin

FILES = {"hcl": "main.tf", "cdktf": "cdktf/cdk.tf.json", "plan": "plan.json"}
WORST = ("pass", "unknown", "fail", "error")
CASES = cases([])
BY_SLUG = {policy.slug.replace("-", "_"): policy for policy in POLICIES}


def name_of(case: Path) -> str:
    return f"{case.parent.name}-{case.name}"


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_verdicts_are_the_expected_ones(case, form):
    (stack,) = read(case / FILES[form])
    judgements = judge(stack, [BY_SLUG[case.parent.name]], load(case))
    verdicts = sorted(((each.address, each.verdict) for each in judgements), key=lambda each: WORST.index(each[1]))
    assert dict(verdicts) == expected(case, form), "the worst of each address"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_json_is_that_of_the_hcl(case):
    assert (case / FILES["cdktf"]).read_text(encoding="utf-8") == twin(case)


def expected(case: Path, form: str) -> dict[str, str]:
    document = tomllib.loads((case.parent / "expected.toml").read_text(encoding="utf-8"))[case.name]
    verdicts = document.get(form, document)
    return {address: verdict for verdict in WORST for address in verdicts.get(verdict, [])}


def test_every_example_belongs_to_a_policy():
    assert {folder.name for folder in EXAMPLES.glob("*/*")} == BY_SLUG.keys()
