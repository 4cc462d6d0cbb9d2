"""What AWS takes for a region, an account, an identifier or a number: one sentence for each value that is none.

A reference passes: what it stands for is not known before Terraform runs.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d")
_ACCOUNT_ID = re.compile(r"\d{12}")
_ARN = re.compile(r"arn:aws[a-z-]*:(?P<service>[a-z0-9-]+):[a-z0-9-]*:(\d{12}|aws)?:\S+")
_HEXADECIMAL = "[0-9a-f]{8,17}"


def is_reference(value: Any) -> bool:
    """Whether Terraform puts something else in the place of a value, or of a part of it."""
    return isinstance(value, str) and "${" in value


def region(name: str, value: Any) -> Iterator[str]:
    """Where a value is no region's name."""
    if not is_reference(value) and not _REGION.fullmatch(str(value)):
        yield f"{name} must be the name of an AWS region, as 'eu-west-1': got {value!r}"


def account_id(name: str, value: Any) -> Iterator[str]:
    """Where a value is no account id."""
    if not is_reference(value) and not (isinstance(value, str) and _ACCOUNT_ID.fullmatch(value)):
        yield f"{name} must be the account's 12 digits, as a string: got {value!r}"


def identifier(name: str, value: Any, prefix: str) -> Iterator[str]:
    """Where a value is no id of one kind, given by what such ids begin with: `vpc`, `subnet`, `sg`, `rtb`."""
    if not is_reference(value) and not re.fullmatch(f"{prefix}-{_HEXADECIMAL}", str(value)):
        yield f"{name} must be an id that begins with '{prefix}-', as '{prefix}-0123456789abcdef0': got {value!r}"


def arn(name: str, value: Any, *services: str) -> Iterator[str]:
    """Where a value is no ARN, or none of these services (`sns`, `kms`)."""
    if is_reference(value):
        return
    found = _ARN.fullmatch(str(value))
    if not found or (services and found["service"] not in services):
        example = f"arn:aws:{services[0] if services else 'SERVICE'}:REGION:ACCOUNT:..."
        yield f"{name} must be an ARN, as '{example}': got {value!r}"


def kms_key(name: str, value: Any, in_region: Any) -> Iterator[str]:
    """Where a value is no key of a region; None passes.

    EFS and ElastiCache answer with the ARN of the key itself, so that under an alias Terraform would replace what is
    encrypted with it: https://github.com/hashicorp/terraform-provider-aws/issues/25713.
    """
    if value is None or is_reference(value):
        return
    if problems := [*arn(name, value, "kms")]:
        yield from problems
        return
    _, _, _, where, _, what = str(value).split(":", 5)
    if not what.startswith("key/"):
        yield f"{name} must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias: got {value!r}"
    elif where != in_region and not is_reference(in_region):
        yield f"{name} must be of a key in region {in_region!r}: got {value!r}"


def whole_number(name: str, value: Any, least: int, most: int) -> Iterator[str]:
    """Where a value is no whole number in a range, both ends in it."""
    if is_reference(value):
        return
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        yield f"{name} must be a whole number from {least} to {most}: got {value!r}"


def boolean(name: str, value: Any) -> Iterator[str]:
    """Where a value is neither True nor False; nor may it be a reference, for what is decided in Python."""
    if not isinstance(value, bool):
        yield f"{name} must be True or False: got {value!r}"


def member(name: str, value: Any, kind: type[Enum]) -> Iterator[str]:
    """Where a value is no member of an enumeration."""
    if not isinstance(value, kind):
        yield f"{name} must be one of {', '.join(f'{kind.__name__}.{each.name}' for each in kind)}: got {value!r}"


def one_of(name: str, value: Any, choices: Collection[Any]) -> Iterator[str]:
    """Where a value is not among the choices."""
    if not is_reference(value) and value not in choices:
        yield f"{name} must be one of {', '.join(map(repr, choices))}: got {value!r}"
