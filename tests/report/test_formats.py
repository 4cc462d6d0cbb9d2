"""The formats of `plainwork check --format`: each has the three verdicts, and is valid by its own rules."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from plainwork_core import __version__
from plainwork_core.model.stack import Location
from plainwork_core.repository import repository_path
from plainwork_policies.report import as_json, as_sarif
from plainwork_policies.report.as_markdown import MAX_LENGTH
from plainwork_policies.report.formats import FORMATS
from tests.report.conftest import HCL

ROOT = Path(__file__).parents[2]
SARIF_SCHEMA = json.loads((ROOT / "tests/support/sarif-2.1.0.schema.json").read_text())
REPORT_SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text())


def sarif(done):
    """The only run of a log that conforms to the schema of SARIF."""
    log = json.loads(done.stdout)
    Draft4Validator(SARIF_SCHEMA).validate(log)
    (run,) = log["runs"]
    return run


def test_every_format_is_documented():
    page = (ROOT / "docs" / "outputs.md").read_text()
    assert [name for name in FORMATS if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_the_exit_code_of_the_run(check, name):
    assert check(HCL, "--format", name).exit_code == 1


def test_sarif_has_a_kind_for_each_verdict(check):
    run = sarif(check(HCL, "--format", "sarif"))
    results = {
        result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]: (result["kind"], result["level"])
        for result in run["results"]
    }
    assert results == {
        "aws_efs_file_system.failed": ("fail", "error"),
        "aws_efs_file_system.unknown": ("open", "none"),
        "aws_efs_file_system.passed": ("pass", "none"),
    }


def test_sarif_has_message_remedy_region_and_rule(check):
    run = sarif(check(HCL, "--format", "sarif-failed"))
    (result,) = run["results"]
    assert result["message"]["text"].startswith("aws_efs_file_system.failed: `encrypted` is `false`. Set `encrypted")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "main.tf", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 10},
    }
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["name"], rule["properties"]["security-severity"]) == (
        "PLW_EFS_001",
        "efs-unencrypted",
        "8.0",
    )
    assert "## Remedy" in rule["help"]["markdown"]
    assert rule["helpUri"].endswith("/policies/efs-unencrypted.html")
    assert run["tool"]["driver"]["semanticVersion"] == __version__


def test_sarif_for_github_has_failures_only_because_github_shows_every_result_as_an_alert(check):
    assert [result["kind"] for result in sarif(check(HCL, "--format", "sarif-failed"))["results"]] == ["fail"]


def test_a_sarif_fingerprint_does_not_change_when_the_code_moves(check):
    def fingerprints(hcl):
        return [result["partialFingerprints"] for result in sarif(check(hcl, "--format", "sarif-failed"))["results"]]

    assert fingerprints(HCL) == fingerprints(f"# a comment\n\n{HCL}")
    assert fingerprints(HCL) != fingerprints(HCL.replace('"failed"', '"other"'))


def test_sarif_states_that_an_input_cannot_be_read(check):
    run = sarif(check('resource "aws_sqs_queue" {', "--format", "sarif"))
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["exitCode"] == 2
    assert "main.tf" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_every_rule_of_the_bad_examples_has_help_in_sarif(check):
    examples = map(str, (ROOT / "examples" / "policies" / "privileges").glob("*/bad.tf"))
    run = sarif(check(HCL, *examples, "--format", "sarif", policy="PLW_PRIV_*"))
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > 20
    assert [rule["id"] for rule in rules if not all(rule["help"].values())] == []
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_junit_has_a_case_for_each_verdict(check):
    root = ET.fromstring(check(HCL, "--format", "junit").stdout)
    cases = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {
        "aws_efs_file_system.failed": ["failure"],
        "aws_efs_file_system.unknown": ["skipped"],
        "aws_efs_file_system.passed": [],
    }
    assert dict(root.attrib) == {"name": "plainwork", "tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    skipped = root.find(".//skipped")
    assert skipped is not None
    assert skipped.get("message") == "`var.encrypted` has no default; check a plan"
    failure = root.find(".//failure")
    assert failure is not None
    assert "Set `encrypted = true`" in (failure.text or "")
    assert failure.get("type") == "high"


def test_junit_has_an_error_for_an_input_that_cannot_be_read(check):
    root = ET.fromstring(check('resource "aws_sqs_queue" {', "--format", "junit").stdout)
    assert root.get("errors") == "1"
    assert "main.tf" in (root.find(".//error").text or "")


def test_github_annotations_have_the_worst_first_and_the_numbers_last(check):
    lines = check(HCL, "--format", "github").stdout.splitlines()
    assert lines[0].startswith("::error title=high%3A efs-unencrypted (PLW_EFS_001),file=main.tf,line=10::aws_efs_")
    assert lines[1].startswith("::notice title=not evaluated,file=main.tf,line=14::aws_efs_file_system.unknown: ")
    assert lines[2].startswith("::notice title=plainwork::Checked 3 resources in 1 stack with 1 policy: 1 failed, ")


def test_gitlab_has_failures_by_severity_and_what_is_not_evaluated_as_info(check):
    entries = json.loads(check(HCL, "--format", "gitlab").stdout)
    assert [(entry["severity"], entry["location"]) for entry in entries] == [
        ("critical", {"path": "main.tf", "lines": {"begin": 10}}),
        ("info", {"path": "main.tf", "lines": {"begin": 14}}),
    ]
    assert entries[1]["description"].startswith("Not evaluated: aws_efs_file_system.unknown: ")
    assert len({entry["fingerprint"] for entry in entries}) == 2


def test_gitlab_fingerprints_are_unique_for_equal_findings(check):
    statement = '{ Effect = "Allow", Action = "s3:*", Resource = "*" }'
    policy = f'jsonencode({{ Version = "2012-10-17", Statement = [{statement}, {statement}] }})'
    hcl = f'resource "aws_iam_policy" "p" {{\n  policy = {policy}\n}}\n'
    entries = json.loads(check(hcl, "--format", "gitlab", policy="iam-wildcard-action").stdout)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 2


def test_markdown_has_each_verdict_with_remedy_and_reason(check):
    text = check(HCL, "--format", "markdown").stdout
    assert "## plainwork: 1 failed, 1 not evaluated, 1 passed" in text
    assert text.index("### HIGH [efs-unencrypted](") < text.index("### NOT EVALUATED efs-unencrypted")
    assert "`aws_efs_file_system.failed` in `main.tf:10`" in text
    assert "**Remedy:** Set `encrypted = true`." in text
    assert "`var.encrypted` has no default; check a plan" in text


def test_markdown_is_cut_below_the_limit_of_github_and_says_so(check):
    queue = 'resource "aws_efs_file_system" "{}" {{\n  encrypted = false\n  creation_token = "{}"\n}}\n'
    different = "".join(
        f'resource "aws_iam_policy" "p{number}" {{\n  policy = jsonencode({{ Statement = '
        f'[{{ Effect = "Allow", Action = "service{number}:*", Resource = "*" }}] }})\n}}\n'
        for number in range(600)
    )
    done = check(queue.format("worst", "é") + different, "--format", "markdown", policy="iam-wildcard-action")
    assert 50_000 < len(done.stdout) < MAX_LENGTH
    assert "entries cut:" in done.stdout
    assert "600 failed" in done.stdout


def test_json_conforms_to_its_schema(check):
    for arguments in ((HCL, "."), ('resource "aws_sqs_queue" {', "."), (HCL, str(ROOT / "tests/generated/plans"))):
        report = json.loads(check(*arguments, "--format", "json", policy="*").stdout)
        Draft202012Validator(REPORT_SCHEMA).validate(report)
        assert report["format_version"] == as_json.FORMAT_VERSION


@pytest.mark.parametrize("schema", [SARIF_SCHEMA, REPORT_SCHEMA], ids=["sarif", "json"])
def test_a_schema_rejects_a_member_that_it_does_not_have(check, schema):
    name = "sarif" if schema is SARIF_SCHEMA else "json"
    validator = Draft4Validator(schema) if schema is SARIF_SCHEMA else Draft202012Validator(schema)
    report = json.loads(check(HCL, "--format", name).stdout)
    assert list(validator.iter_errors(report)) == []
    assert list(validator.iter_errors(report | {"other": 1}))


def test_paths_are_from_the_root_of_the_repository(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "envs" / "prod").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "envs")
    assert repository_path("prod/main.tf") == "envs/prod/main.tf"
    assert repository_path("../modules/./x/main.tf") == "modules/x/main.tf"
    assert repository_path(str(tmp_path / "main.tf")) == "main.tf"


def test_a_file_outside_the_repository_keeps_its_path(tmp_path, monkeypatch):
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repository")
    assert repository_path("../plan 1.json") == f"{tmp_path}/plan 1.json"
    physical = as_sarif.physical_location(Location("../plan 1.json"))
    assert physical == {"artifactLocation": {"uri": f"file://{tmp_path}/plan%201.json"}}
