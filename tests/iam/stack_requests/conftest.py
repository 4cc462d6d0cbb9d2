"""Fixtures that ask questions about a stack of HCL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork.testing.iam import Access, access

PROVIDER = """
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]

  default_tags {
    tags = { Team = "data" }
  }
}
"""
TRUST = "jsonencode({ Statement = [] })"
ROLE = f'resource "aws_iam_role" "ci" {{\n  name = "ci"\n  assume_role_policy = {TRUST}\n}}\n'


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Access]:
    """`ask(hcl, principal, ...)`: what a principal of the stack may do; by default the role `ci`."""

    def ask(hcl: str, principal: str = "aws_iam_role.ci", *, provider: str = PROVIDER, **options: object) -> Access:
        (tmp_path / "main.tf").write_text(provider + hcl, encoding="utf-8")
        return access(tmp_path, principal, **options)

    return ask


@pytest.fixture
def answers(ask: Callable[..., Access]) -> Callable[..., dict[str, str]]:
    """`answers(hcl, action, on=[...])`: the answer about each resource."""

    def answers(hcl: str, action: str, on: list[str], **options: object) -> dict[str, str]:
        role = ask(hcl, **options)
        return {resource: role.answers(action, on=resource)[0].decision.answer for resource in on}

    return answers


def inline(statement: str, role: str = "aws_iam_role.ci.name") -> str:
    """Return an inline policy of one statement for a role."""
    document = f'jsonencode({{ Version = "2012-10-17", Statement = [{{ {statement} }}] }})'
    return f'resource "aws_iam_role_policy" "ci" {{\n  role   = {role}\n  policy = {document}\n}}\n'


def reading(*resources: str) -> str:
    """Return the role `ci` that may get the objects of *resources*."""
    return ROLE + inline(f'Effect = "Allow", Action = "s3:GetObject", Resource = [{", ".join(resources)}]')
