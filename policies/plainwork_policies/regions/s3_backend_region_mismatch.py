"""S3 backend Region does not match the state bucket.

What: an S3 backend whose `region` is not the region of its bucket, where the stack has that bucket; otherwise, one
    whose `region` is that of none of the stack's AWS providers.
Why: a bucket lives in one region. Asked for it in another, S3 answers with a redirect and `terraform init` fails; and
    where a bucket does lie there, so does the state, outside the region that was chosen for the stack.
Remedy: write the bucket's region into the backend block::

        terraform {
          backend "s3" {
            bucket = "example-terraform-state"
            key    = "prod/network.tfstate"
            region = "eu-central-1"
          }
        }
Limitations: a plan has no backend, so there is nothing to judge in one. Where the bucket is made elsewhere, its
    region is
    guessed: a backend in any region that the stack has a provider for passes, and a state bucket that is meant to lie
    in a region of its own fails. A `region` that `-backend-config` or the environment gives is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.providers import aws_providers, region_of
from plainwork_policies.regions.table import region_of_resource


@policy(
    "PLW_REGION_002",
    "s3-backend-region-mismatch",
    aliases=("backend-region-mismatch",),
    severity="medium",
    subjects=lambda stack: stack.backends("s3"),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_region_mismatch(backend: Backend, stack: Stack) -> Iterator[Finding]:
    """Compare the region of *backend* with its bucket's, or with those of all providers."""
    region = backend.get("region")
    if region is None:
        yield not_evaluated("region", "the backend has no `region`: `-backend-config` or the environment gives it")
    elif isinstance(region, Unknown):
        yield not_evaluated("region", region)
    else:
        yield from _compared(str(region), *_regions(backend, stack))


def _compared(region: str, whose: str, others: list[str | Unknown]) -> Iterator[Finding]:
    known = sorted({other for other in others if isinstance(other, str)})
    unknown = [other for other in others if isinstance(other, Unknown)]
    if region in known:
        return
    if unknown or not known:
        yield not_evaluated("region", unknown[0] if unknown else "the stack has no AWS provider to compare with")
        return
    named = enumeration(known)
    yield fail(
        "region",
        f"names the region `{region}`, but {whose} in {named}",
        value=region,
        remedy=f"write the region that the bucket lies in, which by this stack is {named}",
    )


def _regions(backend: Backend, stack: Stack) -> tuple[str, list[str | Unknown]]:
    """Return whose regions are compared, in words, and the regions."""
    name = backend.get("bucket")
    buckets = [each for each in stack.managed("aws_s3_bucket") if isinstance(name, str) and each.get("bucket") == name]
    if buckets:
        return f"its bucket {buckets[0].address} is", [region_of_resource(each, stack) for each in buckets]
    return "every AWS provider of the stack is", [region_of(provider) for provider in aws_providers(stack)]
