"""The recipes of docs/own-policies.md: each is tested as HCL, as CDKTF JSON and as a real plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.read import read
from plainwork_policies.engine.own_policies import source
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from tools import own_policies_page
from tools.hcl_to_json import twin

ROOT = Path(__file__).parents[2]
RECIPES = own_policies_page.RECIPES
PLANS = ROOT / "tests" / "generated" / "own_policies"
POLICIES = {policy.slug: policy for policy in source("policies", RECIPES).policies()}
HCL = sorted(RECIPES.glob("policies/examples/*/*.tf"))
STATUS = {"bad": "failed", "good": "passed", "unknown": "not_evaluated"}
ONLY_IN_PLANS = {"instance-type-old"}


def statuses(name, path):
    return {
        result.status
        for stack in read(path)
        for result in evaluate(stack, [POLICIES[name.replace("_", "-")]], Settings())
    }


def test_there_are_twenty():
    assert len(POLICIES) >= 20


def test_policies_test_passes(monkeypatch):
    monkeypatch.chdir(RECIPES)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    done = CliRunner().invoke(main, ["policies", "test"])
    assert (done.exit_code, done.output) == (0, f"{len(POLICIES)} policies: every example has the expected results\n")


@pytest.mark.parametrize("file", HCL, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_cdktf_twin_of_an_example_has_the_same_results(file, tmp_path):
    document = tmp_path / "cdk.tf.json"
    document.write_text(twin(file), encoding="utf-8")
    assert statuses(file.parent.name, document) == statuses(file.parent.name, file) != set()


@pytest.mark.parametrize("plan", sorted(PLANS.glob("*/*.json")), ids=lambda plan: f"{plan.parent.name}-{plan.stem}")
def test_the_plan_of_an_example_has_the_expected_results(plan):
    assert statuses(plan.parent.name, plan) == {STATUS[plan.stem]}


def test_a_rule_is_about_ten_lines():
    def lines(policy):
        text = (RECIPES / "policies" / f"{policy.slug.replace('-', '_')}.py").read_text()
        return [line for line in text.splitlines() if line.strip() and not line.startswith(("from", "import"))]

    assert [slug for slug, policy in POLICIES.items() if len(lines(policy)) > 14] == []


def test_the_page_is_up_to_date():
    assert own_policies_page.PAGE.read_text() == own_policies_page.page(), "run python -m tools.own_policies_page"
