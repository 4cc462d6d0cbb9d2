"""A run in comparison with a base: which findings fail it, and what the reports say about the others."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest

from plainwork_core.model.stack import Location, Stack
from plainwork_policies.engine.comparison import BaseFinding, Comparison
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.engine.runner import Result
from plainwork_policies.report import as_json, as_text
from plainwork_policies.report.formats import FORMATS, render
from tests.policy.small_policies import FAIL, UNKNOWN, a_policy, yields

FAILURES = {
    "text": "HIGH  ",
    "json": '"state": "new"',
    "markdown": "### HIGH",
    "sarif": '"baselineState": "new"',
    "sarif-failed": '"kind": "fail"',
    "junit": "<failure",
    "github": "::error",
    "gitlab": '"severity": "critical"',
}
"""What each report has once for a failure that fails the run."""
WITH_OLD_FINDINGS = ("json", "sarif", "junit")
POLICY = a_policy(yields())
FIXED = BaseFinding("PLW_TEST_001", "a-test", "failed", "high", ".", "aws_sqs_queue.gone")


def run_with(*findings, fail_on="low", comparison=Comparison("main", (FIXED,))):  # noqa: B008  frozen
    results = tuple(
        Result(POLICY, f"aws_sqs_queue.q{index}", Location("main.tf", index), finding.status, (finding,))
        for index, finding in enumerate(findings)
    )
    return RunResult((StackResult(Stack(".", "hcl"), results),), fail_on=fail_on, comparison=comparison)


def text_of(run):
    stream = StringIO()
    as_text.write(run, stream)
    return " ".join(stream.getvalue().split())


@pytest.mark.parametrize(
    ("finding", "state", "fail_on", "exit_code"),
    [
        (FAIL, "new", "low", 1),
        (FAIL, "new", "critical", 0),
        (FAIL, "worse", "low", 1),
        (FAIL, "old", "not-evaluated", 0),
        (FAIL, "new_policy", "low", 0),
        (UNKNOWN, "new", "low", 0),
        (UNKNOWN, "new", "not-evaluated", 1),
        (UNKNOWN, "worse", "low", 1),
        (UNKNOWN, "old", "not-evaluated", 0),
    ],
)
def test_only_what_is_new_or_worse_fails(finding, state, fail_on, exit_code):
    assert run_with(replace(finding, state=state), fail_on=fail_on).exit_code == exit_code


def test_a_module_that_is_no_longer_evaluated_fails():
    run = run_with(comparison=Comparison("main", lost_modules=("module.network",)))
    assert run.exit_code == 1
    assert "1 module (module.network) not evaluated any more: main has results of them." in text_of(run)


def test_the_text_report_shows_what_is_new_and_counts_the_rest():
    run = run_with(replace(FAIL, state="new"), replace(FAIL, state="old"), replace(FAIL, state="old"))
    text = text_of(run)
    assert "aws_sqs_queue.q0: has no tags" in text
    assert "aws_sqs_queue.q1" not in text
    assert "Compared with main: 1 new, 0 worse, 2 old, 1 fixed. Fixed: a-test aws_sqs_queue.gone" in text


@pytest.mark.parametrize("format_", FORMATS)
def test_every_report_has_one_failure_if_one_is_new(format_):
    old = [replace(FAIL, state="old", message="is old"), replace(FAIL, state="new_policy", message="is old")]
    report = render(run_with(replace(FAIL, state="new"), *old), format_)
    assert len(re.findall(FAILURES[format_], report)) == 1
    assert ("is old" in report) == (format_ in WITH_OLD_FINDINGS)


def test_the_text_report_says_what_is_worse():
    text = text_of(
        run_with(replace(FAIL, state="worse"), replace(UNKNOWN, state="worse"), replace(UNKNOWN, state="new"))
    )
    assert "Allowed less in main: a-test aws_sqs_queue.q0." in text
    assert "Passed in main and not evaluated now: a-test aws_sqs_queue.q1." in text


def test_the_text_report_names_policies_that_the_base_does_not_know():
    run = run_with(replace(FAIL, state="new_policy"), comparison=Comparison("old.json", new_policies=("PLW_TEST_001",)))
    assert "1 policy (PLW_TEST_001) not in old.json: 1 failure, which `plainwork baseline --update-rules`" in text_of(
        run
    )


def test_the_json_report_has_the_state_of_each_finding_and_what_is_fixed():
    report = json.loads(as_json.render(run_with(replace(FAIL, state="new"), replace(UNKNOWN, state="old"))))
    assert [finding["state"] for finding in report["findings"]] == ["new", "old"]
    comparison = report["comparison"]
    assert {key: comparison[key] for key in ("base", "new", "worse", "old", "fixed")} == {
        "base": "main",
        "new": 1,
        "worse": 0,
        "old": 0,
        "fixed": 1,
    }
    assert comparison["fixed_findings"][0]["address"] == "aws_sqs_queue.gone"


def test_without_a_base_there_is_no_comparison():
    assert json.loads(as_json.render(run_with(FAIL, comparison=None)))["comparison"] is None
    assert "Compared" not in text_of(run_with(FAIL, comparison=None))
