"""Evaluates IAM policy documents for a request, by AWS's rules of evaluation.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from plainwork import synthesize

if TYPE_CHECKING:
    from plainwork import Stack

Context = Mapping[str, str]

_ON_VALUES: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": str.__eq__,
    "StringLike": fnmatchcase,
    "ArnEquals": fnmatchcase,
    "Bool": str.__eq__,
    "NumericLessThan": lambda value, limit: float(value) < float(limit),
}


def decide(document: Mapping[str, Any], action: str, resource: str, context: Context) -> str | None:
    """`Deny`, `Allow`, or None where no statement is about the request."""
    effects = {
        statement["Effect"]
        for statement in _as_list(document["Statement"])
        if _matches(statement["Action"], action)
        and _matches(statement["Resource"], resource)
        and all(_holds(*condition, context) for condition in _conditions(statement))
    }
    return "Deny" if "Deny" in effects else "Allow" if effects else None


def rendered(stack: Stack, name: str, references: Mapping[str, str]) -> dict[str, Any]:
    """An `aws_iam_policy_document` of a stack as the JSON that AWS gets.

    Args:
        stack: that it is in.
        name: as in its address.
        references: what Terraform would put in the place of each.
    """
    document = synthesize(stack)["data"]["aws_iam_policy_document"][name]
    return {"Statement": [_statement(statement, references) for statement in document["statement"]]}


def _statement(block: dict[str, Any], references: Mapping[str, str]) -> dict[str, Any]:
    conditions: dict[str, dict[str, list[str]]] = {}
    for condition in block.get("condition", []):
        values = [_resolved(value, references) for value in condition["values"]]
        conditions.setdefault(condition["test"], {})[condition["variable"]] = values
    return {
        "Sid": block["sid"],
        "Effect": block.get("effect", "Allow"),
        "Action": block["actions"],
        "Resource": [_resolved(resource, references) for resource in block["resources"]],
        "Condition": conditions,
    }


def _resolved(text: str, references: Mapping[str, str]) -> str:
    for reference, value in references.items():
        text = text.replace(reference, value)
    return text


def _conditions(statement: Mapping[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [
        (operator, variable, _as_list(values))
        for operator, tests in statement.get("Condition", {}).items()
        for variable, values in tests.items()
    ]


def _holds(operator: str, variable: str, values: list[str], context: Context) -> bool:
    operator = operator.removeprefix("ForAllValues:").removeprefix("ForAnyValue:")
    value = context.get(variable)
    if operator == "Null":
        return (value is None) == (values == ["true"])
    positive = operator.removesuffix("IfExists").replace("Not", "")
    is_negated = "Not" in operator
    if value is None:
        return is_negated or operator.endswith("IfExists")
    return is_negated != any(_ON_VALUES[positive](value, wanted) for wanted in values)


def _matches(patterns: str | list[str], value: str) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in _as_list(patterns))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
