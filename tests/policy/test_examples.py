"""Every policy says of its own examples what stands in their `expected.toml`, in each format."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.catalog import POLICIES
from plainwork_policies.engine.run import together
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import load
from tools.example_plans import STAMP, stamp
from tools.policy_examples import EXAMPLES, cases, neighbors, twin

FILES = {"hcl": "main.tf", "cdktf": "cdktf/cdk.tf.json", "plan": "plan.json"}
WORST = ("pass", "unknown", "fail", "error")
CASES = cases([])
BY_SLUG = {policy.slug.replace("-", "_"): policy for policy in POLICIES}


def name_of(case: Path) -> str:
    return f"{case.parent.name}-{case.name}"


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_verdicts_are_the_expected_ones(case, form):
    paths = [case / FILES[form], *neighbors(case)]
    stack, *_ = together([stack for path in paths for stack in read(path)])
    results = evaluate(stack, [BY_SLUG[case.parent.name]], load(case))
    verdicts = sorted(((each.address, each.verdict) for each in results), key=lambda each: WORST.index(each[1]))
    assert dict(verdicts) == expected(case, form), "the worst of each address"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_json_is_that_of_the_hcl(case):
    assert (case / FILES["cdktf"]).read_text(encoding="utf-8") == twin(case)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_plan_was_made_from_the_hcl(case):
    kept = (case / STAMP).read_text(encoding="utf-8").strip()
    assert kept == stamp(case), f"run python -m tools.policy_examples {case.relative_to(EXAMPLES)}"


@pytest.mark.parametrize(
    ("which", "count"),
    [("tags/tag_required_missing/bad", 1), ("tags/tag_required_missing/", 3), ("tag-required-missing", 3)],
)
def test_the_examples_of_one_policy_can_be_made_alone(which, count):
    found = cases([which])
    assert len(found) == count
    assert {case.parent.name for case in found} == {"tag_required_missing"}


def test_a_family_and_a_policy_make_no_example_twice():
    assert cases(["tags", "tag-required-missing"]) == cases(["tags"])


def test_a_name_of_no_example_is_refused():
    with pytest.raises(SystemExit, match="no example is named 'required_tags'"):
        cases(["required_tags"])


@pytest.mark.parametrize("changed", ["main.tf", "plan.json", "team/main.tf"])
def test_a_stamp_tells_what_changed_since(tmp_path, changed):
    for name in ("main.tf", "plan.json", "team/main.tf", "cdktf/cdk.tf.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    before = stamp(tmp_path)
    (tmp_path / "cdktf/cdk.tf.json").write_text("changed")
    assert stamp(tmp_path) == before, "no plan is made of it"
    (tmp_path / changed).write_text("changed")
    assert stamp(tmp_path) != before


def expected(case: Path, form: str) -> dict[str, str]:
    document = tomllib.loads((case.parent / "expected.toml").read_text(encoding="utf-8"))[case.name]
    verdicts = document.get(form, document)
    return {address: verdict for verdict in WORST for address in verdicts.get(verdict, [])}


def test_every_example_belongs_to_a_policy():
    assert {folder.name for folder in EXAMPLES.glob("*/*")} == BY_SLUG.keys()
