"""S3 state bucket can be destroyed with all states.

What: An `aws_s3_bucket` that is the `bucket` of a backend and has `force_destroy = true`.
Why: `terraform destroy`, or a replacement of the bucket, first deletes every object, also the old versions. All states
    in the bucket are lost, and their resources must be imported again.
Remedy: Remove `force_destroy`.
Limitations: A bucket is a state bucket if its name is the `bucket` of a backend of the run. A bucket with an unknown
    name is not evaluated if its stack has a backend whose bucket may have this name. In Checkov only the backend of the
    same stack is compared.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.backends.subjects import STATE_BUCKETS, is_state_bucket


@policy(
    "PLW_BACKEND_016",
    "s3-state-bucket-force-destroy",
    severity="high",
    on=STATE_BUCKETS,
    links=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket",),
)
def s3_state_bucket_force_destroy(bucket: Resource) -> Findings:
    """Check `force_destroy`."""
    force_destroy = bucket["force_destroy"]
    if force_destroy.bool(default=False) and is_state_bucket(bucket):
        yield force_destroy.fail(
            "`force_destroy` is `true`; a destroy deletes all states in the bucket", remedy="Remove `force_destroy`."
        )
