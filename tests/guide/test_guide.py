"""Every code block of the guide is run; `tests/terraform/test_guide_deployed.py` runs those that apply stacks."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.guide.pages import DEPLOYED, Block, blocks, pages
from tests.guide.session import GuideFailed, difference, new_user
from tests.support.terraform import environment

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [page for page in pages() if page not in {"index", *chain(*DEPLOYED)}]


@pytest.mark.parametrize("page", OTHERS)
def test_the_blocks_of_a_page_do_what_it_says(page: str, tmp_path: Path) -> None:
    session = new_user(tmp_path, environment())
    session.follow(page)
    session.end()


def test_few_blocks_are_not_run_and_each_has_a_reason() -> None:
    reasons = {block.reason for page in pages() for block in blocks(page) if block.reason}
    assert reasons == {"it installs from PyPI", "an excerpt of the project"}


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (Block("console", "$ echo one\ntwo", None, None, 1), "no line: two"),
        (Block("console", "$ false", None, None, 1), "exit code 1"),
        (Block("hcl", 'resource "x" "y" {}', None, None, 1), "expected: resource"),
        (Block("text", "ArgumentsError", None, None, 1), "expected: ArgumentsError"),
        (Block("yaml", "a: 1", None, None, 1), "'yaml' is not run"),
    ],
)
def test_a_block_that_is_wrong_fails(block: Block, problem: str, tmp_path: Path) -> None:
    with pytest.raises(GuideFailed, match=problem):
        new_user(tmp_path, environment()).do(block)


@pytest.mark.parametrize(
    ("expected", "got", "problem"),
    [
        (["a", "...", "c"], ["a", "b", "c"], ""),
        (["a ... c"], ["a b c"], ""),
        (["c", "a"], ["a", "c"], "no line: a"),
        (["a"], ["ab"], "no line: a"),
    ],
)
def test_three_dots_are_any_text(expected: list[str], got: list[str], problem: str) -> None:
    assert difference(expected, got) == problem
