"""Each policy has the statuses on its examples that `expected.toml` lists, in each format."""

from __future__ import annotations

import tomllib

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.example_cases import EXAMPLES, GENERATED, Case, cases
from tools.example_plans import stamp
from tools.hcl_to_json import twin

FORMS = ("hcl", "cdktf", "plan")
WORST = ("passed", "not_evaluated", "failed", "error")
CASES = cases([])

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.folder.name}-{case.kind}")


@pytest.fixture
def as_form(tmp_path):
    """`as_form(case, form)`: the file of an example as HCL, as CDKTF's JSON or as a plan."""

    def as_form(case, form):
        if form == "cdktf":
            file = tmp_path / "cdk.tf.json"
            file.write_text(twin(case.main), encoding="utf-8")
            return file
        return case.main if form == "hcl" else case.plan

    return as_form


@pytest.mark.parametrize("form", FORMS)
@every_case
def test_the_statuses_are_the_expected_ones(case, form, as_form):
    stack, *_ = together([stack for path in (as_form(case, form), *case.neighbors) for stack in read(path)])
    results = evaluate(stack, [case.policy], load(case.folder))
    statuses = sorted(
        ((result.address, result.status) for result in results), key=lambda result: WORST.index(result[1])
    )
    assert dict(statuses) == expected(case, form), "the worst of each address"


@every_case
def test_the_plan_was_made_from_the_hcl(case):
    advice = f"run python -m tools.policy_examples {case.name}"
    assert case.stamp.exists(), advice
    assert case.stamp.read_text(encoding="utf-8").strip() == stamp(case.files, case.plan), advice


@pytest.mark.parametrize(
    ("which", "count"),
    [("tags/tag_required_missing/bad", 1), ("tags/tag_required_missing/", 3), ("tag-required-missing", 3)],
)
def test_the_plans_of_one_policy_can_be_made_alone(which, count):
    found = cases([which])
    assert len(found) == count
    assert {case.folder.name for case in found} == {"tag_required_missing"}


def test_a_family_and_a_policy_make_no_plan_twice():
    assert cases(["tags", "tag-required-missing"]) == cases(["tags"])


def test_a_name_without_an_example_is_an_error():
    with pytest.raises(SystemExit, match="no example is named 'required_tags'"):
        cases(["required_tags"])


@pytest.fixture
def inputs(tmp_path):
    """An example of three files and its plan, whose files a test changes."""
    names = ("main.tf", "plan.tfvars", "team/main.tf", "plan.json")
    files = {name: tmp_path / name for name in names}
    (tmp_path / "team").mkdir()
    for file in files.values():
        file.write_text('name = "orders"\n')
    return files


def stamp_of(inputs):
    return stamp({name: file for name, file in inputs.items() if name != "plan.json"}, inputs["plan.json"])


@pytest.mark.parametrize("changed", ["main.tf", "plan.json", "team/main.tf", "plan.tfvars"])
def test_a_stamp_depends_on_the_hcl(inputs, changed):
    before = stamp_of(inputs)
    inputs[changed].write_text('name = "payments"\n')
    assert stamp_of(inputs) != before


def test_a_comment_needs_no_new_plan(inputs):
    before = stamp_of(inputs)
    inputs["main.tf"].write_text('# The queue of orders.\n\nname = "orders"\n')
    assert stamp_of(inputs) == before


def expected(case: Case, form: str) -> dict[str, str]:
    document = tomllib.loads((case.folder / "expected.toml").read_text(encoding="utf-8"))[case.kind]
    statuses = document.get(form, document)
    return {address: status for status in WORST for address in statuses.get(status, [])}


def test_every_example_belongs_to_a_policy():
    slugs = {policy.slug.replace("-", "_") for policy in policies()}
    assert {folder.name for folder in EXAMPLES.glob("*/*")} == slugs, "run python -m tools.policy_index"


def test_every_generated_file_belongs_to_an_example():
    named = {file for case in CASES for file in (case.plan, case.stamp)}
    assert {file for file in GENERATED.rglob("*") if file.is_file()} - named == set(), "remove them"
