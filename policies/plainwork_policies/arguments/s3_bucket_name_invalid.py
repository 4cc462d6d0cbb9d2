"""S3 bucket name is invalid.

What: The `bucket` of an `aws_s3_bucket` breaks a naming rule: it contains uppercase letters, underscores or other
    characters, has fewer than 3 or more than 63 characters, has the form of an IP address, or a prefix or suffix that
    AWS reserves.
Why: The plan accepts the name. The apply ends with `InvalidBucketName`.
Remedy: Use 3 to 63 lowercase letters, digits, hyphens and periods.
Limitations: Of a name with unknown parts, only the characters of its known parts are checked. Buckets in us-east-1 that
    were created before March 2018 may have other names; a plan that does not create the bucket passes.
"""

from __future__ import annotations

from plainwork_core.aws.s3_buckets import bucket_name_problem, invalid_character
from plainwork_core.model.rendering import quote
from plainwork_core.model.values import PartialString
from plainwork_policies.api import Argument, Findings, Resource, policy


@policy(
    "PLW_ARG_005",
    "s3-bucket-name-invalid",
    severity="medium",
    on="aws_s3_bucket",
    where=lambda bucket: bucket["bucket"].raw not in (None, ""),
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",),
)
def s3_bucket_name_invalid(bucket: Resource) -> Findings:
    """Check the name of a bucket that may be new."""
    name = bucket["bucket"]
    problem = _problem(name)
    if problem and bucket.changes("bucket", default=True):
        yield name.fail(
            f"`bucket` is `{quote(name.raw)}`, which {problem}",
            value=quote(name.raw),
            remedy="Use 3 to 63 lowercase letters, digits, hyphens and periods.",
        )


def _problem(name: Argument) -> str:
    """Return the rule that the name breaks; a known part with an invalid character decides."""
    if isinstance(name.raw, PartialString):
        known = "".join(part for part in name.raw.parts if isinstance(part, str))
        if invalid_character(known):
            return bucket_name_problem(known)
    return bucket_name_problem(name.string())
