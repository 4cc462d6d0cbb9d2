"""S3 backend makes the state public with a canned ACL.

What: An S3 backend whose `acl` is `public-read`, `public-read-write` or `authenticated-read`.
Why: Terraform writes each state with this ACL. Anyone, or anyone with an AWS account, can then read the passwords and
    keys in the state, if the bucket has ACLs enabled and no public access block.
Remedy: Remove `acl`, or set `bucket-owner-full-control` for a bucket of another account.
Limitations: The ACL settings and the public access block of the bucket are not read. A plan does not contain the
    backend.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend

_PUBLIC = {"public-read": "anyone", "public-read-write": "anyone", "authenticated-read": "anyone with an AWS account"}


@policy(
    "PLW_BACKEND_012",
    "s3-backend-public-acl",
    severity="critical",
    on=S3_BACKENDS,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl",),
)
def s3_backend_public_acl(backend: S3Backend) -> Findings:
    """Check the canned ACL."""
    acl = backend["acl"]
    if readers := _PUBLIC.get(acl.string(default="")):
        yield acl.fail(
            f"`acl` is {acl.state}; {readers} can read the state",
            remedy='Remove `acl`, or set `acl = "bucket-owner-full-control"` for a bucket of another account.',
        )
