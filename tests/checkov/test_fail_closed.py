"""What is no clean verdict fails: nothing that goes wrong ends in a green run."""

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
from plainwork_policies.engine.settings import Settings

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
def answer(scan, trial, write):
    """Judge one queue by a policy and return what Checkov records."""

    def run(judge, text=QUEUE, subjects=lambda stack: stack.resources):
        trial(judge, subjects)
        (said,) = scan("terraform", write("main.tf", text), checks="PLW_TRIAL_001")
        return said

    return run


def test_a_pass_passes(answer):
    assert answer(pass_).result == "PASSED"


def test_a_failure_fails_and_says_what_is_wrong_and_how_to_mend_it(answer):
    said = answer(fail_)
    assert (said.result, said.line) == ("FAILED", 1)
    assert said.details == ("aws_sqs_queue.jobs: has no name; fix: write `name`",)


def test_what_is_not_evaluated_is_shown_as_skipped_with_the_reason(answer):
    said = answer(unknown)
    assert (said.result, said.comment) == ("SKIPPED", "`var.name` has no default")


@pytest.mark.parametrize("judge", [raise_, exit_, yield_true, return_none])
def test_a_policy_that_crashes_or_gives_no_verdict_fails(judge, answer):
    said = answer(judge)
    assert said.result == "FAILED"
    assert "crashed" in said.details[0]


def test_a_policy_that_cannot_name_its_subjects_fails(answer):
    said = answer(pass_, subjects=lambda stack: stack.nonsense)
    assert said.result == "FAILED"
    assert "nonsense" in said.details[0]


def test_a_skip_comment_hides_a_failure_and_shows_what_it_hides(answer):
    said = answer(fail_, SKIPPED)
    assert (said.result, said.comment) == ("SKIPPED", "a queue that we keep")
    assert "has no name" in said.details[0]


def test_a_skip_comment_does_not_hide_a_crash(answer):
    assert answer(raise_, SKIPPED).result == "FAILED"


@pytest.mark.parametrize("text", ["[tags]\nrequierd = []\n", "not toml"])
def test_invalid_settings_fail_every_check(text, answer, write, monkeypatch):
    monkeypatch.chdir(write("plainwork.toml", text))
    said = answer(pass_)
    assert said.result == "FAILED"
    assert "plainwork.toml" in said.details[0]


def test_settings_may_say_that_not_evaluated_fails(answer, write, monkeypatch):
    monkeypatch.chdir(write("plainwork.toml", 'fail_on = "not-evaluated"\n'))
    assert answer(unknown).result == "FAILED"


def test_a_file_that_our_reader_refuses_fails_once(scan, trial, write):
    trial(pass_)
    folder = write("other.tf", "resource oops {\n")
    said = scan("terraform", write("main.tf", QUEUE), checks="PLW_TRIAL_001")
    assert [(one.result, one.resource) for one in said] == [("FAILED", "aws_sqs_queue.jobs")]
    assert str(Path(folder, "other.tf")) in said[0].details[0]


def test_a_plan_that_our_reader_refuses_fails(scan, trial, write):
    trial(pass_)
    plan = """{"format_version": "9.0", "terraform_version": "9.0.0",
      "planned_values": {"root_module": {"resources": [{"address": "aws_sqs_queue.jobs", "mode": "managed",
        "type": "aws_sqs_queue", "name": "jobs", "values": {}}]}}, "resource_changes": []}"""
    said = scan("terraform_plan", write("plan.json", plan) / "plan.json", checks="PLW_TRIAL_001")
    assert [one.result for one in said] == ["FAILED"]
    assert "format_version" in said[0].details[0]


def test_a_block_that_only_checkov_sees_fails(tmp_path):
    entity = Entity("aws_sqs_queue.jobs", "resource", tmp_path / "main.tf")
    attribution = Attribution(Stack(str(tmp_path), "hcl"), [], [entity], Settings())
    with pytest.raises(InputError, match=r"aws_sqs_queue.jobs was not found in "):
        attribution.answer("PLW_TRIAL_001", entity.address)


def test_a_checkov_that_asks_in_another_way_fails(trial):
    trial(pass_)
    check = resource_registry.get_check_by_id("PLW_TRIAL_001")
    result = check.run("/main.tf", {}, "jobs", "aws_sqs_queue", {})
    assert result["result"] == CheckResult.FAILED
    assert "does not say what it scans" in check.details[0]


def test_a_disabled_policy_is_shown_once_as_skipped(scan, write, monkeypatch):
    resource_registry.load_external_checks(str(EXTERNAL_CHECKS_DIR))
    monkeypatch.chdir(write("plainwork.toml", '[policies]\ndisable = ["module-version-not-pinned"]\n'))
    said = scan("terraform", write("main.tf", QUEUE), checks="PLW_MODULE_002")
    assert [(one.result, one.comment) for one in said] == [("SKIPPED", "disabled in the settings")]
