"""The review as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from plainwork_policies.report.as_markdown import MAX_LENGTH
from plainwork_policies.review.as_markdown import MARKER
from tests.support.plan_documents import change, plan

Command = Callable[..., Result]
TABLE = change("replace", "aws_dynamodb_table.orders", {"hash_key": "id"}, {"hash_key": "pk"}, forced_by=("hash_key",))


@pytest.fixture(autouse=True)
def _outside_of_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "CI_PROJECT_URL", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)


def test_the_first_lines_are_the_decision(command: Command) -> None:
    done = command(plan(TABLE), "--format", "markdown")
    assert done.output.splitlines()[:4] == [
        MARKER,
        "## 🔴 Approve the loss of data?",
        "",
        "**Replaces 1 DynamoDB table that cannot come back.**",
    ]


def test_a_text_is_a_diff(command: Command) -> None:
    scripts = [{"user_data": f"#!/bin/sh\necho {word} ```\n"} for word in ("a", "b")]
    done = command(plan(change("update", "aws_instance.a", *scripts)), "--format", "markdown")
    rows = done.output.splitlines()
    start = rows.index("    ````diff")
    assert rows[start + 2 : start + 6] == [" " * 4 + " #!/bin/sh", "    -echo a ```", "    +echo b ```", "    ````"]


def test_a_long_review_is_cut_and_says_what_is_cut(command: Command) -> None:
    updates = [
        change("update", f'module.m["{number}"].aws_sqs_queue.q', {"name": "a" * 80}, {"name": "b" * 80})
        for number in range(2_000)
    ]
    done = command(plan(*updates, TABLE), "--format", "markdown")
    assert len(done.output.encode()) < MAX_LENGTH
    assert "`aws_dynamodb_table.orders`: replaces the DynamoDB table" in done.output
    assert "**Cut, because a comment has at most 65,536 characters:**" in done.output
    assert "2001 in Changes" in done.output
    assert done.output.rstrip().endswith("(SHA-256)</sub>")


def test_one_group_that_is_too_long_is_cut_in_the_middle(command: Command) -> None:
    updates = [
        change("update", f"aws_sqs_queue.q{number}", {"name": "a" * 80}, {"name": "b" * 80}) for number in range(2_000)
    ]
    done = command(plan(*updates), "--format", "markdown")
    assert len(done.output.encode()) < MAX_LENGTH
    assert "aws_sqs_queue.q0" in done.output
    assert "in Changes" in done.output


def test_hostile_text_stays_text(command: Command) -> None:
    hostile = "<script>alert(1)</script> [x](http://evil) @team | `code`"
    tagged = change("update", "aws_sqs_queue.a", {"name": "a"}, {"name": hostile})
    done = command(plan(tagged), "--format", "markdown")
    (line,) = [row for row in done.output.splitlines() if "alert" in row]
    assert line == "  - `name`: `a` → `` <script>alert(1)</script> [x](http://evil) @team | `code` ``"


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "#L4"),
        (
            {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "1a2b"},
            "https://github.com/o/r/blob/1a2b/main.tf#L4",
        ),
        (
            {"CI_PROJECT_URL": "https://gitlab.com/g/p", "CI_COMMIT_SHA": "1a2b"},
            "https://gitlab.com/g/p/-/blob/1a2b/main.tf#L4",
        ),
    ],
)
def test_a_change_links_to_its_line_in_a_pipeline(
    command: Command, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str
) -> None:
    from pathlib import Path  # noqa: PLC0415  only here

    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    Path("main.tf").write_text(
        'provider "aws" {}\n\n\nresource "aws_sqs_queue" "a" {\n  name = "b"\n}\n', encoding="utf-8"
    )
    updated = change("update", "aws_sqs_queue.a", {"name": "a"}, {"name": "b"})
    blocks = {
        "resources": [
            {
                "address": "aws_sqs_queue.a",
                "mode": "managed",
                "type": "aws_sqs_queue",
                "name": "a",
                "provider_config_key": "aws",
            }
        ]
    }
    done = command(plan(updated, configuration={"root_module": blocks}), "--source", ".", "--format", "markdown")
    assert done.exit_code == 0, done.output
    expected = f"[main.tf\\:4]({url})" if environment else "`main.tf:4`"
    assert expected in done.output
