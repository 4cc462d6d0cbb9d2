"""One new finding beside a base: each format has one failure."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from plainwork_policies.report.formats import FORMATS

OLD = "".join(f'resource "aws_efs_file_system" "old{number}" {{\n  encrypted = false\n}}\n' for number in range(10))
NEW = 'resource "aws_efs_file_system" "new" {\n  encrypted = false\n}\n'


def sarif(report):
    (run,) = json.loads(report)["runs"]
    return sum(result["kind"] == "fail" and result["baselineState"] == "new" for result in run["results"])


FAILURES = {
    "text": lambda report: report.count("HIGH "),
    "json": lambda report: sum(finding["state"] == "new" for finding in json.loads(report)["findings"]),
    "markdown": lambda report: report.count("### HIGH "),
    "sarif": sarif,
    "sarif-failed": sarif,
    "junit": lambda report: len(list(ET.fromstring(report).iter("failure"))),
    "github": lambda report: report.count("::error "),
    "gitlab": lambda report: sum(entry["severity"] != "info" for entry in json.loads(report)),
}
"""How to count the failures of each format."""


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_has_one_failure(check, tmp_path_factory, name):
    base = tmp_path_factory.mktemp("base") / "report.json"
    assert check(OLD, "--format", f"json={base}").exit_code == 1
    moved = f"# a comment\n\n{OLD}"
    assert check(moved, "--against", str(base), "--format", name).exit_code == 0
    done = check(moved + NEW, "--against", str(base), "--format", name)
    assert done.exit_code == 1
    assert FAILURES[name](done.stdout) == 1
