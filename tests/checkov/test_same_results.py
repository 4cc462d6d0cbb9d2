"""Both runners have the same results on the examples of every policy, in every format."""

from __future__ import annotations

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.example_cases import BEFORE, MAIN, cases, copy
from tools.hcl_to_json import twin

pytestmark = pytest.mark.usefixtures("loaded")
CASES = cases([])
MODULES = {
    f"{case.name}/{name}": (case, name)
    for case in CASES
    for name in case.files
    if name.endswith(f"/{MAIN}") and not name.startswith(BEFORE)
}

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@every_case
def test_checkov_and_the_native_runner_agree_on_hcl(case, agree, tmp_path):
    copy(case.files, tmp_path)
    agree("terraform", case, tmp_path / MAIN)


@pytest.mark.parametrize(("case", "name"), MODULES.values(), ids=MODULES)
def test_checkov_and_the_native_runner_agree_on_the_modules_and_neighbors(case, name, agree, tmp_path):
    copy(case.files, tmp_path)
    agree("terraform", case, tmp_path / name)


@every_case
def test_checkov_and_the_native_runner_agree_on_cdktf_json(case, agree, write):
    agree("terraform_json", case, write("cdk.tf.json", twin(case.main)) / "cdk.tf.json")


@every_case
def test_checkov_and_the_native_runner_agree_on_plans(case, agree):
    agree("terraform_plan", case, case.plan)


@pytest.fixture
def agree(scan, monkeypatch):
    """`agree(framework, case, file)`: both runners have the same findings in *file*, with the settings of *case*."""

    def agree(framework, case, file):
        monkeypatch.chdir(case.folder)
        (stack,) = read(file)
        native = evaluate(stack, policies(), load()) if has_blocks(stack) else []
        records = scan(framework, file)
        assert {record.id for record in records} == {result.policy.id for result in native}
        assert {(record.id, detail) for record in records for detail in record.details} == set(findings(native))
        assert {record.id for record in records if record.result == "FAILED"} == failing(native)

    return agree


def has_blocks(stack):
    """Whether Checkov visits a block; it does not report a stack that has only a backend."""
    return bool(stack.resources or stack.providers or stack.module_calls)


def findings(results):
    for result in results:
        for finding in result.findings:
            remedy = f"; remedy: {finding.remedy}" if finding.remedy else ""
            yield result.policy.id, f"{result.address}: {finding.message}{remedy}"


def failing(results):
    return {result.policy.id for result in results if result.status in ("failed", "error")}
