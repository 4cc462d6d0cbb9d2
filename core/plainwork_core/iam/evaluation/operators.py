"""The result of a condition for a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.iam.condition_operators import Operator, operator_of, without_key
from plainwork_core.iam.evaluation.comparisons import COMPARISONS, Comparison
from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.evaluation.variables import resolve
from plainwork_core.iam.statement import Condition, Text, Texts
from plainwork_core.model.ternary import Ternary, all_of, any_of, negation
from plainwork_core.model.values import Unknown

_WITH_VARIABLES = ("string", "arn")
"""The operators whose values may have policy variables.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-conditionelement
"""
_NO_VALUE = "\ue00f"  # in the place of a policy variable without a value: no value is equal to it


def holds(condition: Condition, context: Context, version: Text) -> Ternary:
    """Return whether *condition* is true for the request of *context*, in a document of *version*."""
    operator = operator_of(condition)
    if isinstance(operator, Unknown):
        return operator
    if isinstance(condition.key, Unknown):
        return condition.key
    found = context.values(condition.key)
    if isinstance(found, Unknown):
        return found
    if not found:
        return without_key(condition)
    if operator.name == "null":
        return any_of(value if isinstance(value, Unknown) else value.lower() == "false" for value in condition.values)
    return _compared(operator, found, [_resolved(value, context, version, operator) for value in condition.values])


def _compared(operator: Operator, found: Texts, wanted: list[Text]) -> Ternary:
    compare = COMPARISONS.get(operator.name.replace("not", ""))
    if compare is None:
        return Unknown(f"`{operator.name}` is not a condition operator")
    answers = (_answer(compare, wanted, value, is_negated=operator.is_negated) for value in found)
    if operator.set_operator == "forallvalues":
        return all_of(answers)
    if operator.set_operator == "foranyvalue" or len(found) == 1:
        return any_of(answers)
    return Unknown("a condition key with several values is compared without `ForAllValues` or `ForAnyValue`")


def _answer(compare: Comparison, wanted: Iterable[Text], value: Text, *, is_negated: bool) -> Ternary:
    matched = any_of(compare(one, value) for one in wanted)
    return negation(matched) if is_negated else matched


def _resolved(value: Text, context: Context, version: Text, operator: Operator) -> Text:
    """Return *value* with its policy variables replaced, in which no value of the request is equal to an absent one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
    """
    if not operator.name.startswith(_WITH_VARIABLES):
        return value
    found = resolve(value, context, version)
    return _NO_VALUE if found is None else found
