"""docs/emulator.md says of every resource type that the examples and the stacks make whether it is applied, and how."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = re.compile(r'^resource "(\w+)"', re.MULTILINE)
ROW = re.compile(r"^\| `(aws_\w+)` \| (?:added|moto alone) \|", re.MULTILINE)


def test_the_table_lists_the_resource_types_of_examples_and_stacks() -> None:
    written = [*ROOT.glob("examples/*/main.tf"), *ROOT.glob("tests/stack/__snapshots__/*/*.tf")]
    made = {type_ for file in written if file.parent.name != "wrong" for type_ in MADE.findall(file.read_text("utf-8"))}
    assert ROW.findall((ROOT / "docs" / "emulator.md").read_text("utf-8")) == sorted(made)
