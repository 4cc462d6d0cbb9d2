"""Conditions that limit a statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from ipaddress import collapse_addresses, ip_network
from typing import Any

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.statement import Condition, Statement, Text
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.wildcards import is_any

_EXACT = ("stringequals", "stringequalsignorecase")
_PATTERN = ("stringlike", "arnlike", "arnequals")  # both Arn operators take wildcards
_EVERY_ADDRESS = ("0.0.0.0/0", "::/0")
_ID_PREFIX = re.compile(r"o-|vpc-|vpce-|AIDA|AROA")
"""What every ID of an organization, VPC, VPC endpoint, user or role begins with."""
_ARN_TYPE = re.compile(r"[\w-]+[/:]")


def is_limited(statement: Statement, by_key: Callable[[str], bool], *, to_account: bool = False) -> Ternary:
    """Return whether a condition of *statement* requires certain values of a condition key.

    An operator that is true without the key (`...IfExists`, `ForAllValues:`, `...Not...`, `Null`) does not count, and
    neither does a value that matches all values.

    Args:
        statement: its conditions are read.
        by_key: whether a condition key, in lower case, counts.
        to_account: whether a limit to an account counts, such as `arn:aws:iam::123456789012:*`; then a limit to a name
            in any account does not.

    Returns:
        Yes, no, or the `Unknown` of a condition that decides.
    """
    return any_of(_limits(condition, by_key, to_account=to_account) for condition in statement.conditions)


def requires_true(statement: Statement, *keys: str) -> Ternary:
    """Return whether a `Bool` condition of *statement* requires one of *keys*, in lower case, to be `true`."""
    return any_of(_requires_true(condition, keys) for condition in statement.conditions)


def requires_tag(statement: Statement) -> bool:
    """Return whether a condition of *statement* requires a tag of the resource or the request, with any value."""
    return any(map(_requires_tag, statement.conditions))


def _requires_true(condition: Condition, keys: Collection[str]) -> Ternary:
    operator, key = condition.operator, condition.key
    is_bool = operator if isinstance(operator, Unknown) else operator.lower() == "bool"
    is_key = key if isinstance(key, Unknown) else key.lower() in keys
    values = (value if isinstance(value, Unknown) else value == "true" for value in condition.values)
    return all_of((is_bool, is_key, any_of(values)))


def _requires_tag(condition: Condition) -> bool:
    key = _name(condition.key)
    if isinstance(key, Unknown) or isinstance(condition.operator, Unknown) or not _is_tag(key.lower()):
        return False
    operator = condition.operator.lower()
    return operator in _PATTERN or (operator == "null" and condition.values == ("false",))


def _is_tag(key: str) -> bool:
    return key.partition(":")[2].startswith(("resourcetag/", "requesttag/"))


def _limits(condition: Condition, by_key: Callable[[str], bool], *, to_account: bool) -> Ternary:
    key = _name(condition.key)
    if isinstance(key, Unknown):
        return key
    if not by_key(key.lower()):
        return False
    if isinstance(condition.operator, Unknown):
        return condition.operator
    operator = condition.operator.lower().removeprefix("foranyvalue:")
    if operator == "ipaddress":
        return not _includes_every_address(condition.values)
    is_wide = _is_of_any_account if to_account else _is_wide
    return operator in _EXACT or (operator in _PATTERN and not any(map(is_wide, condition.values)))


def _name(key: Text) -> Text:
    """Return the known beginning of a partly known tag key: `aws:ResourceTag/cluster/` of `.../cluster/${var.name}`."""
    if isinstance(key, PartialString) and isinstance(start := key.parts[0], str) and "/" in start:
        return start
    return key


def _is_wide(value: Text) -> bool:
    """Return whether a pattern matches every value: `*`, `o-*`, `arn:aws:s3:::*`, `arn:aws:iam::*:role/*`."""
    if isinstance(value, Unknown):
        return False
    arn = parse_arn(value)
    if arn is None:
        begins_arn = value.startswith("arn:") and is_any(value.rpartition(":")[2])
        return begins_arn or (
            any(wildcard in value for wildcard in "*?") and not _ID_PREFIX.sub("", value, count=1).strip("*?/")
        )
    return is_any(arn.resource) or (is_any(arn.account) and is_any(_ARN_TYPE.sub("", arn.resource, count=1)))


def _is_of_any_account(value: Text) -> bool:
    """Return whether a pattern matches what any account can have: every value, or an ARN of any account.

    Each account chooses the names of its roles and topics. The name of an S3 bucket is unique, so it decides.
    """
    arn = parse_arn(render(value) or "")
    if arn is None or not arn.account or arn.service == "s3":
        return _is_wide(value)
    return is_any(arn.account)


def _includes_every_address(ranges: Iterable[Text]) -> bool:
    """Return whether *ranges* together include every IPv4 or IPv6 address: `0.0.0.0/0`, or its two halves."""
    networks = [network for text in ranges if isinstance(text, str) and (network := _network(text)) is not None]
    by_version = ([network for network in networks if network.version == version] for version in (4, 6))
    return any(str(network) in _EVERY_ADDRESS for same in by_version for network in collapse_addresses(same))


def _network(text: str) -> Any:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None
