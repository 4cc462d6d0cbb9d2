"""IAM as plain data: partitions, and the statements of `aws_iam_policy_document` data sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMERCIAL = ("aws", "amazonaws.com")
_PARTITIONS = {
    "cn-": ("aws-cn", "amazonaws.com.cn"),
    "us-gov-": ("aws-us-gov", "amazonaws.com"),
    "us-iso-": ("aws-iso", "c2s.ic.gov"),
    "us-isob-": ("aws-iso-b", "sc2s.sgov.gov"),
    "us-isof-": ("aws-iso-f", "csp.hci.ic.gov"),
    "eu-isoe-": ("aws-iso-e", "cloud.adc-e.uk"),
    "eusc-": ("aws-eusc", "amazonaws.eu"),
}
"""How a region's name begins, the partition, and what its services' host names end in (botocore's partitions.json)."""

ANY_PRINCIPAL = {"type": "*", "identifiers": ["*"]}
"""The `principals` block that means every principal, anonymous ones too."""


def partition(region: str) -> str:
    """The partition that a region's ARNs begin with, `aws` unless the region's name says otherwise.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    return _of(region)[0]


def dns_suffix(region: str) -> str:
    """What the host names of a region's services end in, `amazonaws.com` unless the partition has its own."""
    return _of(region)[1]


def _of(region: str) -> tuple[str, str]:
    return next((found for prefix, found in _PARTITIONS.items() if region.startswith(prefix)), _COMMERCIAL)


def account_root(region: str, account_id: str) -> dict[str, Any]:
    """The `principals` block that leaves the decision to the IAM policies of an account."""
    return {"type": "AWS", "identifiers": [f"arn:{partition(region)}:iam::{account_id}:root"]}


def condition(test: str, variable: str, *values: str) -> dict[str, Any]:
    """A `condition` block: `condition("StringEquals", "s3:prefix", "prod/web.tfstate")`."""
    return {"test": test, "variable": variable, "values": list(values)}


def allow(
    sid: str,
    actions: Iterable[str],
    resources: Iterable[str],
    *conditions: dict[str, Any],
    principals: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A `statement` block that allows; `principals` is for resource policies, and trust policies have no resources."""
    return _statement({"sid": sid}, actions, resources, conditions, principals)


def deny(
    sid: str,
    actions: Iterable[str],
    resources: Iterable[str],
    *conditions: dict[str, Any],
) -> dict[str, Any]:
    """A `statement` block of a resource policy that denies everybody who meets all the conditions."""
    return _statement({"sid": sid, "effect": "Deny"}, actions, resources, conditions, ANY_PRINCIPAL)


def _statement(
    head: dict[str, Any],
    actions: Iterable[str],
    resources: Iterable[str],
    conditions: Iterable[dict[str, Any]],
    principals: dict[str, Any] | None,
) -> dict[str, Any]:
    statement = {**head, "actions": list(actions)}
    if resources := list(resources):
        statement["resources"] = resources
    if principals:
        statement["principals"] = principals
    if conditions := list(conditions):
        statement["condition"] = conditions
    return statement
