"""A check fails unless its policy has a result: no error ends in a run that passes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from checkov.common.models.enums import CheckResult
from checkov.terraform.checks.resource.registry import resource_registry

from plainwork_core.errors import InputError
from plainwork_core.model.stack import Stack
from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR
from plainwork_policies.checkov.attribution import Attribution
from plainwork_policies.checkov.scan import Entity
from plainwork_policies.engine.finding import fail, not_evaluated

QUEUE = 'resource "aws_sqs_queue" "jobs" {}\n'
SKIPPED = 'resource "aws_sqs_queue" "jobs" {\n  # checkov:skip=PLW_TRIAL_001:a queue that we keep\n}\n'


def raise_(subject, _stack, _settings):
    raise ValueError(f"cannot read {subject.address}")


def exit_(_subject, _stack, _settings):
    sys.exit(0)


def yield_true(_subject, _stack, _settings):
    yield True


def return_none(_subject, _stack, _settings):
    return None


def pass_(_subject, _stack, _settings):
    return iter(())


def fail_(_subject, _stack, _settings):
    yield fail("name", "has no name", remedy="write `name`")


def unknown(_subject, _stack, _settings):
    yield not_evaluated("name", "`var.name` has no default")


@pytest.fixture
def checked(scan, trial, write):
    """Check one queue with a policy and return the record of Checkov."""

    def run(function, text=QUEUE, subjects=lambda stack: stack.resources):
        trial(function, subjects)
        (record,) = scan("terraform", write("main.tf", text), checks="PLW_TRIAL_001")
        return record

    return run


def test_a_passed_policy_passes(checked):
    assert checked(pass_).result == "PASSED"


def test_a_failed_policy_fails_with_message_and_remedy(checked):
    record = checked(fail_)
    assert (record.result, record.line) == ("FAILED", 1)
    assert record.details == ("aws_sqs_queue.jobs: has no name; remedy: write `name`",)


def test_a_policy_that_is_not_evaluated_is_skipped_with_the_reason(checked):
    record = checked(unknown)
    assert (record.result, record.comment) == ("SKIPPED", "`var.name` has no default")


@pytest.mark.parametrize("function", [raise_, exit_, yield_true, return_none])
def test_a_policy_that_crashes_or_yields_no_findings_fails(function, checked):
    record = checked(function)
    assert record.result == "FAILED"
    assert "crashed" in record.details[0]


def test_a_policy_whose_subjects_cannot_be_read_fails(checked):
    record = checked(pass_, subjects=lambda stack: stack.nonsense)
    assert record.result == "FAILED"
    assert "nonsense" in record.details[0]


def test_a_skip_comment_suppresses_a_failure_and_keeps_its_details(checked):
    record = checked(fail_, SKIPPED)
    assert (record.result, record.comment) == ("SKIPPED", "a queue that we keep")
    assert "has no name" in record.details[0]


def test_a_skip_comment_does_not_hide_a_crash(checked):
    assert checked(raise_, SKIPPED).result == "FAILED"


@pytest.mark.parametrize("text", ["[tags]\nrequierd = []\n", "not toml"])
def test_invalid_settings_fail_every_check(text, checked, write, monkeypatch):
    monkeypatch.chdir(write("plainwork.toml", text))
    record = checked(pass_)
    assert record.result == "FAILED"
    assert "plainwork.toml" in record.details[0]


def test_a_setting_makes_not_evaluated_fail(checked, write, monkeypatch):
    monkeypatch.chdir(write("plainwork.toml", 'fail_on = "not-evaluated"\n'))
    assert checked(unknown).result == "FAILED"


def test_a_file_with_a_syntax_error_fails_once(scan, trial, write):
    trial(pass_)
    directory = write("other.tf", "resource oops {\n")
    records = scan("terraform", write("main.tf", QUEUE), checks="PLW_TRIAL_001")
    assert [(record.result, record.resource) for record in records] == [("FAILED", "aws_sqs_queue.jobs")]
    assert str(Path(directory, "other.tf")) in records[0].details[0]


def test_a_plan_with_an_unsupported_format_fails(scan, trial, write):
    trial(pass_)
    plan = """{"format_version": "9.0", "terraform_version": "9.0.0",
      "planned_values": {"root_module": {"resources": [{"address": "aws_sqs_queue.jobs", "mode": "managed",
        "type": "aws_sqs_queue", "name": "jobs", "values": {}}]}}, "resource_changes": []}"""
    records = scan("terraform_plan", write("plan.json", plan) / "plan.json", checks="PLW_TRIAL_001")
    assert [record.result for record in records] == ["FAILED"]
    assert "format_version" in records[0].details[0]


def test_a_block_that_is_only_in_checkov_fails(tmp_path):
    entity = Entity("aws_sqs_queue.jobs", "resource", tmp_path / "main.tf")
    attribution = Attribution(Stack(str(tmp_path), "hcl"), [], [entity], {"PLW_TRIAL_001"}, fail_on_not_evaluated=False)
    with pytest.raises(InputError, match=r"aws_sqs_queue.jobs was not found in "):
        attribution.outcome("PLW_TRIAL_001", entity.address)


def test_an_unsupported_version_of_checkov_fails(trial):
    trial(pass_)
    check = resource_registry.get_check_by_id("PLW_TRIAL_001")
    result = check.run("/main.tf", {}, "jobs", "aws_sqs_queue", {})
    assert result["result"] == CheckResult.FAILED
    assert "this version of Checkov is not supported" in check.details[0]


def test_an_ignored_policy_is_skipped_once(scan, write, monkeypatch):
    resource_registry.load_external_checks(str(EXTERNAL_CHECKS_DIR))
    monkeypatch.chdir(write("plainwork.toml", 'ignore = ["module-version-not-pinned"]\n'))
    records = scan("terraform", write("main.tf", QUEUE), checks="PLW_MODULE_002")
    assert [(record.result, record.comment) for record in records] == [("SKIPPED", "ignored in the settings")]
