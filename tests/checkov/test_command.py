"""The `checkov` command: exit codes, and the content of each output format."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from plainwork_policies.engine.registry import by_name, loaded
from plainwork_policies.report import pages

TAG = loaded(by_name("PLW_TAG_001"))
BAD = 'provider "aws" {}\n\nresource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n'
GOOD = BAD.replace("{}", '{\n  default_tags {\n    tags = { Owner = "team-a", Environment = "prod" }\n  }\n}')
BROKEN_ADAPTER = ("plainwork_policies.engine.registry",)
BROKEN_LOAD_FAILURE = (*BROKEN_ADAPTER, "plainwork_policies.checkov.load_failure")


@pytest.fixture
def check(checkov, write):
    """Run one policy on *text* as HCL."""

    def run(text, *options, broken=()):
        write("plainwork.toml", '[tags]\nrequired = ["Environment", "Owner"]\n')
        directory = write("stack/main.tf", text) / "stack"
        return checkov("--framework", "terraform", "-d", directory, "--check", TAG.id, *options, broken=broken)

    return run


def test_a_bad_stack_is_exit_code_1_and_names_the_policy(check):
    run = check(BAD)
    assert run.returncode == 1
    assert f'Check: {TAG.id}: "{TAG.title}' in run.stdout
    assert "Owner" in run.stdout


def test_a_good_stack_is_exit_code_0(check):
    run = check(GOOD, "-o", "json")
    assert run.returncode == 0
    assert json.loads(run.stdout)["summary"]["passed"] == 1


def test_a_broken_adapter_fails_under_every_id(check):
    run = check(GOOD, broken=BROKEN_ADAPTER)
    assert run.returncode == 1
    assert f"Check: {TAG.id}" in run.stdout
    assert "could not be loaded" in run.stdout


def test_if_the_failing_checks_cannot_be_registered_the_run_ends(check):
    run = check(GOOD, broken=BROKEN_LOAD_FAILURE)
    assert run.returncode not in (0, 1)
    assert "cannot register its checks" in run.stderr + run.stdout


def test_each_format_has_the_policy_and_its_line(check, tmp_path):
    formats = [option for name in ("json", "sarif", "junitxml") for option in ("-o", name)]
    check(BAD, *formats, "--output-file-path", tmp_path)
    assert_json(json.loads((tmp_path / "results_json.json").read_text()))
    assert_sarif(json.loads((tmp_path / "results_sarif.sarif").read_text()))
    assert_junit(ET.parse(tmp_path / "results_junitxml.xml"))


def assert_json(report):
    (record,) = report["results"]["failed_checks"]
    assert (record["check_id"], record["guideline"], record["severity"]) == (
        TAG.id,
        pages.url(TAG),
        TAG.severity.upper(),
    )
    assert record["file_line_range"] == [3, 5]
    assert record["details"]


def assert_sarif(report):
    (run,) = report["runs"]
    (rule,), (result,) = run["tool"]["driver"]["rules"], run["results"]
    assert (rule["id"], rule["helpUri"], result["ruleId"]) == (TAG.id, pages.url(TAG), TAG.id)
    assert TAG.title in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert "Owner" in result["attachments"][0]["description"]


def assert_junit(report):
    case = report.find(".//testcase")
    assert f"[{TAG.severity.upper()}][{TAG.id}] {TAG.title}" in case.get("name")
    assert case.get("classname").endswith("main.tf.aws_sqs_queue.jobs")
    assert TAG.slug in case.find("failure").get("message")
