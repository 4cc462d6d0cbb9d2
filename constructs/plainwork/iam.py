"""IAM: statements, principals and conditions of `aws_iam_policy_document` as plain data, and grants to roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.roles import grant
from plainwork_core.aws.regions import dns_suffix, partition

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY_PRINCIPAL", "account_root", "allow", "condition", "deny", "dns_suffix", "grant", "partition"]

ANY_PRINCIPAL = {"type": "*", "identifiers": ["*"]}
"""The `principals` block for every principal, including anonymous ones."""


def account_root(region: str, account_id: str) -> dict[str, Any]:
    """Return the `principals` block of an account, whose IAM policies decide which of its principals have access."""
    return {"type": "AWS", "identifiers": [f"arn:{partition(region)}:iam::{account_id}:root"]}


def condition(test: str, variable: str, *values: str) -> dict[str, Any]:
    """Return a `condition` block: `condition("StringEquals", "s3:prefix", "prod/web.tfstate")`.

    Args:
        test: the condition operator.
        variable: the condition key.
        values: one of which the key must match.
    """
    return {"test": test, "variable": variable, "values": list(values)}


def allow(
    sid: str,
    actions: Iterable[str],
    resources: Iterable[str],
    *conditions: dict[str, Any],
    principals: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a `statement` block with the effect `Allow`.

    Args:
        sid: the id of the statement, unique in its policy.
        actions: such as `s3:GetObject`.
        resources: ARNs; empty for a trust policy, which has no resources.
        conditions: all of which must be met; see `condition`.
        principals: a `principals` block, for resource-based and trust policies.
    """
    return _statement({"sid": sid}, actions, resources, conditions, principals)


def deny(
    sid: str,
    actions: Iterable[str],
    resources: Iterable[str],
    *conditions: dict[str, Any],
) -> dict[str, Any]:
    """Return a `statement` block with the effect `Deny` for every principal, for resource-based policies.

    Args:
        sid: the id of the statement, unique in its policy.
        actions: such as `s3:*`.
        resources: ARNs.
        conditions: all of which must be met; see `condition`.
    """
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
