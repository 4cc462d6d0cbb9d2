"""IAM statements as data, and the HCL that holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Statement = dict[str, Any]
Conditions = Mapping[str, Mapping[str, Any]]


def allow(action: str | list[str], resource: str | list[str] = "*", **condition: Mapping[str, Any]) -> Statement:
    """Make a statement; an operator with a colon is spelt with `__`: `ForAllValues__StringEquals`."""
    operators = {operator.replace("__", ":"): keys for operator, keys in condition.items()}
    conditions = {"Condition": operators} if operators else {}
    return {"Effect": "Allow", "Action": action, "Resource": resource} | conditions


def deny(action: str | list[str], resource: str | list[str] = "*", **condition: Mapping[str, Any]) -> Statement:
    """Make a statement that denies; see `allow`."""
    return allow(action, resource, **condition) | {"Effect": "Deny"}


def identity(*statements: Statement) -> str:
    """Return an `aws_iam_policy.p`."""
    return _holder("aws_iam_policy", "policy", statements)


def service_control(*statements: Statement) -> str:
    """Return an `aws_organizations_policy.p`."""
    return _holder("aws_organizations_policy", "content", statements)


def _holder(type_: str, argument: str, statements: tuple[Statement, ...]) -> str:
    document = json.dumps({"Version": "2012-10-17", "Statement": statements}).replace("${", "$${")
    return f'resource "{type_}" "p" {{\n  {argument} = <<-EOT\n    {document}\n  EOT\n}}\n'
