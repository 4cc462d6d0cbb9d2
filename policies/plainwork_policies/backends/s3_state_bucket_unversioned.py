"""S3 state bucket does not have versioning enabled.

What: An `aws_s3_bucket` that is the `bucket` of a backend, for which the stack has no `aws_s3_bucket_versioning` with
    `status = "Enabled"`.
Why: A state that is overwritten or deleted is lost. Its resources still exist, and each must be imported again. A
    bucket with versioning keeps the previous state.
Remedy: Add an `aws_s3_bucket_versioning` with `status = "Enabled"` for the bucket.
Limitations: A bucket is a state bucket if its name is the `bucket` of a backend of the run. A bucket with an unknown
    name and without versioning is not evaluated if its stack has a backend whose bucket may have this name; backends
    of other stacks are then not compared. In Checkov only the backend of the same stack is compared.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, any_condition, policy, some
from plainwork_policies.backends.subjects import STATE_BUCKETS, is_state_bucket

_STATUS = "versioning_configuration.status"
_MISSING = "no `aws_s3_bucket_versioning` enables versioning"


@policy(
    "PLW_BACKEND_007",
    "s3-state-bucket-unversioned",
    severity="high",
    on=STATE_BUCKETS,
    aliases=("state-bucket-unversioned",),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_state_bucket_unversioned(bucket: Resource) -> Findings:
    """Check `aws_s3_bucket_versioning`, and the block `versioning` of AWS provider 3."""
    versioning = bucket.referenced_by("aws_s3_bucket_versioning", "bucket", "bucket", in_modules=False)
    if any_condition(
        lambda: some(versioning, lambda resource: resource[_STATUS].string(default="") == "Enabled"),
        lambda: some(bucket.blocks("versioning"), lambda block: block["enabled"].bool(default=False)),
    ) or not is_state_bucket(bucket):
        return
    states = [f"`status` of {resource.address} is {resource[_STATUS].state}" for resource in versioning]
    states += [f"`{block.path}.enabled` is {block['enabled'].state}" for block in bucket.blocks("versioning")]
    yield bucket["versioning"].fail(
        f"{states[0] if states else _MISSING}; an overwritten state cannot be restored",
        remedy='Add `aws_s3_bucket_versioning` with `status = "Enabled"`.',
    )
