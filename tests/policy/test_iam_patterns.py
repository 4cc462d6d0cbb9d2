"""Wildcards are exact: proved against every text over a small alphabet."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam.patterns import is_any, matches
from tests.support.iam_patterns import covers

TEXTS = ["".join(letters) for length in range(7) for letters in product("abc", repeat=length)]
patterns = st.text("ab*?", max_size=4)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("*", ""), ("s3:Get*", "s3:GetObject"), ("s3:?etObject", "s3:GetObject"), ("a.b", "a.b"), ("*a", "aaa")],
)
def test_a_wildcard_stands_for_text(pattern: str, text: str) -> None:
    assert matches(pattern, text)


@pytest.mark.parametrize(("pattern", "text"), [("?", ""), ("s3:Get*", "s3:PutObject"), ("a.b", "axb"), ("[ab]", "a")])
def test_everything_else_stands_for_itself(pattern: str, text: str) -> None:
    assert not matches(pattern, text)


@given(patterns)
def test_a_pattern_matches_what_its_definition_says(pattern: str) -> None:
    meaning = re.compile("".join({"*": ".*", "?": "."}.get(letter, letter) for letter in pattern))
    assert [text for text in TEXTS if matches(pattern, text)] == [text for text in TEXTS if meaning.fullmatch(text)]


@pytest.mark.parametrize("pattern", ["s3:*******q", "s3:" + "*?" * 12 + "q", "*a" * 200 + "q"])
def test_many_wildcards_cost_no_more_than_the_text_is_long(pattern: str) -> None:
    assert not matches(pattern, "s3:" + "GetObjectVersion" * 500)


@given(patterns, patterns)
def test_covering_is_matching_whatever_the_other_matches(pattern: str, other: str) -> None:
    matched = [text for text in TEXTS if matches(other, text)]
    assert covers(pattern, other) == all(matches(pattern, text) for text in matched)


@given(patterns)
def test_a_star_covers_everything_and_every_pattern_covers_itself(pattern: str) -> None:
    assert covers("*", pattern)
    assert covers(pattern, pattern)


@given(patterns, patterns, patterns)
def test_covering_is_transitive(first: str, second: str, third: str) -> None:
    assert covers(first, third) or not (covers(first, second) and covers(second, third))


@given(patterns)
def test_what_is_any_covers_all_that_is_not_empty(pattern: str) -> None:
    assert is_any(pattern) == covers(pattern, "?*")
