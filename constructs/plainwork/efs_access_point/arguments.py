"""What AWS would reject of a file system's own arguments, one sentence each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import aws
from plainwork.efs_access_point.storage import StorageLifecycle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.efs_access_point.throughput import Throughput

_NAME = re.compile(r"(?!sg-)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def name_problems(name: Any) -> Iterator[str]:
    """Where a value could not begin the names of a security group, policies and alarms."""
    if not aws.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield (
            "name must be 1 to 64 letters, digits, '_', '.' and '-', begin with a letter or digit, and not with 'sg-': "
            f"got {name!r}"
        )


def key_problems(key: Any, region: Any) -> Iterator[str]:
    """Where a value is no key of the region.

    EFS answers with the ARN of the key itself, so that under another name Terraform would replace the file system.
    """
    if key is None or aws.is_reference(key):
        return
    if problems := [*aws.arn("kms_key_id", key, "kms")]:
        yield from problems
        return
    _, _, _, where, _, what = str(key).split(":", 5)
    if not what.startswith("key/"):
        yield f"kms_key_id must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias: got {key!r}"
    elif where != region and not aws.is_reference(region):
        yield f"kms_key_id must be of a key in region {region!r}: got {key!r}"


def lifecycle_problems(lifecycle_policy: Any, throughput: Throughput) -> Iterator[str]:
    """Where a value is no storage lifecycle, or none for this throughput."""
    if isinstance(lifecycle_policy, StorageLifecycle):
        yield from lifecycle_policy.problems(throughput)
    else:
        example = "StorageLifecycle(transition_to_ia='AFTER_30_DAYS')"
        yield f"lifecycle_policy must be a StorageLifecycle, as {example}: got {lifecycle_policy!r}"
