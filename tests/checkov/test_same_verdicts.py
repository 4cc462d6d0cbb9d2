"""Both runners say the same of every policy's examples, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.catalog import POLICIES
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import load

pytestmark = pytest.mark.usefixtures("loaded")
EXAMPLES = Path(__file__).parents[2] / "examples" / "policies"
FRAMEWORKS = {"main.tf": "terraform", "cdk.tf.json": "terraform_json", "plan.json": "terraform_plan"}
FILES = sorted(file for name in FRAMEWORKS for file in EXAMPLES.rglob(name) if file.parent.name != "before")


def test_there_are_examples_in_every_format():
    assert {file.name for file in FILES} == set(FRAMEWORKS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(EXAMPLES)))
def test_checkov_and_the_native_runner_agree(file, scan, monkeypatch):
    monkeypatch.chdir(file.parent)
    (stack,) = read(file)
    native = evaluate(stack, POLICIES, load()) if has_blocks(stack) else []
    records = scan(FRAMEWORKS[file.name], file)
    assert {record.id for record in records} == {result.policy.id for result in native}
    assert {(record.id, detail) for record in records for detail in record.details} == set(findings(native))
    assert {record.id for record in records if record.result == "FAILED"} == failing(native)


def has_blocks(stack):
    """Whether there is anything that Checkov asks about; it is silent on a stack with nothing but a backend."""
    return bool(stack.resources or stack.providers or stack.module_calls)


def findings(results):
    for result in results:
        for finding in result.findings:
            fix = f"; fix: {finding.remedy}" if finding.remedy else ""
            yield result.policy.id, f"{result.address}: {finding.message}{fix}"


def failing(results):
    return {result.policy.id for result in results if result.verdict in ("fail", "error")}
