"""The findings of a review: failed, waived with owner and date, and not evaluated with the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from plainwork_policies.review.formats import FORMATS
from tests.support.plan_documents import change, plan

Command = Callable[..., Result]
WAIVER = """\
[[waivers]]
policy = "iam-wildcard-action"
address = "aws_iam_policy.a"
reason = "A legacy worker"
owner = "team-orders"
expires = 9999-01-31
"""


def policy(action: str) -> dict[str, str]:
    statement = {"Effect": "Allow", "Action": action, "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"}
    return {"name": "a", "policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def document() -> dict[str, Any]:
    return plan(change("update", "aws_iam_policy.a", policy("sqs:SendMessage"), policy("sqs:*")))


def review(command: Command, form: str, *arguments: str) -> str:
    done = command(document(), "--format", form, *arguments)
    assert done.exit_code == 0, done.output
    return done.output.replace("\\", "").replace("<wbr>", "")


@pytest.mark.parametrize("form", FORMATS)
def test_a_failure_has_its_remedy(command: Command, form: str) -> None:
    found = review(command, form, "--select", "iam-wildcard-action")
    assert "List the required actions" in found
    assert "aived" not in found


@pytest.mark.parametrize("form", FORMATS)
def test_a_waived_finding_has_owner_and_date(command: Command, directory: Path, form: str) -> None:
    (directory / "plainwork.toml").write_text(WAIVER, encoding="utf-8")
    found = review(command, form, "--select", "iam-wildcard-action")
    assert "until 9999-01-31: A legacy worker (team-orders)" in found
    assert "List the required actions" not in found


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_evaluated_has_the_reason(command: Command, form: str) -> None:
    found = review(command, form, "--select", "arn-partition-mismatch")
    assert "the plan does not tell which provider configuration" in found
