"""S3 backend does not use the KMS key of the state bucket.

What: an S3 backend with `encrypt = true` and without `kms_key_id`, where the bucket, made by this stack or by another
    of the same run, encrypts by default with a KMS key of its own.
Why: with `encrypt` alone Terraform asks S3 for `AES256` for every state and every lock, and what is asked for counts
    before the bucket's default. The state lies there without the key that was made for it, and a bucket policy that
    wants the key refuses it.
Remedy: name the key in the block too::

        terraform {
          backend "s3" {
            bucket     = "example-terraform-state"
            key        = "prod/network.tfstate"
            region     = "eu-central-1"
            encrypt    = true
            kms_key_id = "arn:aws:kms:eu-central-1:123456789012:alias/terraform-state"
          }
        }
Limitations: judged where the bucket is in the run, known by its name. Whether the two keys are the same is not
    compared.
    Inside Checkov only a bucket of the same stack counts. A plan has no backend.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Resource, Run, Stack, cached_per_run
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.backends.s3 import argument, is_on, s3_backends
from plainwork_policies.backends.stores import resources_referencing
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration"
_DEFAULT = "rule.0.apply_server_side_encryption_by_default.0"


def into_known_buckets(stack: Stack) -> list[Backend]:
    """Return the stack's backend where its bucket is in the run."""
    return [backend for backend in s3_backends(stack) if any(_buckets(backend, stack))]


@policy(
    "PLW_BACKEND_011",
    "s3-backend-kms-key-bypassed",
    aliases=("bucket-key-bypassed",),
    severity="medium",
    subjects=into_known_buckets,
    links=("https://github.com/hashicorp/terraform/blob/v1.11.4/internal/backend/remote-state/s3/client.go",),
)
def s3_backend_kms_key_bypassed(backend: Backend, stack: Stack) -> Iterator[Finding]:
    """Compare how *backend* encrypts with how its bucket does."""
    key = argument(backend, "kms_key_id")
    if not is_on(backend.get("encrypt")) or (key is not None and not isinstance(key, Unknown)):
        return
    for own in (each for bucket, home in _buckets(backend, stack) for each in _keys(bucket, home)):
        unknown = [each for each in (own, key) if isinstance(each, Unknown)]
        if unknown:
            yield not_evaluated("kms_key_id", unknown[0])
        elif own:
            yield fail(
                "kms_key_id",
                "asks S3 for `AES256`, but its bucket encrypts with a KMS key of its own",
                value=key,
                remedy="write the bucket's key as `kms_key_id`",
            )


def _buckets(backend: Backend, stack: Stack) -> Iterator[tuple[Resource, Stack]]:
    name = backend.get("bucket")
    yield from _buckets_of_run(stack).get(name, ()) if isinstance(name, str) else ()


@cached_per_run
def _buckets_of_run(run: Run) -> dict[str, list[tuple[Resource, Stack]]]:
    """Return the buckets of the run, each with its stack, by name."""
    found: dict[str, list[tuple[Resource, Stack]]] = {}
    for home in run.stacks:
        for bucket in home.managed("aws_s3_bucket"):
            if isinstance(name := bucket.get("bucket"), str):
                found.setdefault(name, []).append((bucket, home))
    return found


def _keys(bucket: Resource, stack: Stack) -> Iterator[Value]:
    """Yield for each encryption of *bucket* whether it is by a key of its own; `Unknown` where nobody can tell."""
    for part in resources_referencing(bucket, stack, _ENCRYPTION):
        if isinstance(part, Unknown):
            yield part
            continue
        algorithm = part.get(f"{_DEFAULT}.sse_algorithm")
        if isinstance(algorithm, Unknown):
            yield algorithm
        elif algorithm in ("aws:kms", "aws:kms:dsse"):
            yield part.get(f"{_DEFAULT}.kms_master_key_id") is not None
