"""The findings on a plan, compared with those on its HCL in a Git revision."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from tests.ci.conftest import commit, git
from tests.support.plan_documents import change, plan

Compare = Callable[..., Result]
TOPIC = """\
resource "aws_iam_policy" "a" {
  name = "a"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ACTION, Resource = "arn:aws:sqs:eu-west-1:111122223333:orders" }]
  })
}
"""
BLOCK = 'resource "{type}" "{name}" {{}}\n'
CONFIGURED = {"provider_config_key": "aws", "expressions": {}}
FINDING = "iam-wildcard-action"


def policy(action: str) -> dict[str, str]:
    statement = {"Effect": "Allow", "Action": action, "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]}), "name": "b"}


def planned(action: str, address: str = "aws_iam_policy.a", **members: Any) -> dict[str, Any]:
    return change("update", address, policy("sqs:SendMessage") | {"name": "a"}, policy(action), **members)


@pytest.fixture
def compare(directory: Path) -> Compare:
    """`compare(hcl, *changes)`: the review of a plan, with its HCL in another revision."""

    def make(hcl: str, *changes: dict[str, Any], source: str = ".") -> Result:
        Path("main.tf").write_text(hcl, encoding="utf-8")
        git(directory, "init", "--quiet")
        commit(directory)
        Path(source).mkdir(exist_ok=True)
        blocks = [{key: entry[key] for key in ("address", "mode", "type", "name")} for entry in changes]
        Path(source, "main.tf").write_text("".join(map(BLOCK.format_map, blocks)), encoding="utf-8")
        configuration = {"root_module": {"resources": [{**block, **CONFIGURED} for block in blocks]}}
        Path("plan.json").write_text(json.dumps(plan(*changes, configuration=configuration)), encoding="utf-8")
        arguments = ["--source", source, "--against", "HEAD", "--select", FINDING]
        return CliRunner().invoke(main, ["review", "plan.json", *arguments])

    return make


def test_a_finding_that_the_revision_has_is_a_number(compare: Compare) -> None:
    done = compare(TOPIC.replace("ACTION", '"sqs:*"'), planned("sqs:*"))
    assert done.exit_code == 0, done.output
    assert FINDING not in done.output
    assert "1 more that HEAD has, too" in done.output


@pytest.mark.parametrize(
    "hcl",
    [
        TOPIC.replace("ACTION", '"sqs:SendMessage"'),
        'variable "action" {}\n' + TOPIC.replace("ACTION", "var.action"),
        TOPIC.replace("ACTION", '"sqs:*"').replace('"a" {', '"other" {', 1),
    ],
    ids=["passed", "not evaluated", "another resource"],
)
def test_a_finding_that_the_revision_does_not_have_is_shown(compare: Compare, hcl: str) -> None:
    done = compare(hcl, planned("sqs:*"))
    assert done.exit_code == 0, done.output
    assert FINDING in done.output
    assert "has, too" not in done.output


def test_a_wider_value_is_shown(compare: Compare) -> None:
    assert FINDING in compare(TOPIC.replace("ACTION", '"sqs:*"'), planned("*")).output


def test_a_finding_follows_the_moves_of_the_plan(compare: Compare) -> None:
    moved = planned("sqs:*", "aws_iam_policy.b", previous_address="aws_iam_policy.a")
    assert "1 more that HEAD has, too" in compare(TOPIC.replace("ACTION", '"sqs:*"'), moved).output


def test_a_directory_that_the_revision_does_not_have_has_no_findings(compare: Compare) -> None:
    done = compare(TOPIC.replace("ACTION", '"sqs:*"'), planned("sqs:*"), source="new")
    assert done.exit_code == 0, done.output
    assert FINDING in done.output


def test_a_revision_with_invalid_hcl_is_an_error(compare: Compare) -> None:
    done = compare('resource "aws_iam_policy" {\n', planned("sqs:*"))
    assert done.exit_code == 2
    assert "--against: HEAD cannot be read: main.tf:2" in done.output
