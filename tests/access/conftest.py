"""Fixtures that compare two versions of a stack in HCL."""

from __future__ import annotations

import pytest

from plainwork_core.access import access_changes
from plainwork_core.read import read

SIGNS = {"gained": "+", "lost": "-", "unknown": "?"}
ROLE = """
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
"""


@pytest.fixture
def changes(tmp_path):
    """`changes(before, after)`: the lines of the comparison of two versions in HCL."""

    def changes(before, after):
        stacks = []
        for name, hcl in (("before", before), ("after", after)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "main.tf").write_text(hcl)
            stacks += read(tmp_path / name)
        return [line(change) for change in access_changes(*stacks)]

    return changes


def line(change):
    """Return a change as one line: sign, principal and what it may do."""
    return f"{SIGNS[change.change]} {change.principal}: {change.what}"


def policy(*statements, name="files", role="aws_iam_role.app.name"):
    """Return an inline policy of the role; each statement is the text of its members."""
    members = ", ".join(f"{{ Effect = {text} }}" for text in map(statement, statements))
    return f"""
resource "aws_iam_role_policy" "{name}" {{
  role   = {role}
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{members}] }})
}}
"""


def statement(parts):
    """Return the members of a statement: actions and resources with commas, a condition, and `Deny` as the effect."""
    actions, resources, *others = parts
    condition = next((f", Condition = {other}" for other in others if other.startswith("{")), "")
    effect = "Deny" if "Deny" in others else "Allow"
    return f'"{effect}", Action = {_list(actions)}, Resource = {_list(resources)}{condition}'


def _list(words):
    return "[" + ", ".join(f'"{word.strip()}"' for word in words.split(",")) + "]"
