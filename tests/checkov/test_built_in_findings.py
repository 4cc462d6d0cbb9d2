"""The documentation lists and explains every finding of Checkov's own policies on the stacks of this library."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
RECIPES = ROOT / "examples" / "recipes"
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
    findings = {record["check_id"] for record in failed(checkov, PAGES[page])}
    assert explained((DOCS / f"{page}.md").read_text(encoding="utf-8")) == findings


def test_the_page_of_each_recipe_explains_each_finding(checkov):
    findings = {file.parent.name: set() for file in RECIPES.glob("*/main.tf")}
    for record in failed(checkov, RECIPES):
        findings[Path(record["file_path"]).parent.name].add(record["check_id"])
    pages = {name: (DOCS / "recipes" / f"{name}.md").read_text(encoding="utf-8") for name in findings}
    assert {name: explained(page) for name, page in pages.items()} == findings


def failed(checkov, directory):
    """The findings of Checkov's own policies in a directory."""
    report = checkov("--framework", "terraform", "-d", directory, "--skip-check", "PLW_*", "-o", "json").stdout
    return json.loads(report)["results"]["failed_checks"]


def explained(text):
    """The ids in the first cells of a page's tables."""
    return {found for row in text.splitlines() if row.startswith("|") for found in FINDING.findall(row.split("|")[1])}
