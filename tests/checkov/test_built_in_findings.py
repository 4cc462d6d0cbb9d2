"""The documentation lists and explains every finding of Checkov's own policies on the stacks of this library."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STACKS = ROOT / "tests" / "stack" / "__snapshots__" / "test_app"
PAGES = {
    "reference-application": STACKS,
    "efs-access-points": ROOT / "examples" / "efs",
    "s3-state-backend": ROOT / "examples" / "s3_state_backend",
    "valkey": ROOT / "examples" / "valkey",
    "vpc-endpoints": ROOT / "examples" / "vpc_endpoints",
    "weighted-canary": ROOT / "examples" / "canary",
}
FINDING = re.compile(r"CKV2?_AWS_\d+")


@pytest.mark.parametrize("page", PAGES)
def test_the_page_explains_each_finding(page, checkov):
    report = checkov("--framework", "terraform", "-d", PAGES[page], "--skip-check", "PLW_*", "-o", "json").stdout
    findings = {record["check_id"] for record in json.loads(report)["results"]["failed_checks"]}
    assert explained((DOCS / f"{page}.md").read_text(encoding="utf-8")) == findings


def explained(text):
    """The ids in the first cells of a page's tables."""
    return {found for row in text.splitlines() if row.startswith("|") for found in FINDING.findall(row.split("|")[1])}
