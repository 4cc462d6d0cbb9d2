"""The statements of AWS managed policies.

The table is `data/managed_policies.zip`, made by `tools/managed_policies.py`.
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from plainwork_core.aws.iam_actions import Action
from plainwork_core.data_files import FOLDER
from plainwork_core.wildcards import matches

if TYPE_CHECKING:
    from zipfile import ZipFile

MEMBERS = tuple(f"{number:02}" for number in range(16))
"""The members of the file, each with a part of the policies."""

_FILE = FOLDER / "managed_policies.zip"
_AUDITS = ("SecurityAudit", "job-function/ViewOnlyAccess", "AWSBillingReadOnlyAccess")
"""Policies of AWS with reads of configuration and metadata, and without reads of contents."""

# https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html
_METADATA = ("ssm:getconnectionstatus",)
"""Reads of metadata that are in none of them, with the page of AWS that allows them on `*`."""


def managed_policy(name: str) -> list[dict[str, Any]] | None:
    """Return the statements of a policy, as in JSON; `None` if the table does not have it.

    Args:
        name: the part of its ARN after `policy/`, such as `job-function/ViewOnlyAccess`.
    """
    return _read(member_of(name)).get(name)


def member_of(name: str) -> str:
    """Return the member of the file that has the policy *name*."""
    return MEMBERS[crc32(name.encode()) % len(MEMBERS)]


def reads_configuration(action: Action) -> bool:
    """Return whether *action* reads configuration or metadata and no contents, as AWS separates them.

    It does if `SecurityAudit`, `ViewOnlyAccess` or `AWSBillingReadOnlyAccess` allows it: `iam:GetUser` and
    `s3:GetBucketLocation`, but neither `s3:GetObject` nor `secretsmanager:GetSecretValue`.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
    """
    name = action.name.lower()
    if str(action).lower() in _METADATA:
        return True
    return action.level in ("List", "Read") and any(matches(pattern, name) for pattern in _audited(action.service))


@cache
def _audited(service: str) -> tuple[str, ...]:
    patterns = (pattern.lower().partition(":") for pattern in _all_audited())
    return tuple(name for prefix, _, name in patterns if prefix == service)


@cache
def _all_audited() -> frozenset[str]:
    statements = (statement for name in _AUDITS for statement in managed_policy(name) or ())
    return frozenset(action for statement in statements for action in _list(statement["Action"]))


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@cache
def _read(member: str) -> dict[str, list[dict[str, Any]]]:
    content: dict[str, list[dict[str, Any]]] = json.loads(_archive().read(f"{member}.json"))
    return content


@cache
def _archive() -> ZipFile:
    from io import BytesIO  # noqa: PLC0415  a stack without such a policy does not need it
    from zipfile import ZipFile  # noqa: PLC0415  saves 20 ms for a stack without such a policy

    return ZipFile(BytesIO(_FILE.read_bytes()))
