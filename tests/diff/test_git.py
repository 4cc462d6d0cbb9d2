"""Git's own diff and this one: a driver for `git diff`, and the same blocks and arguments in both."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainwork_core.code_diff.compare import diff_of_texts
from tests.diff.conftest import commit, git, invoke

QUEUE = 'resource "aws_sqs_queue" "orders" {\n  delay_seconds = 1\n}\n'
HEADER = re.compile(r'resource "(\w+)" "(\w+)" {')
ARGUMENT = re.compile(r"  (\w+) = (.*)")

Arguments = dict[str, int]
Blocks = dict[str, Arguments]
blocks = st.dictionaries(
    st.sampled_from([f"aws_vpc.n{number}" for number in range(6)]),
    st.dictionaries(st.sampled_from(["cidr_block", "tags", "name"]), st.integers(1, 3), min_size=1),
)


@pytest.fixture
def driver(repository: Path) -> Path:
    """A repository whose `.tf` files have the diff driver of `docs/diff.md`."""
    git("config", "diff.plainwork.command", f"'{Path(sys.executable).with_name('plainwork')}' diff --git")
    (repository / ".gitattributes").write_text("*.tf diff=plainwork\n", encoding="utf-8")
    (repository / "main.tf").write_text(QUEUE, encoding="utf-8")
    commit()
    return repository


def git_diff(*arguments: str) -> str:
    return git("--no-pager", "diff", *arguments)


def test_git_diff_shows_blocks_and_arguments(driver: Path) -> None:
    (driver / "main.tf").write_text(QUEUE.replace("1", "2"), encoding="utf-8")
    output = git_diff()
    assert output.startswith("diff --plainwork main.tf main.tf\n")
    assert "~ delay_seconds: 1 -> 2" in output


def test_git_diff_names_the_file_once(driver: Path) -> None:
    (driver / "main.tf").write_text(QUEUE.replace("1", "2"), encoding="utf-8")
    lines = git_diff().splitlines()
    assert lines[2] == "1 changed"
    assert not any("main.tf" in line for line in lines[2:])


def test_git_diff_shows_files_that_are_added_and_deleted(driver: Path) -> None:
    (driver / "main.tf").unlink()
    (driver / "other.tf").write_text('variable "a" {\n}\n', encoding="utf-8")
    git("add", "--all")
    output = git_diff("--cached", "--no-renames")
    assert "-  delete    aws_sqs_queue.orders" in output
    assert "+  create    var.a" in output


def test_git_diff_shows_a_renamed_file(driver: Path) -> None:
    git("mv", "main.tf", "queues.tf")
    (driver / "queues.tf").write_text(QUEUE.replace("delay_seconds = 1", "delay_seconds = 1\n  name = 2"), "utf-8")
    git("add", "--all")
    assert "+ name: 2" in git_diff("--cached", "--find-renames=10%")


@pytest.mark.parametrize("text", ["resource {{{\n", QUEUE.replace("= 1", "= 1 # a comment")])
def test_git_diff_shows_lines_where_blocks_do_not_differ_or_cannot_be_read(driver: Path, text: str) -> None:
    (driver / "main.tf").write_text(text, encoding="utf-8")
    output = git_diff()
    assert f"+{text.splitlines()[-2 if '#' in text else 0]}" in output
    assert ("Only comments, layout, order and spelling differ:" in output) == ("#" in text)


def test_git_diff_shows_another_mode(driver: Path) -> None:
    (driver / "main.tf").chmod(0o755)
    output = git_diff()
    assert "old mode 100644\nnew mode 100755\n" in output
    assert "No difference" not in output


def test_git_diff_does_not_show_the_content_of_a_binary_file(driver: Path) -> None:
    (driver / "main.tf").write_bytes(b"\x00\x1b[2J")
    output = git_diff()
    assert "Binary files main.tf and main.tf differ" in output
    assert "2J" not in output


def test_a_symbolic_link_is_shown_by_line(driver: Path) -> None:
    (driver / "link.tf").symlink_to("main.tf")
    commit()
    (driver / "link.tf").unlink()
    (driver / "link.tf").symlink_to("other.tf")
    output = git_diff()
    assert "-main.tf\n" in output
    assert "+other.tf\n" in output
    assert "syntax error" not in output


def test_lines_cannot_write_to_the_terminal(driver: Path) -> None:
    (driver / "main.tf").write_text("\tresource {{{ \x1b]0;x\x07\r\n", encoding="utf-8")
    output = git("--no-pager", "diff", "--no-color")
    assert "+\tresource {{{ \\x1b]0;x\\x07\\r" in output


def test_the_driver_rejects_what_git_does_not_pass() -> None:
    result = invoke("--git", "one", "two")
    assert (result.exit_code, "arguments that Git passes" in result.output) == (2, True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=blocks, after=blocks)
def test_git_and_this_diff_have_the_same_blocks_and_arguments(before: Blocks, after: Blocks, tmp_path: Path) -> None:
    texts = {"old.tf": written(before), "new.tf": written(after)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    by_git = set(changed_lines(tmp_path))
    found = diff_of_texts(texts["old.tf"], texts["new.tf"], ("old.tf", "new.tf"))
    assert found is not None
    by_address = {
        (address, line.argument.partition(".")[0])
        for change in found.changes
        for line in change.lines
        for address in {change.address, change.former or change.address}
    }
    renamed = {address for change in found.changes if change.former for address in (change.address, change.former)}
    assert {pair for pair in by_git if pair[0] not in renamed} == {
        pair for pair in by_address if pair[0] not in renamed
    }
    assert {address for address, _ in by_git} >= renamed


def written(config: Blocks) -> str:
    """Return *config* as HCL; each line of an argument is of one block only."""
    return "\n".join(
        'resource "{}" "{}" {{\n{}\n}}\n'.format(
            *address.split("."), "\n".join(f"  {name} = {value}" for name, value in sorted(arguments.items()))
        )
        for address, arguments in sorted(config.items())
    )


def changed_lines(directory: Path) -> Iterator[tuple[str, str]]:
    """Yield block and argument of each line that `git diff` adds or removes, if the other side does not have it."""
    command = ["git", "diff", "--no-index", "--unified=9999", "old.tf", "new.tf"]
    output = subprocess.run(command, cwd=directory, check=False, capture_output=True, text=True).stdout
    sides: dict[str, set[tuple[str, str, str]]] = {"-": set(), "+": set()}
    address = {"-": "", "+": ""}
    for line in output.splitlines():
        for sign, lines in sides.items():
            if line[:1] not in (" ", sign):
                continue
            if header := HEADER.match(line[1:]):
                address[sign] = f"{header[1]}.{header[2]}"
            elif argument := ARGUMENT.match(line[1:]):
                lines.add((address[sign], argument[1], argument[2]))
    for block, name, _ in sides["-"] ^ sides["+"]:
        yield block, name
