from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.guardrails.wildcards import as_wildcards
from plainwork_core.wildcards import matches

texts = st.text("abc-", max_size=6)
patterns = st.recursive(
    st.sampled_from(["a", "b", "-", ".", ".*", ".+", "[ab]", r"\.", ".{2}", ".{1,}", "b?", "c{2}"]),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map("".join),
        st.lists(parts, min_size=1, max_size=3).map(lambda members: f"({'|'.join(members)})"),
    ),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("prod", ("prod",)),
        ("cc-.*", ("cc-*",)),
        ("cc-.+", ("cc-?*",)),
        ("(dev|prod)-.{2}", ("dev-??", "prod-??")),
        ("^team-[ab]$", ("team-a", "team-b")),
        (r"v1\.2", ("v1.2",)),
        ("", ("",)),
    ],
)
def test_a_pattern_that_wildcards_match_exactly(pattern: str, expected: tuple[str, ...]) -> None:
    assert as_wildcards(pattern) == expected


@pytest.mark.parametrize(
    "pattern", ["cc-[0-9]{4}", r"\d", "[a-z]+", "a*", "[^a]", "(?i)a", "(?=a)a", "a.*?", r"\*", "(a", r"a\b", "a{1000}"]
)
def test_a_pattern_that_no_wildcard_matches_exactly(pattern: str) -> None:
    assert as_wildcards(pattern) is None


@given(patterns, texts)
def test_wildcards_match_what_the_pattern_matches(pattern: str, text: str) -> None:
    found = as_wildcards(pattern)
    if found is not None:
        assert any(matches(one, text) for one in found) is bool(re.fullmatch(pattern, text))
