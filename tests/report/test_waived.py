"""A waived finding is in every report, with reason, owner and last day, and does not count as a failure."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from plainwork_policies.report.formats import FORMATS
from tests.report.test_formats import REPORT_SCHEMA, SARIF_SCHEMA

TERMS = "until 2099-03-31: holds public data only (platform)"
HCL = f"""\
# plainwork: ignore efs-unencrypted {TERMS}
resource "aws_efs_file_system" "waived" {{
  encrypted = false
}}
"""


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"sarif-failed", "json"}))
def test_every_format_has_the_waiver(check, name):
    done = check(HCL, "--format", name)
    assert done.exit_code == 0
    assert TERMS in done.stdout.replace("\n", " ").replace("\\", "")


def test_json_has_it_apart_from_the_findings(check):
    report = json.loads(check(HCL, "--format", "json").stdout)
    Draft202012Validator(REPORT_SCHEMA).validate(report)
    assert report["findings"] == []
    assert [row["waiver"]["owner"] for row in report["waived"]] == ["platform"]


def test_sarif_has_it_as_a_suppression(check):
    log = json.loads(check(HCL, "--format", "sarif").stdout)
    Draft4Validator(SARIF_SCHEMA).validate(log)
    (result,) = log["runs"][0]["results"]
    assert (result["kind"], result["suppressions"][0]["justification"]) == ("fail", f"Waived {TERMS}")


def test_sarif_for_github_does_not_have_it(check):
    assert json.loads(check(HCL, "--format", "sarif-failed").stdout)["runs"][0]["results"] == []


def test_junit_has_it_as_a_skipped_case(check):
    root = ET.fromstring(check(HCL, "--format", "junit").stdout)
    assert (root.get("failures"), root.get("skipped")) == ("0", "1")
