"""What a condition answers where its key is not in the request, against an evaluator written from the other end."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam import Condition
from plainwork_core.model.values import Unknown
from plainwork_policies.conditions.operators import operator_of, without_key

TESTS = ("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotLike")
OPERATORS = [
    f"{quantifier}{test}{suffix}"
    for quantifier, test, suffix in product(("", "ForAllValues:", "ForAnyValue:"), TESTS, ("", "IfExists"))
]


def evaluate_without_values(operator: str) -> bool:
    """As AWS says: no value at all is fine to `all`, not to `any`; one that is missing differs from every other."""
    if operator.endswith("IfExists"):
        return True
    if operator.startswith("ForAllValues:"):
        return all(value == "x" for value in [])
    if operator.startswith("ForAnyValue:"):
        return any(value == "x" for value in [])
    return "Not" in operator


@given(st.sampled_from(OPERATORS), st.lists(st.text("ab*", max_size=2), min_size=1, max_size=2))
def test_every_operator_answers_as_the_evaluator_does(operator: str, values: list[str]) -> None:
    assert without_key(Condition(operator, "aws:RequestTag/a", tuple(values))) is evaluate_without_values(operator)


@given(st.sampled_from(OPERATORS), st.sampled_from([str.upper, str.lower, str]))
def test_case_does_not_count(operator: str, spell: type[str]) -> None:
    assert operator_of(Condition(spell(operator), "k", ())) == operator_of(Condition(operator, "k", ()))


@pytest.mark.parametrize(("values", "expected"), [(("true",), True), (("True",), True), (("false",), False)])
def test_null_asks_whether_the_key_is_missing(values: tuple[str, ...], *, expected: bool) -> None:
    assert without_key(Condition("Null", "aws:RequestTag/a", values)) is expected


def test_what_is_not_known_stays_so() -> None:
    unknown = Unknown("var.x has no default")
    assert without_key(Condition(unknown, "k", ("a",))) is unknown
    assert without_key(Condition("Null", "k", (unknown,))) is unknown
