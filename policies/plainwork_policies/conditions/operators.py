"""Condition operators, and what they answer where the request has no such key.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from dataclasses import dataclass

from plainwork_core.iam import Condition
from plainwork_core.model.values import Unknown

_SETS = ("forallvalues", "foranyvalue")
_IF_EXISTS = "ifexists"


@dataclass(frozen=True, slots=True)
class Operator:
    """`ForAllValues:StringNotEqualsIfExists`, taken apart and in lower case.

    Args:
        quantifier: `forallvalues`, `foranyvalue` or `""`.
        test: such as `stringnotequals`, `null`.
        if_exists: whether a missing key satisfies it in so many words.
    """

    quantifier: str
    test: str
    if_exists: bool

    @property
    def negated(self) -> bool:
        """Whether it asks for a value that is none of those listed."""
        return "not" in self.test

    @property
    def exact(self) -> bool:
        """Whether it takes `*` for a letter like any other."""
        return self.test.startswith("string") and "like" not in self.test


def operator_of(condition: Condition) -> Operator | Unknown:
    """Return the operator of *condition*."""
    if isinstance(condition.operator, Unknown):
        return condition.operator
    first, _, rest = condition.operator.lower().rpartition(":")
    test = rest.removesuffix(_IF_EXISTS)
    return Operator(first if first in _SETS else "", test, if_exists=test != rest)


def without_key(condition: Condition) -> bool | Unknown:
    """Tell what *condition* answers where the request has no such key."""
    operator = operator_of(condition)
    if isinstance(operator, Unknown):
        return operator
    if operator.test == "null":
        return _asks_for_absence(condition)
    if operator.quantifier:
        return operator.quantifier == "forallvalues" or operator.if_exists
    return operator.if_exists or operator.negated


def _asks_for_absence(condition: Condition) -> bool | Unknown:
    unknown = next((value for value in condition.values if isinstance(value, Unknown)), None)
    return unknown if unknown is not None else any(str(value).lower() == "true" for value in condition.values)
