"""Checks of AWS identifiers: one sentence for each value that does not have the form that AWS defines.

A reference passes, because its value is unknown before Terraform runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks.scalars import is_reference
from plainwork_core.aws.arn import parse_literal_arn
from plainwork_core.aws.identifiers import is_account_id, is_resource_id
from plainwork_core.aws.regions import has_region_form

if TYPE_CHECKING:
    from collections.abc import Iterator


def region_problems(name: str, value: Any) -> Iterator[str]:
    """Yield one sentence if a value does not have the form of a Region's name."""
    if not is_reference(value) and not has_region_form(str(value)):
        yield f"{name} must be the name of an AWS Region, such as 'eu-west-1': got {value!r}"


def account_id_problems(name: str, value: Any) -> Iterator[str]:
    """Yield one sentence if a value is not an account ID."""
    if not is_reference(value) and not (isinstance(value, str) and is_account_id(value)):
        yield f"{name} must be the account's 12 digits, as a string: got {value!r}"


def resource_id_problems(name: str, value: Any, prefix: str) -> Iterator[str]:
    """Yield one sentence if a value is not a resource ID with this prefix: `vpc`, `subnet`, `sg`, `rtb`."""
    if not is_reference(value) and not is_resource_id(str(value), prefix):
        yield f"{name} must be an id that begins with '{prefix}-', such as '{prefix}-0123456789abcdef0': got {value!r}"


def arn_problems(name: str, value: Any, *services: str) -> Iterator[str]:
    """Yield one sentence if a value is not an ARN, or its service is not among *services* (`sns`, `kms`)."""
    if is_reference(value):
        return
    arn = parse_literal_arn(str(value))
    if arn is None or (services and arn.service not in services):
        example = f"arn:aws:{services[0] if services else 'SERVICE'}:REGION:ACCOUNT:..."
        yield f"{name} must be an ARN, such as '{example}': got {value!r}"


def kms_key_problems(name: str, value: Any, in_region: Any) -> Iterator[str]:
    """Yield one sentence if a value is not the ARN of a KMS key in a Region; None passes.

    EFS and ElastiCache return the ARN of the key, so Terraform would replace a resource that is configured with an
    alias: https://github.com/hashicorp/terraform-provider-aws/issues/25713.
    """
    if value is None or is_reference(value):
        return
    arn = parse_literal_arn(str(value))
    if arn is None or arn.service != "kms":
        yield from arn_problems(name, value, "kms")
    elif not arn.is_kms_key:
        yield f"{name} must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias: got {value!r}"
    elif arn.region != in_region and not is_reference(in_region):
        yield f"{name} must be a key in Region {in_region!r}: got {value!r}"
