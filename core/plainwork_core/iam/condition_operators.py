"""Condition operators, and their result for a request without the condition key.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import Condition
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown

_SET_OPERATORS = ("forallvalues", "foranyvalue")
_IF_EXISTS = "ifexists"


@frozen(slots=True)
class Operator:
    """The parts of an operator such as `ForAllValues:StringNotEqualsIfExists`, in lower case.

    Args:
        set_operator: `forallvalues`, `foranyvalue` or `""`.
        name: such as `stringnotequals` or `null`.
        if_exists: whether it ends in `IfExists`.
    """

    set_operator: str
    name: str
    if_exists: bool

    @property
    def is_negated(self) -> bool:
        """Whether it compares with values that are not allowed, such as `StringNotEquals`."""
        return "not" in self.name

    @property
    def is_literal(self) -> bool:
        """Whether it compares strings and takes `*` literally."""
        return self.name.startswith("string") and "like" not in self.name


def operator_of(condition: Condition) -> Operator | Unknown:
    """Return the operator of *condition*."""
    if isinstance(condition.operator, Unknown):
        return condition.operator
    first, _, rest = condition.operator.lower().rpartition(":")
    name = rest.removesuffix(_IF_EXISTS)
    return Operator(first if first in _SET_OPERATORS else "", name, if_exists=name != rest)


def without_key(condition: Condition) -> Ternary:
    """Return whether *condition* is true for a request without its key.

    With a set operator, `IfExists` does not change that: `ForAnyValue` is false without a value, whatever follows.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w/foranyvalue-stringequalsifexists-behaving-unexpectedly
    """
    operator = operator_of(condition)
    if isinstance(operator, Unknown):
        return operator
    if operator.name == "null":
        return any_of(value if isinstance(value, Unknown) else value.lower() == "true" for value in condition.values)
    if operator.set_operator:
        return operator.set_operator == "forallvalues"
    return operator.if_exists or operator.is_negated


def requires_absence(condition: Condition) -> Ternary:
    """Return whether *condition* is true only for a request without its key: `Null` = `true`, `StringNotLike` = `*`."""
    operator = operator_of(condition)
    if isinstance(operator, Unknown):
        return operator
    if operator.name == "stringnotlike":
        unknown = next((value for value in condition.values if isinstance(value, Unknown)), None)
        return condition.values == ("*",) if unknown is None else unknown
    return operator.name == "null" and without_key(condition)
