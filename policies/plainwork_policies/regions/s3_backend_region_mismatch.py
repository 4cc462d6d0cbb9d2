"""S3 backend Region does not match the state bucket.

What: An S3 backend whose `region` is not that of its bucket, in a stack that defines the bucket.
Why: A bucket is in one Region. In another one S3 answers with a redirect and `terraform init` fails; if a bucket of
    that name is there, the state is stored outside the Region that was chosen for the stack.
Remedy: Set `region` in the backend block to the Region of the bucket.
Limitations: A plan has no backend. A bucket that the stack does not define may be in any Region, so its backend is not
    checked; many teams have one bucket for the stacks of all Regions. A `region` from `-backend-config` or the
    environment is not evaluated.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Resource, Subjects, check_each, is_possible, policy
from plainwork_policies.regions.resource_regions import known_regions, resource_region


@policy(
    "PLW_REGION_002",
    "s3-backend-region-mismatch",
    aliases=("backend-region-mismatch",),
    severity="medium",
    on=Subjects(("backend",), lambda stack: stack.backends("s3"), Block),
    where=lambda backend: is_possible(lambda: bool(_buckets(backend))),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_region_mismatch(backend: Block) -> Findings:
    """Compare `region` with the Region of the bucket."""
    region = backend["region"]
    if not region.is_configured:
        raise region.not_evaluated("the backend block has no `region`; pass `--backend-config`")

    def check(bucket: Resource) -> Findings:
        own = resource_region(bucket)
        if region.string() != own:
            (known,) = known_regions(region, [own])
            yield region.fail(
                f"`region` is `{region.string()}`, but bucket `{bucket.address}` is in `{known}`",
                remedy=f'Set `region = "{known}"` in the backend block.',
            )

    yield from check_each(_buckets(backend), check)


def _buckets(backend: Block) -> list[Resource]:
    """Return the bucket of the backend, if the stack defines it."""
    name = backend["bucket"].raw
    own = [backend.view(bucket) for bucket in backend.stack.managed("aws_s3_bucket")]
    return [bucket for bucket in own if isinstance(name, str) and bucket["bucket"].is_one_of((name,))]
