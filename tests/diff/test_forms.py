"""The forms of a diff: text, Markdown, HTML and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plainwork_policies.report.as_markdown import MAX_LENGTH
from tests.diff.conftest import invoke

OLD = 'resource "aws_sqs_queue" "orders" {\n  name = "orders"\n}\n\nvariable "a" {\n}\n'
NEW = 'resource "aws_sqs_queue" "orders" {\n  name = "others"\n  policy = "<script>alert(1)</script>"\n}\n'


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.tf").write_text(OLD, encoding="utf-8")
    Path("new.tf").write_text(NEW, encoding="utf-8")


def test_the_text_has_every_block_and_argument() -> None:
    output = invoke("old.tf", "new.tf").output
    assert output.startswith("old.tf and new.tf: 1 replaced, 1 removed in 1 module\n")
    assert "~ name: orders -> others  # forces the replacement" in output
    assert "-  delete    var.a" in output


def test_the_markdown_is_a_comment_of_its_own() -> None:
    output = invoke("old.tf", "new.tf", "--format", "markdown").output
    assert output.startswith("<!-- plainwork diff -->\n")
    assert "`orders` → `others` **forces the replacement**" in output
    assert "SHA-256" not in output


def test_the_markdown_of_many_changes_fits_in_a_comment() -> None:
    Path("new.tf").write_text(
        "".join(f'variable "v{number}" {{\n  default = "{"x" * 50}"\n}}\n' for number in range(2_000)), encoding="utf-8"
    )
    assert len(invoke("old.tf", "new.tf", "--format", "markdown").output.encode()) <= MAX_LENGTH


def test_the_page_has_the_changes_and_escapes_their_text() -> None:
    assert invoke("old.tf", "new.tf", "--format", "text", "--format", "html=diff.html").exit_code == 0
    page = Path("diff.html").read_text(encoding="utf-8")
    assert "aws_sqs_queue.orders" in page.replace("<wbr>", "")
    assert "forces the replacement" in page
    assert "<script>alert" not in page
    assert "terraform show" not in page


def test_the_json_has_addresses_and_differences() -> None:
    document = json.loads(invoke("old.tf", "new.tf", "--format", "json").output)
    (module,) = document["modules"]
    replaced, removed = module["changes"]
    assert (replaced["address"], replaced["action"], replaced["line"]) == ("aws_sqs_queue.orders", "replace", 1)
    assert replaced["differences"][0] == {
        "sign": "~",
        "argument": "name",
        "before": "orders",
        "after": "others",
        "lines": [],
        "forces_replacement": "yes",
        "note": "",
    }
    assert (removed["address"], removed["action"]) == ("var.a", "delete")


def test_an_unwritable_file_is_an_error() -> None:
    result = invoke("old.tf", "new.tf", "--format", "json=absent/diff.json")
    assert (result.exit_code, "Traceback" in result.output) == (2, False)


def test_a_difference_in_layout_is_one_line() -> None:
    Path("new.tf").write_text(f"# a comment\n{OLD}", encoding="utf-8")
    expected = "No difference in meaning between old.tf and new.tf: only comments, layout, order and spelling differ\n"
    assert invoke("old.tf", "new.tf").output == expected
