"""Wildcards are exact: tested with every text over a small alphabet."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.wildcards import covers, is_any, matches
from tests.support import iam_patterns

TEXTS = ["".join(letters) for length in range(7) for letters in product("abc", repeat=length)]
patterns = st.text("ab*?", max_size=4)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("*", ""), ("s3:Get*", "s3:GetObject"), ("s3:?etObject", "s3:GetObject"), ("a.b", "a.b"), ("*a", "aaa")],
)
def test_a_wildcard_matches_text(pattern: str, text: str) -> None:
    assert matches(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), [("?", ""), ("s3:Get*", "s3:PutObject"), ("a.b", "axb"), ("[ab]", "a")])
def test_every_other_character_matches_itself(pattern: str, text: str) -> None:
    assert not matches(pattern, text)


@given(patterns)
def test_a_pattern_matches_by_its_definition(pattern: str) -> None:
    meaning = re.compile("".join({"*": ".*", "?": "."}.get(letter, letter) for letter in pattern))
    assert [text for text in TEXTS if matches(pattern, text)] == [text for text in TEXTS if meaning.fullmatch(text)]


@pytest.mark.parametrize("pattern", ["s3:*******q", "s3:" + "*?" * 12 + "q", "*a" * 200 + "q"])
def test_the_time_of_many_wildcards_grows_with_the_length_of_the_text_only(pattern: str) -> None:
    assert not matches(pattern, "s3:" + "GetObjectVersion" * 500)


@given(patterns, patterns)
def test_a_pattern_covers_another_if_it_matches_every_text_of_it(pattern: str, other: str) -> None:
    matched = [text for text in TEXTS if matches(other, text)]
    assert covers(pattern, other) == all(matches(pattern, text) for text in matched)


@given(st.text("ab*?", max_size=12), st.text("ab*?", max_size=12))
def test_long_patterns_cover_each_other_as_automata_do(pattern: str, other: str) -> None:
    assert covers(pattern, other) == iam_patterns.covers(pattern, other)


@given(patterns)
def test_the_wildcard_covers_everything_and_every_pattern_covers_itself(pattern: str) -> None:
    assert covers("*", pattern)
    assert covers(pattern, pattern)


@given(patterns, patterns, patterns)
def test_covering_is_transitive(first: str, second: str, third: str) -> None:
    assert covers(first, third) or not (covers(first, second) and covers(second, third))


@given(patterns)
def test_a_pattern_for_any_text_covers_every_text_that_is_not_empty(pattern: str) -> None:
    assert is_any(pattern) == covers(pattern, "?*")
