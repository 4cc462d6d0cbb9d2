"""What AWS would reject of a file system's own arguments, one sentence each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.efs.storage import StorageLifecycle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.efs.throughput import Throughput

_NAME = re.compile(r"(?!sg-)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def name_problems(name: Any) -> Iterator[str]:
    """Where a value could not begin the names of a security group, policies and alarms."""
    if not scalars.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield (
            "name must be 1 to 64 letters, digits, '_', '.' and '-', begin with a letter or digit, and not with 'sg-': "
            f"got {name!r}"
        )


def lifecycle_problems(lifecycle_policy: Any, throughput: Throughput) -> Iterator[str]:
    """Where a value is no storage lifecycle, or none for this throughput."""
    if isinstance(lifecycle_policy, StorageLifecycle):
        yield from lifecycle_policy.problems(throughput)
    else:
        example = "StorageLifecycle(transition_to_ia='AFTER_30_DAYS')"
        yield f"lifecycle_policy must be a StorageLifecycle, as {example}: got {lifecycle_policy!r}"
