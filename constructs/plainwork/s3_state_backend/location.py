"""A bucket's name, region and account: checked literals, because a backend block can hold nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plainwork.iam import partition
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_RESERVED_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_SUFFIXES = ("-s3alias", "--ol-s3", "--x-s3", "--table-s3", "-an")


@dataclass(frozen=True)
class Location:
    """A bucket's name, region and account."""

    bucket: str
    region: str
    account_id: str

    def problems(self) -> Iterator[str]:
        """One sentence for each thing that AWS or Terraform would reject, beginning with the argument's name."""
        names = ("bucket", "region", "account_id")
        if unreadable := [problem for name in names for problem in self._literal_problems(name)]:
            yield from unreadable
            return
        yield from _bucket_problems(self.bucket)
        yield from identifiers.region("region", self.region)
        yield from identifiers.account_id("account_id", self.account_id)

    def _literal_problems(self, name: str) -> Iterator[str]:
        value = getattr(self, name)
        if not isinstance(value, str):
            yield f"{name} must be a string: got {value!r}"
        elif "${" in value:
            yield f"{name} must be written out, because a backend block cannot hold a reference: got {value!r}"

    def arn(self, service: str, resource: str) -> str:
        """The ARN of something in this region and account."""
        return f"arn:{partition(self.region)}:{service}:{self.region}:{self.account_id}:{resource}"


def _bucket_problems(bucket: str) -> Iterator[str]:
    """The rules of https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and no dots."""
    if "." in bucket:
        yield f"bucket must have no dots, because S3's TLS certificate does not cover them: got {bucket!r}"
    elif not _BUCKET.fullmatch(bucket):
        yield (
            "bucket must be 3 to 63 lower case letters, digits and hyphens, and begin and end with a letter or digit: "
            f"got {bucket!r}"
        )
    if bucket.startswith(_RESERVED_PREFIXES) or bucket.endswith(_RESERVED_SUFFIXES):
        reserved = ", ".join(map(repr, _RESERVED_PREFIXES + _RESERVED_SUFFIXES))
        yield f"bucket must not begin or end with what AWS reserves ({reserved}): got {bucket!r}"
