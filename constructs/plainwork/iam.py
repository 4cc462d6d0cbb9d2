"""IAM as plain data: partitions, and the statements of `aws_iam_policy_document` data sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork_core.aws.regions import dns_suffix, partition

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY_PRINCIPAL", "account_root", "allow", "condition", "deny", "dns_suffix", "partition"]

ANY_PRINCIPAL = {"type": "*", "identifiers": ["*"]}
"""The `principals` block that means every principal, anonymous ones too."""


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
    """A `statement` block of a resource policy that denies every principal for which all conditions hold."""
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
