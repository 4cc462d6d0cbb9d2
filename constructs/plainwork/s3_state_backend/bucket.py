"""The state bucket: name, Region and account, protection, lifecycle rules and access log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.s3_state_backend.state_keys import StateKeyError
from plainwork.terraform import Resource
from plainwork.terraform.location import account_problems, region_problems
from plainwork_core.aws.regions import partition
from plainwork_core.aws.s3_buckets import BUCKET_NAME, NAMESPACE_SUFFIX, RESERVED_PREFIXES, RESERVED_SUFFIXES
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.s3_state_backend.state_keys import StateKey
    from plainwork.terraform import Construct, Provider

_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_RESERVED_SUFFIXES = (*RESERVED_SUFFIXES, NAMESPACE_SUFFIX)
_MAX_LIFECYCLE_RULES = 1000
_MAX_NONCURRENT_VERSIONS = 100
_MAX_NONCURRENT_DAYS = 2**31 - 1


@frozen()
class BucketLocation:
    """Name, Region and account of a bucket: literals, because a backend block cannot contain a reference."""

    bucket: str
    region: str
    account_id: str

    def problems(self, scope: Construct, *, exists: bool = False) -> Iterator[str]:
        """Yield one message for each value that AWS or Terraform rejects; *exists* accepts every name of a bucket."""
        given = {"bucket": self.bucket, "region": self.region, "account_id": self.account_id}
        literals = [
            _literal_problems(name, value) for name, value in given.items() if name == "bucket" or value is not None
        ]
        if not_literal := [problem for problems in literals for problem in problems]:
            yield from not_literal
            return
        yield from _existing_name_problems(self.bucket) if exists else bucket_name_problems("bucket", self.bucket)
        yield from region_problems(scope, self.region)
        yield from account_problems(scope, self.account_id)

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of a resource in this Region and account."""
        return f"arn:{partition(self.region)}:{service}:{self.region}:{self.account_id}:{resource}"


def retention_problems(noncurrent_versions: Any, noncurrent_days: Any) -> Iterator[str]:
    """Yield one message for each number that S3 rejects."""
    yield from scalars.whole_number_problems("noncurrent_versions", noncurrent_versions, 1, _MAX_NONCURRENT_VERSIONS)
    yield from scalars.whole_number_problems("noncurrent_days", noncurrent_days, 1, _MAX_NONCURRENT_DAYS)


@frozen()
class StateRetention:
    """How long S3 keeps noncurrent versions of states.

    Attributes:
        noncurrent_versions: number of the newest noncurrent versions that S3 keeps indefinitely.
        noncurrent_days: days after which S3 deletes the other noncurrent versions.
    """

    noncurrent_versions: int
    noncurrent_days: int


def access_log_bucket_problems(log_bucket: str | None, bucket: str) -> Iterator[str]:
    """Yield a message if the log bucket is the state bucket or not a bucket name; a reference is not checked."""
    if log_bucket is None or scalars.is_reference(log_bucket):
        return
    if log_bucket == bucket:
        yield f"access_log_bucket must not be the state bucket, because S3 would log each log: got {log_bucket!r}"
    elif not BUCKET_NAME.fullmatch(str(log_bucket)):
        yield f"access_log_bucket must be the name of a bucket: got {log_bucket!r}"


def create_bucket(scope: Construct, name: str, provider: Provider | None = None) -> Resource:
    """Create the bucket with blocked public access, disabled access control lists and `prevent_destroy`."""
    bucket = Resource(scope, "aws_s3_bucket", provider=provider, bucket=name, lifecycle={"prevent_destroy": True})
    Resource(
        scope,
        "aws_s3_bucket_public_access_block",
        provider=provider,
        bucket=bucket["id"],
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    Resource(
        scope,
        "aws_s3_bucket_ownership_controls",
        provider=provider,
        bucket=bucket["id"],
        rule={"object_ownership": "BucketOwnerEnforced"},
    )
    return bucket


def enable_versioning(scope: Construct, bucket: Resource, provider: Provider | None = None) -> Resource:
    """Enable versioning: noncurrent versions are the only way to restore an earlier state."""
    return Resource(
        scope,
        "aws_s3_bucket_versioning",
        provider=provider,
        bucket=bucket["id"],
        versioning_configuration={"status": "Enabled"},
    )


def log_access(scope: Construct, bucket: Resource, name: str, log_bucket: str) -> None:
    """Log every request to another bucket, with the name of the state bucket as prefix.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
    """
    Resource(
        scope,
        "aws_s3_bucket_logging",
        bucket=bucket["id"],
        target_bucket=log_bucket,
        target_prefix=f"{name}/",
    )


def configure_lifecycle(
    scope: Construct,
    bucket: Resource,
    versioning: Resource,
    retention: StateRetention,
    provider: Provider | None = None,
) -> Resource:
    """Create the lifecycle configuration without rules for lock files; the backend adds them with each state key."""
    return Resource(
        scope,
        "aws_s3_bucket_lifecycle_configuration",
        provider=provider,
        bucket=bucket["id"],
        rule=lifecycle_rules(retention, []),
        depends_on=[versioning],
    )


def lifecycle_rules(retention: StateRetention, locked: Sequence[StateKey]) -> list[dict[str, Any]]:
    """Return the `rule` blocks: one for all states, and one for each lock file.

    A lifecycle rule selects objects by prefix, tags or size, not by suffix, and Terraform does not tag objects
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html). The complete key of a lock
    file is a prefix of no other object, so each state key has its own rule. If rules overlap, S3 applies the shorter
    expiration (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html).

    Raises:
        StateKeyError: there are more state keys than a bucket can have rules for
            (https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html).
    """
    if len(locked) >= _MAX_LIFECYCLE_RULES:
        raise StateKeyError(
            f"a bucket has at most {_MAX_LIFECYCLE_RULES} lifecycle rules, and each state key needs one: "
            f"got {len(locked)} state keys"
        )
    return [_state_rule(retention), *(_lock_file_rule(key) for key in locked)]


def _state_rule(retention: StateRetention) -> dict[str, Any]:
    return {
        "id": "keep-replaced-states",
        "status": "Enabled",
        "filter": {},
        "noncurrent_version_expiration": {
            "newer_noncurrent_versions": retention.noncurrent_versions,
            "noncurrent_days": retention.noncurrent_days,
        },
        "abort_incomplete_multipart_upload": {"days_after_initiation": 1},
    }


def _lock_file_rule(key: StateKey) -> dict[str, Any]:
    return {
        "id": f"expire-locks-of-{key.slug}",
        "status": "Enabled",
        "filter": {"prefix": key.lock_file},
        "expiration": {"expired_object_delete_marker": True},
        "noncurrent_version_expiration": {"noncurrent_days": 1},
    }


def _literal_problems(name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} must be a string: got {value!r}"
    elif scalars.is_reference(value):
        yield f"{name} must be a literal, because a backend block cannot contain a reference: got {value!r}"


def _existing_name_problems(bucket: str) -> Iterator[str]:
    if not BUCKET_NAME.fullmatch(bucket):
        yield f"bucket must be the name of a bucket: got {bucket!r}"


def bucket_name_problems(name: str, bucket: str) -> Iterator[str]:
    """Yield the rules of https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and no dots."""
    if "." in bucket:
        yield f"{name} must not contain dots, because the TLS certificate of S3 does not cover them: got {bucket!r}"
    elif not _BUCKET.fullmatch(bucket):
        yield (
            f"{name} must be 3 to 63 lowercase letters, digits and hyphens, and begin and end with a letter or digit: "
            f"got {bucket!r}"
        )
    if bucket.startswith(RESERVED_PREFIXES) or bucket.endswith(_RESERVED_SUFFIXES):
        reserved = ", ".join(map(repr, RESERVED_PREFIXES + _RESERVED_SUFFIXES))
        yield f"{name} must not begin or end with a string that AWS reserves ({reserved}): got {bucket!r}"
