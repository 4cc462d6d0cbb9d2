"""S3 backend Region does not match the state bucket.

What: An S3 backend whose `region` is not that of its bucket, if the stack defines the bucket; otherwise, one whose
    `region` is not that of any AWS provider of the stack.
Why: A bucket is in one Region. In another one S3 answers with a redirect and `terraform init` fails; if a bucket of
    that name is there, the state is stored outside the Region that was chosen for the stack.
Remedy: Set `region` in the backend block to the Region of the bucket.
Limitations: A plan has no backend. If the stack does not define the bucket, its Region is an assumption: a backend
    passes in the Region of any provider of the stack, and fails in a Region of its own. A `region` from
    `-backend-config` or the environment is not evaluated.
"""

from __future__ import annotations

from plainwork_core.text import enumeration
from plainwork_policies.api import Block, Findings, Resource, Subjects, policy
from plainwork_policies.regions.resource_regions import (
    Region,
    aws_providers,
    known_regions,
    provider_region,
    resource_region,
)


@policy(
    "PLW_REGION_002",
    "s3-backend-region-mismatch",
    aliases=("backend-region-mismatch",),
    severity="medium",
    on=Subjects(("backend",), lambda stack: stack.backends("s3"), Block),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_region_mismatch(backend: Block) -> Findings:
    """Compare `region` with the Region of the bucket, or with those of all providers."""
    region = backend["region"]
    if not region.is_configured:
        raise region.not_evaluated("the backend block has no `region`; pass `--backend-config`")
    owner, regions = _expected(backend)
    if region.string() in regions:
        return
    known = known_regions(region, regions)
    setting = f'`region = "{known[0]}"`' if len(known) == 1 else f"`region` to {enumeration(known, 'or')}"
    yield region.fail(
        f"`region` is `{region.string()}`, but {owner} {enumeration(known)}",
        remedy=f"Set {setting} in the backend block.",
    )


def _expected(backend: Block) -> tuple[str, list[Region]]:
    """Return a clause about the object that the Region is compared with, and its Regions."""
    name = backend["bucket"].raw
    resources = (Resource(bucket, backend.stack) for bucket in backend.stack.managed("aws_s3_bucket"))
    buckets = [bucket for bucket in resources if isinstance(name, str) and bucket["bucket"].raw == name]
    if buckets:
        return f"bucket `{buckets[0].address}` is in", [resource_region(bucket) for bucket in buckets]
    return "the AWS providers of the stack use", [
        provider_region(provider) for provider in aws_providers(backend.stack)
    ]
