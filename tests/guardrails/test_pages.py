"""docs/guardrails.md has the tables of the code, and docs/tag-conditions.md the answers of the evaluator."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plainwork import App, Resource, Stack, synthesize
from plainwork_core.aws.guardrail_calls import COVERED_CALLS, NOT_COVERED
from plainwork_core.iam.evaluation import Policies, Request, RequestResource, decide, policy_statements
from tests.guardrails.calls import ACCOUNT, EVERYTHING, ROLE, Tags
from tests.guide.pages import blocks
from tests.guide.session import new_user
from tests.support.terraform import environment

DOCS = Path(__file__).parents[2] / "docs"
GUARDRAILS = (DOCS / "guardrails.md").read_text(encoding="utf-8")
CONDITIONS = (DOCS / "tag-conditions.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(
    r"```json\n(?P<policy>[^`]*)\n```\n\n\| (?P<head>Action [^\n]*) \|\n\|[-|]+\|\n(?P<rows>(?:\|[^\n]*\|\n)+)"
)
_TAG = re.compile(r"`(\w+)=(\w*)`")


def examples() -> Iterator[Any]:
    """Yield each policy of the page with each row of the table after it."""
    for found in _EXAMPLE.finditer(CONDITIONS):
        first = CONDITIONS.count("\n", 0, found.start("rows")) + 1
        for line, row in enumerate(found["rows"].splitlines(), first):
            cells = (cell.strip() for cell in row.strip("|").split("|"))
            named = dict(zip(found["head"].split(" | "), cells, strict=True))
            yield pytest.param(json.loads(found["policy"]), named, id=f"line {line}")


EXAMPLES = list(examples())


def test_the_guardrails_page_lists_the_covered_calls() -> None:
    table = {
        service: tuple(f"{service}:{name}" for name in names.split(", ")) for service, names in _rows(r"[a-z\d-]+")
    }
    assert table == COVERED_CALLS


def test_the_guardrails_page_lists_frequent_calls_that_are_not_covered() -> None:
    table = dict(_rows(r"[\w-]+:\w+"))
    assert {call: reason for call, reason in table.items() if call in NOT_COVERED} == NOT_COVERED


def test_the_command_on_the_page_prints_what_the_page_shows(tmp_path: Path) -> None:
    user = new_user(tmp_path, environment())
    found = {block.language: block for block in blocks("../guardrails")}
    (user.folder / "plainwork.toml").write_text(found["toml"].text)
    user.do(found["console"])


def test_the_python_on_the_page_creates_the_resources_in_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {block.language: block for block in blocks("../guardrails")}
    (tmp_path / "plainwork.toml").write_text(found["toml"].text)
    monkeypatch.chdir(tmp_path)
    stack = Stack(App(tmp_path / "cdktf.out"), "organization")
    unit = Resource(stack, "aws_organizations_organizational_unit", "workloads", name="workloads", parent_id="r-ab12")
    exec(compile(found["python"].text, "guardrails.md", "exec"), {"stack": stack, "workloads": unit})
    made = synthesize(stack)["resource"]
    assert set(made["aws_organizations_policy"]) == {"tags", "tags_2", "tags_keys", "regions"}
    assert "tags_workloads" in made["aws_organizations_policy_attachment"]


def _rows(first: str) -> list[tuple[str, str]]:
    return re.findall(rf"^\| `({first})` \| (.*?) \|$", GUARDRAILS, re.MULTILINE)


def test_the_page_on_conditions_has_examples_that_are_read() -> None:
    assert len(EXAMPLES) > 50
    assert CONDITIONS.count("```json") == len(_EXAMPLE.findall(CONDITIONS))


@pytest.mark.parametrize(("policy", "row"), EXAMPLES)
def test_an_answer_on_the_page_is_that_of_the_evaluator(policy: Any, row: dict[str, str]) -> None:
    statements = policy if isinstance(policy, list) else [policy]
    own = policy_statements({"Version": "2012-10-17", "Statement": statements})
    policies = Policies(own if statements[0]["Effect"] == "Allow" else EVERYTHING + own)
    decision = decide(_request(row), policies)
    assert decision.answer == row["Answer"], decision.reason


def _request(row: dict[str, str]) -> Request:
    sent = _tags(row["Tags of the request"])
    keys = {f"aws:RequestTag/{key}": (value,) for key, value in sent.items()} if "Delete" not in row["Action"] else {}
    if sent:
        keys["aws:TagKeys"] = tuple(sent)
    arn = row.get("Resource", "*").strip("`")
    resource = RequestResource(arn, ACCOUNT, _tags(row.get("Tags of the resource", "")))
    return Request(ROLE, row["Action"].strip("`"), resource, keys)


def _tags(cell: str) -> Tags:
    return dict(_TAG.findall(cell))
