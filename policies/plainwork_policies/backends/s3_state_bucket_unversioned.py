"""S3 state bucket does not have versioning enabled.

What: an `aws_s3_bucket` that a backend names as its bucket, without an `aws_s3_bucket_versioning` of the stack that is
    `Enabled`.
Why: a state that is overwritten, by a failed migration or by a person, is gone; what it described still runs and has to
    be imported again, resource by resource. With versions it is one copy away.
Remedy: enable versioning next to the bucket::

        resource "aws_s3_bucket_versioning" "state" {
          bucket = aws_s3_bucket.state.id

          versioning_configuration {
            status = "Enabled"
          }
        }
Limitations: the bucket is known by its name, in this stack's backend or in that of another stack of the same run; a
    bucket
    that nobody names, or whose name is not known, is not judged. Inside Checkov only this stack's own backend counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.backends.s3 import is_on
from plainwork_policies.backends.stores import resources_referencing, state_buckets, written
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_BACKEND_007",
    "s3-state-bucket-unversioned",
    aliases=("state-bucket-unversioned",),
    severity="high",
    subjects=state_buckets,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_state_bucket_unversioned(bucket: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge what the stack says of the versions of *bucket*."""
    said = list(_said(bucket, stack))
    if "Enabled" in said:
        return
    unknown = [each for each in said if isinstance(each, Unknown)]
    if unknown:
        yield not_evaluated("versioning", unknown[0])
        return
    how = f"its versioning is `{said[0]}`" if said else "nothing in the stack enables its versioning"
    yield fail(
        "versioning",
        f"holds Terraform's state, and {how}: a state that is overwritten is lost",
        value=said[0] if said else None,
        remedy='add an `aws_s3_bucket_versioning` with `status = "Enabled"`',
    )


def _said(bucket: Resource, stack: Stack) -> Iterator[Value]:
    for part in resources_referencing(bucket, stack, "aws_s3_bucket_versioning"):
        yield part if isinstance(part, Unknown) else part.get("versioning_configuration.0.status")
    for block in written(bucket, "versioning"):
        enabled = look_up({"versioning": [block]}, "versioning.0.enabled")
        yield enabled if isinstance(enabled, Unknown) else "Enabled" if is_on(enabled) else "Suspended"
