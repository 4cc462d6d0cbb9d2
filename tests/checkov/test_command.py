"""The `checkov` command itself: exit codes, and what each output format carries."""

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
BROKEN_BEYOND_THAT = (*BROKEN_ADAPTER, "plainwork_policies.checkov.load_failure")


@pytest.fixture
def check(checkov, write):
    """Run one policy on *text* as HCL."""

    def run(text, *options, broken=()):
        folder = write("stack/main.tf", text) / "stack"
        return checkov("--framework", "terraform", "-d", folder, "--check", TAG.id, *options, broken=broken)

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


def test_where_not_even_that_can_be_registered_the_run_ends(check):
    run = check(GOOD, broken=BROKEN_BEYOND_THAT)
    assert run.returncode not in (0, 1)
    assert "cannot register its checks" in run.stderr + run.stdout


def test_every_report_carries_what_its_format_can(check, tmp_path):
    formats = [option for name in ("json", "sarif", "junitxml") for option in ("-o", name)]
    check(BAD, *formats, "--output-file-path", tmp_path)
    json_says(json.loads((tmp_path / "results_json.json").read_text()))
    sarif_says(json.loads((tmp_path / "results_sarif.sarif").read_text()))
    junit_says(ET.parse(tmp_path / "results_junitxml.xml"))


def json_says(report):
    (record,) = report["results"]["failed_checks"]
    assert (record["check_id"], record["guideline"], record["severity"]) == (
        TAG.id,
        pages.url(TAG),
        TAG.severity.upper(),
    )
    assert record["file_line_range"] == [3, 5]
    assert record["details"]


def sarif_says(report):
    (run,) = report["runs"]
    (rule,), (result,) = run["tool"]["driver"]["rules"], run["results"]
    assert (rule["id"], rule["helpUri"], result["ruleId"]) == (TAG.id, pages.url(TAG), TAG.id)
    assert TAG.title in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert "Owner" in result["attachments"][0]["description"]


def junit_says(report):
    case = report.find(".//testcase")
    assert f"[{TAG.severity.upper()}][{TAG.id}] {TAG.title}" in case.get("name")
    assert case.get("classname").endswith("main.tf.aws_sqs_queue.jobs")
    assert TAG.slug in case.find("failure").get("message")
