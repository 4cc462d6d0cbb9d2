"""S3 backend does not use the KMS key of the state bucket.

What: An S3 backend with `encrypt = true` and without `kms_key_id`, whose bucket is in the run and has its own KMS key
    as default encryption.
Why: With `encrypt` alone Terraform requests `AES256` for every state and lock, which overrides the default encryption
    of the bucket. The state is stored without the KMS key, and a bucket policy that requires the key rejects it.
Remedy: Set `kms_key_id` to the KMS key of the bucket.
Limitations: The bucket is found by its name. If the name of a bucket in the same stack is unknown and may be the
    backend's, the backend is not evaluated; a bucket with an unknown name in another stack is not compared. Whether
    the two keys are the same is not compared. In Checkov only a bucket of the same stack is found. A plan does not
    contain the backend.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, all_conditions, check_each, is_possible, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend, buckets_of

_ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration"
_DEFAULT = "rule.apply_server_side_encryption_by_default"


@policy(
    "PLW_BACKEND_011",
    "s3-backend-kms-key-bypassed",
    severity="medium",
    on=S3_BACKENDS,
    where=lambda backend: is_possible(lambda: bool(buckets_of(backend))),
    aliases=("bucket-key-bypassed",),
    links=("https://github.com/hashicorp/terraform/blob/v1.11.4/internal/backend/remote-state/s3/client.go",),
)
def s3_backend_kms_key_bypassed(backend: S3Backend) -> Findings:
    """Compare the encryption of the backend with that of its bucket."""
    encrypt, key = backend["encrypt"], backend["kms_key_id"]

    def requests_aes256() -> bool:
        return all_conditions(lambda: encrypt.bool(default=False), lambda: not key.is_set)

    def problems(encryption: Resource) -> Findings:
        if all_conditions(requests_aes256, lambda: _has_own_key(encryption)):
            yield key.fail(
                f"`encrypt` is {encrypt.state} and `kms_key_id` is not set; Terraform requests `AES256` instead of the "
                f"KMS key of {encryption.address}",
                remedy="Set `kms_key_id` to the KMS key of the bucket.",
            )

    if is_possible(requests_aes256):
        for bucket in buckets_of(backend):
            yield from check_each(bucket.referenced_by(_ENCRYPTION, "bucket", "bucket", in_modules=False), problems)


def _has_own_key(encryption: Resource) -> bool:
    algorithm, key = encryption[f"{_DEFAULT}.sse_algorithm"], encryption[f"{_DEFAULT}.kms_master_key_id"]
    return algorithm.string(default="") in ("aws:kms", "aws:kms:dsse") and key.is_set
