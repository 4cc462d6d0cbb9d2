"""The names of caches, which their users, groups and nodes are named after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40


def name_problems(field: str, name: Any) -> Iterator[str]:
    """One sentence where a value is no name of a cache.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html; ElastiCache makes
    capitals small, and Terraform would see another name each time.
    """
    if identifiers.is_reference(name) or not isinstance(name, str) or not NAME.fullmatch(name) or len(name) > LONGEST:
        yield (
            f"{field} must be at most {LONGEST} small letters, digits and single hyphens, begin with a letter, and be "
            f"written out: got {name!r}"
        )
