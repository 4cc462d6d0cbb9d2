"""The bucket itself: versioned, private, owned by its account, and not to be destroyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

_LOG_BUCKET = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def log_bucket_problems(log_bucket: str | None, bucket: str) -> Iterator[str]:
    """One sentence where requests cannot be logged to a bucket; a reference passes."""
    if log_bucket is None or "${" in log_bucket:
        return
    if log_bucket == bucket:
        yield f"access_log_bucket must be another bucket, because every log would be logged again: got {log_bucket!r}"
    elif not _LOG_BUCKET.fullmatch(log_bucket):
        yield f"access_log_bucket must be the name of a bucket: got {log_bucket!r}"


def make_bucket(scope: Construct, name: str) -> Resource:
    """The bucket, with public access blocked and no access control lists."""
    bucket = Resource(scope, "aws_s3_bucket", bucket=name, lifecycle={"prevent_destroy": True})
    Resource(
        scope,
        "aws_s3_bucket_public_access_block",
        bucket=bucket["id"],
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    Resource(
        scope,
        "aws_s3_bucket_ownership_controls",
        bucket=bucket["id"],
        rule={"object_ownership": "BucketOwnerEnforced"},
    )
    return bucket


def keep_versions(scope: Construct, bucket: Resource) -> Resource:
    """Keep what is overwritten and deleted: Terraform has no other way back to an earlier state."""
    return Resource(
        scope,
        "aws_s3_bucket_versioning",
        bucket=bucket["id"],
        versioning_configuration={"status": "Enabled"},
    )


def log_access(scope: Construct, bucket: Resource, name: str, log_bucket: str) -> None:
    """Write every request on the bucket to another bucket, under the bucket's name.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
    """
    Resource(
        scope,
        "aws_s3_bucket_logging",
        bucket=bucket["id"],
        target_bucket=log_bucket,
        target_prefix=f"{name}/",
    )
