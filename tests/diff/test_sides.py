"""What OLD and NEW are: paths, revisions and the work tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.diff.conftest import commit, git, invoke

ONE = 'variable "a" {\n  default = 1\n}\n'
TWO = 'variable "a" {\n  default = 2\n}\n'


@pytest.fixture
def revisions(repository: Path) -> Path:
    """A repository: `main` has 1, the branch `next` has 2, and the work tree of `next` has 3."""
    write(repository / "stacks" / "main.tf", ONE)
    commit()
    git("switch", "--quiet", "--create", "next")
    write(repository / "stacks" / "main.tf", TWO)
    commit()
    write(repository / "stacks" / "main.tf", TWO.replace("2", "3"))
    return repository


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("operands", "line"),
    [
        ((), "~ default: 2 -> 3"),
        (("HEAD",), "~ default: 2 -> 3"),
        (("main",), "~ default: 1 -> 3"),
        (("main", "next"), "~ default: 1 -> 2"),
        (("main..next",), "~ default: 1 -> 2"),
        (("main...next",), "~ default: 1 -> 2"),
        (("main...", "HEAD"), "~ default: 1 -> 2"),
        (("main", "next", "stacks"), "~ default: 1 -> 2"),
        (("main", "next", "--", "stacks"), "~ default: 1 -> 2"),
        (("stacks",), "~ default: 2 -> 3"),
        (("main", "stacks/main.tf"), "~ default: 1 -> 3"),
    ],
)
@pytest.mark.usefixtures("revisions")
def test_revisions_are_named_as_for_git_diff(operands: tuple[str, ...], line: str) -> None:
    result = invoke(*operands)
    assert (result.exit_code, line in result.output) == (0, True), result.output


@pytest.mark.usefixtures("revisions")
def test_a_path_that_only_one_revision_has(repository: Path) -> None:
    write(repository / "new" / "main.tf", ONE)
    commit()
    assert "1 added" in invoke("main", "HEAD", "--", "new").output
    assert "1 removed" in invoke("HEAD", "main", "--", "new").output


def test_two_directories_are_compared_without_git(tmp_path: Path) -> None:
    write(tmp_path / "old" / "main.tf", ONE)
    write(tmp_path / "new" / "main.tf", TWO)
    result = invoke(str(tmp_path / "old"), str(tmp_path / "new"))
    assert (result.exit_code, "~ default: 1 -> 2" in result.output) == (0, True)


def test_modules_are_paired_by_their_path(tmp_path: Path) -> None:
    for side, text in (("old", ONE), ("new", TWO)):
        write(tmp_path / side / "a" / "main.tf", ONE)
        write(tmp_path / side / "b" / "main.tf", text)
    document = json.loads(invoke(str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json").output)
    assert [Path(module["name"]).name for module in document["modules"]] == ["b"]


def test_a_snapshot_in_hcl_and_the_document_in_json_are_equal(tmp_path: Path) -> None:
    document = {"variable": {"a": {"default": 1}}, "resource": {"aws_vpc": {"x": {"tags": {"A": "${var.a}"}}}}}
    write(tmp_path / "cdk.tf.json", json.dumps(document))
    write(tmp_path / "x.tf", f'{ONE}resource "aws_vpc" "x" {{\n  tags = {{\n    A = var.a\n  }}\n}}\n')
    assert "No difference in meaning" in invoke(str(tmp_path / "cdk.tf.json"), str(tmp_path / "x.tf")).output


def test_each_snapshot_of_a_directory_is_a_stack(tmp_path: Path) -> None:
    for side, text in (("old", ONE), ("new", TWO)):
        write(tmp_path / side / "__snapshots__" / "test_a" / "one.tf", ONE)
        write(tmp_path / side / "__snapshots__" / "test_a" / "two.tf", text)
    result = invoke(str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json")
    (module,) = json.loads(result.output)["modules"]
    assert module["name"].endswith("test_a/two.tf")


def test_synthesized_stacks_have_their_constructs_and_python_lines(tmp_path: Path) -> None:
    for side, size in (("old", 1), ("new", 2)):
        block = {"delay_seconds": size, "//": {"plainwork": {"construct": "Queue orders", "blocks": []}}}
        document = {"resource": {"aws_sqs_queue": {"orders": block}}}
        folder = tmp_path / side / "stacks" / "checkout"
        write(folder / "cdk.tf.json", json.dumps(document))
        lines = {"version": 1, "lines": {"aws_sqs_queue.orders": ["../../../main.py", 7]}}
        write(folder / "cdk.tf.json.map", json.dumps(lines))
    (module,) = json.loads(invoke(str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json").output)["modules"]
    (change,) = module["changes"]
    assert (change["section"], change["line"]) == ("Queue orders", 7)
    assert change["file"].endswith("main.py")


def test_the_values_of_a_variables_file_are_compared(tmp_path: Path) -> None:
    for side, value in (("old", "1"), ("new", "2")):
        write(tmp_path / side / "main.tf", ONE)
        write(tmp_path / side / "terraform.tfvars", f"a = {value}\n")
    assert "~ value: 1 -> 2" in invoke(str(tmp_path / "old"), str(tmp_path / "new")).output


@pytest.mark.parametrize(("option", "code"), [((), 0), (("--exit-code",), 1)])
@pytest.mark.usefixtures("revisions")
def test_the_exit_code_tells_of_a_difference_if_it_is_asked(option: tuple[str, ...], code: int) -> None:
    assert invoke("main", "next", *option).exit_code == code


@pytest.mark.usefixtures("revisions")
def test_no_difference_exits_with_zero() -> None:
    result = invoke("main", "main", "--exit-code")
    assert (result.exit_code, result.output.strip()) == (0, "No difference between main and main")


@pytest.mark.parametrize(
    ("operands", "message"),
    [
        (("main", ""), "an operand is empty"),
        (("nothing",), "nothing: neither a path nor a revision"),
        (("main", "nothing"), "nothing: neither a path nor a revision"),
        (("main", "--", "/"), "outside of"),
        (("main", "next", "--", "absent"), "no *.tf"),
    ],
)
@pytest.mark.usefixtures("revisions")
def test_an_error_names_the_operand(operands: tuple[str, ...], message: str) -> None:
    result = invoke(*operands)
    assert (result.exit_code, message in result.output) == (2, True), result.output


@pytest.mark.usefixtures("revisions")
def test_a_syntax_error_names_revision_file_and_line(repository: Path) -> None:
    write(repository / "stacks" / "main.tf", 'variable "a" {\n')
    commit("broken")
    write(repository / "stacks" / "main.tf", ONE)
    result = invoke()
    assert (result.exit_code, "HEAD:stacks/main.tf:" in result.output) == (2, True), result.output


@pytest.mark.parametrize("content", [b"\xa3\xff", None], ids=["no text", "a link to nothing"])
@pytest.mark.usefixtures("revisions")
def test_a_file_that_cannot_be_read_removes_nothing(repository: Path, content: bytes | None) -> None:
    file = repository / "stacks" / "other.tf"
    file.symlink_to("nothing") if content is None else file.write_bytes(content)
    result = invoke()
    assert (result.exit_code, "other.tf" in result.output, "removed" in result.output) == (2, True, False)


@pytest.mark.usefixtures("revisions")
def test_an_unresolved_merge_conflict_is_named(repository: Path) -> None:
    write(repository / "stacks" / "main.tf", f"<<<<<<< HEAD\n{ONE}=======\n{TWO}>>>>>>> next\n")
    assert "stacks/main.tf:1: syntax error: the file has an unresolved merge conflict" in invoke().output


def test_outside_of_a_repository_a_revision_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("main")
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
