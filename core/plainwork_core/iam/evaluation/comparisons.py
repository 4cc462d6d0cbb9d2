"""How condition operators compare one value of a policy with one value of the request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from operator import eq, ge, gt, le, lt
from re import compile as regex
from typing import Any

from plainwork_core.iam.evaluation.patterns import equal_text, match_arn, match_text
from plainwork_core.iam.statement import Text
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import PartialString, Unknown

Comparison = Callable[[Text, Text], Ternary]
_NUMBER = regex(r"[+-]?\d+(\.\d+)?")


def _arn(wanted: Text, value: Text) -> Ternary:
    if isinstance(value, str) and not value.startswith("arn:"):
        return False
    return match_arn(wanted, value)


def _ignoring_case(wanted: Text, value: Text) -> Ternary:
    return equal_text(_lower(wanted), _lower(value))


def _bool(wanted: Text, value: Text) -> Ternary:
    return _known(lambda one, other: one.lower() == other.lower(), wanted, value)


def _in_network(wanted: str, value: str) -> bool:
    address, network = ip_address(value), ip_network(wanted, strict=False)
    return address.version == network.version and address in network


def _ordered(parse: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Comparison:
    """Return a comparison of the value of the request with that of the policy: `value < wanted`."""
    return lambda wanted, value: _known(lambda one, other: compare(parse(other), parse(one)), wanted, value)


def _date(text: str) -> datetime:
    """Return the time that *text* is: ISO 8601, or seconds since 1970."""
    if _NUMBER.fullmatch(text):
        return datetime.fromtimestamp(float(text), UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _known(compare: Callable[[str, str], bool], wanted: Text, value: Text) -> Ternary:
    """Return the result of *compare*; no if a value does not have the form of the operator."""
    for text in (wanted, value):
        if isinstance(text, Unknown):
            return text
    try:
        return compare(str(wanted), str(value))
    except (ValueError, OverflowError):
        return False


def _lower(text: Text) -> Text:
    if isinstance(text, PartialString):
        return replace(text, parts=tuple(_lower(part) for part in text.parts))
    return text if isinstance(text, Unknown) else text.lower()


_ORDERS = {"equals": eq, "lessthan": lt, "lessthanequals": le, "greaterthan": gt, "greaterthanequals": ge}
COMPARISONS: Mapping[str, Comparison] = {
    "arnequals": _arn,
    "arnlike": _arn,
    "binaryequals": equal_text,
    "bool": _bool,
    "ipaddress": lambda wanted, value: _known(_in_network, wanted, value),
    "stringequals": equal_text,
    "stringequalsignorecase": _ignoring_case,
    "stringlike": match_text,
    **{f"numeric{name}": _ordered(_number, compare) for name, compare in _ORDERS.items()},
    **{f"date{name}": _ordered(_date, compare) for name, compare in _ORDERS.items()},
}
"""The comparison of each operator, by its name in lower case without `Not`, `IfExists` and the set operator."""
