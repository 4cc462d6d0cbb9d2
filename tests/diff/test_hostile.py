"""Inputs that are wrong on purpose: each has an answer and none a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plainwork_core.code_diff import as_text
from plainwork_core.code_diff.compare import diff_of_texts
from tests.diff.conftest import Compare, invoke

BLOCK = 'variable "a" {\n}\n'
FILES = {
    "empty.tf": b"",
    "binary.tf": b"\x00\xff\xfe\x80",
    "utf16.tf": 'variable "a" {\n}\n'.encode("utf-16"),
    "deep.tf": b"x = " + b"[" * 5_000 + b"]" * 5_000,
    "unclosed.tf": b'resource "a" "b" {\n  c = <<EOT\n',
    "list.tf.json": b"[]",
    "numbers.tf.json": b'{"resource": 1}',
    "types.tf.json": b'{"resource": {"aws_vpc": {"a": 1}}}',
    "deep.tf.json": b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
    "truncated.tf.json": b'{"resource": {',
    "state.json": b'{"version": 4, "lineage": "x"}',
    "text.txt": b"text",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_content_is_compared_or_rejected(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    (tmp_path / "good.tf").write_text(BLOCK, encoding="utf-8")
    for operands in ((name, "good.tf"), ("good.tf", name)):
        result = invoke(*(str(tmp_path / operand) for operand in operands))
        assert result.exit_code in (0, 2)
        assert "Traceback" not in result.output


def test_names_and_values_cannot_write_to_the_terminal(compare: Compare) -> None:
    found = compare("", 'resource "aws_vpc" "a" {\n  tags = { "\\u001b[2J" = "\\u001b]0;x\\u0007\\nline" }\n}\n')
    assert not {"\x1b", "\x07"} & set(as_text.render(found))


def test_a_link_to_a_directory_above_is_not_followed(tmp_path: Path) -> None:
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "main.tf").write_text(BLOCK, encoding="utf-8")
        (tmp_path / side / "loop").symlink_to(tmp_path)
    assert invoke(str(tmp_path / "old"), str(tmp_path / "new")).output.startswith("No difference")


def test_a_document_with_strange_members_is_compared(tmp_path: Path) -> None:
    for name, value in (("old", 1), ("new", 2)):
        document = {"resource": {"aws_vpc": {"a": {"tags": value}}}, "locals": {"b": [None, {}, value]}}
        (tmp_path / f"{name}.tf.json").write_text(json.dumps(document), encoding="utf-8")
    assert invoke(str(tmp_path / "old.tf.json"), str(tmp_path / "new.tf.json")).exit_code == 0


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='ab=\n{}"<>EOT #[]$', max_size=60), st.text(alphabet='ab=\n{}"<>EOT #[]$', max_size=60))
def test_no_text_makes_an_error(before: str, after: str) -> None:
    found = diff_of_texts(before, after, ("old", "new"))
    assert found is None or as_text.render(found)
