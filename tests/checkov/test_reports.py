"""Checkov's JSON, SARIF and JUnit reports of every policy: id, title, page of the rule, and line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from checkov.common.output.sarif import Sarif
from checkov.common.util.json_utils import CustomJSONEncoder
from junit_xml import to_xml_report_string

from plainwork_core.read import read
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from plainwork_policies.report import pages
from tools.example_cases import cases

pytestmark = pytest.mark.usefixtures("loaded")
RUNNERS = {".tf": "terraform", ".json": "terraform_plan"}


def bad_file(policy):
    """The first example in which *policy* fails and Checkov visits a block: in HCL, or if necessary in a plan."""
    found = [file for case in cases([policy.slug]) if case.kind == "bad" for file in (case.main, case.plan)]
    return next((file for file in found if fails(policy, file)), None)


def fails(policy, file):
    (stack,) = read(file)
    results = evaluate(stack, [policy], settings_of(policy))
    is_failing = any(result.status == "failed" and Path(result.location.file) == file for result in results)
    return is_failing and bool(blocks(stack))


def settings_of(policy):
    return load(cases([policy.slug])[0].folder)


def blocks(stack):
    """The blocks that Checkov visits; it does not report a stack that has only a backend."""
    return (*stack.resources, *stack.providers, *stack.module_calls)


FAILING = [policy for policy in policies() if bad_file(policy)]


@pytest.fixture
def reported(request, report, monkeypatch, tmp_path):
    """A policy, a file in which it fails, and Checkov's report; Checkov reads all HCL of a directory."""
    policy = request.param
    file = Path(shutil.copy(bad_file(policy), tmp_path))
    monkeypatch.chdir(cases([policy.slug])[0].folder)
    return policy, file, report(RUNNERS[file.suffix], file, checks=policy.id)


every_policy = pytest.mark.parametrize("reported", FAILING, ids=lambda policy: policy.slug, indirect=True)


@every_policy
def test_json_has_policy_line_and_page(reported):
    policy, file, report = reported
    records = json.loads(json.dumps(report.get_dict(), cls=CustomJSONEncoder))["results"]["failed_checks"]
    assert records
    for record in records:
        assert (record["check_id"], record["guideline"]) == (policy.id, pages.url(policy))
        assert record["check_name"].startswith(f"{policy.title} ({policy.slug}). Remedy: ")
        assert record["details"]
        assert record["file_line_range"][0] == line(file, record["resource"])


@every_policy
def test_sarif_has_one_rule_with_its_page_and_a_line_for_each_result(reported):
    policy, file, report = reported
    (run,) = Sarif([report], "").json["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == (policy.id, pages.url(policy))
    assert rule["shortDescription"]["text"].startswith(policy.title)
    assert len(run["results"]) == len(report.failed_checks) + len(report.skipped_checks)
    for result, record in zip(run["results"], report.failed_checks, strict=False):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (result["ruleId"], region["startLine"]) == (policy.id, line(file, record.resource) or 1)
        assert policy.title in result["message"]["text"]


@every_policy
def test_junit_has_a_failure_with_the_title_and_the_page(reported):
    policy, file, report = reported
    suites = ET.fromstring(to_xml_report_string([report.get_test_suite()]))
    failed = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert len(failed) == len(report.failed_checks) > 0
    for case, record in zip(failed, report.failed_checks, strict=True):
        text = case.find("failure").text
        assert case.get("name").startswith(f"[{policy.severity.upper()}][{policy.id}] {policy.title}")
        assert f"Guideline: {pages.url(policy)}" in text
        assert f"File: {record.file_path}: {line(file, record.resource)}-" in text


def line(file, name):
    """The first line of the block in the record; 0 in a plan, which has no lines."""
    (stack,) = read(file)
    lines = {re.sub("^(provider|module)[.]", "", block.address): block.location.line for block in blocks(stack)}
    return lines[name.removesuffix(".default")]
