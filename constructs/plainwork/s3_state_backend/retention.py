"""What the bucket's lifecycle removes: lock files after a day, old states slowly, unfinished uploads soon.

A lifecycle rule selects objects by prefix, tags or size, never by suffix, and Terraform tags nothing
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html). The whole key of a lock file is a
prefix that nothing else has, so each state that the backend knows has a rule of its own. Where rules overlap the
shorter expiry wins (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.s3_state_backend.keys import StateKeyError
from plainwork.terraform import Resource
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.s3_state_backend.keys import StateKey
    from plainwork.terraform import Construct

_MOST_RULES = 1000
_MOST_VERSIONS = 100
_MOST_DAYS = 2**31 - 1


@dataclass(frozen=True)
class Retention:
    """How long a state that has been replaced is kept.

    Attributes:
        versions: that many of the newest are kept for ever, 1 to 100; 50 by default.
        days: the others are removed this many days after they were replaced, 1 to 2,147,483,647; 90 by default.
    """

    versions: int = 50
    days: int = 90

    def problems(self) -> Iterator[str]:
        """One sentence for each number that S3 would reject."""
        for name, most in (("versions", _MOST_VERSIONS), ("days", _MOST_DAYS)):
            yield from identifiers.whole_number(f"retention {name}", getattr(self, name), 1, most)


def keep_states(scope: Construct, bucket: Resource, versioning: Resource, retention: Retention) -> Resource:
    """The lifecycle of a bucket that knows no state yet; `lifecycle_rules` are put in as states become known."""
    return Resource(
        scope,
        "aws_s3_bucket_lifecycle_configuration",
        bucket=bucket["id"],
        rule=lifecycle_rules(retention, []),
        depends_on=[versioning],
    )


def lifecycle_rules(retention: Retention, locked: Sequence[StateKey]) -> list[dict[str, Any]]:
    """The `rule` blocks: one for all states, and one for each lock file.

    Raises:
        StateKeyError: there are more states than S3 takes rules
            (https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html).
    """
    if len(locked) >= _MOST_RULES:
        raise StateKeyError(
            f"a bucket takes {_MOST_RULES} lifecycle rules, one for each state: got {len(locked)} states"
        )
    return [_state_rule(retention), *(_lock_rule(key) for key in locked)]


def _state_rule(retention: Retention) -> dict[str, Any]:
    return {
        "id": "keep-replaced-states",
        "status": "Enabled",
        "filter": {},
        "noncurrent_version_expiration": {
            "newer_noncurrent_versions": retention.versions,
            "noncurrent_days": retention.days,
        },
        "abort_incomplete_multipart_upload": {"days_after_initiation": 1},
    }


def _lock_rule(key: StateKey) -> dict[str, Any]:
    return {
        "id": f"expire-locks-of-{key.words}",
        "status": "Enabled",
        "filter": {"prefix": key.lock},
        "expiration": {"expired_object_delete_marker": True},
        "noncurrent_version_expiration": {"noncurrent_days": 1},
    }
