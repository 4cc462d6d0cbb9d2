"""Words in messages."""

from __future__ import annotations

import pytest

from plainwork_core.text import enumeration


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "`a`"), (["a", "b"], "`a` and `b`"), (["a", "b", "c"], "`a`, `b` and `c`")]
)
def test_words_are_enumerated_with_commas_and_one_conjunction(words: list[str], text: str) -> None:
    assert enumeration(words) == text


def test_the_conjunction_and_the_marks_are_the_callers() -> None:
    assert enumeration(["a", "b"], "or", mark="") == "a or b"
