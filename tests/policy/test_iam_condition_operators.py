"""The result of a condition for a request without the key, compared with an evaluator on the values."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam import Condition
from plainwork_core.iam.condition_operators import operator_of, without_key
from plainwork_core.model.values import Unknown

TESTS = ("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotLike")
OPERATORS = [
    f"{quantifier}{test}{suffix}"
    for quantifier, test, suffix in product(("", "ForAllValues:", "ForAnyValue:"), TESTS, ("", "IfExists"))
]


def evaluate_without_values(operator: str) -> bool:
    """As in AWS: without values `all` is true and `any` is false; a missing value differs from every other."""
    if operator.startswith("ForAllValues:"):
        return all(value == "x" for value in [])
    if operator.startswith("ForAnyValue:"):
        return any(value == "x" for value in [])
    return "Not" in operator or operator.endswith("IfExists")


@given(st.sampled_from(OPERATORS), st.lists(st.text("ab*", max_size=2), min_size=1, max_size=2))
def test_every_operator_has_the_result_of_the_evaluator(operator: str, values: list[str]) -> None:
    assert without_key(Condition(operator, "aws:RequestTag/a", tuple(values))) is evaluate_without_values(operator)


@given(st.sampled_from(OPERATORS), st.sampled_from([str.upper, str.lower, str]))
def test_case_is_not_significant(operator: str, spell: type[str]) -> None:
    assert operator_of(Condition(spell(operator), "k", ())) == operator_of(Condition(operator, "k", ()))


@pytest.mark.parametrize(("values", "expected"), [(("true",), True), (("True",), True), (("false",), False)])
def test_null_tests_whether_the_key_is_missing(values: tuple[str, ...], *, expected: bool) -> None:
    assert without_key(Condition("Null", "aws:RequestTag/a", values)) is expected


def test_an_unknown_operator_or_value_is_unknown() -> None:
    unknown = Unknown("var.x has no default")
    assert without_key(Condition(unknown, "k", ("a",))) is unknown
    assert without_key(Condition("Null", "k", (unknown,))) is unknown
