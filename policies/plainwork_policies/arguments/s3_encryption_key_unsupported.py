"""S3 default encryption has a KMS key that its algorithm does not use.

What: `apply_server_side_encryption_by_default` of an `aws_s3_bucket_server_side_encryption_configuration` or an
    `aws_s3_bucket` has a `kms_master_key_id`, and `sse_algorithm` is `AES256`.
Why: S3 accepts a key only with `aws:kms` and `aws:kms:dsse`. The plan accepts it, and S3 rejects the configuration
    during the apply. The objects were to be encrypted with the key.
Remedy: Set `sse_algorithm = "aws:kms"`.
Limitations: Whether the key exists is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.api import Block, Findings, Resource, all_conditions, check_each, flattened, policy

_CONFIGURATION = "aws_s3_bucket_server_side_encryption_configuration"
_BLOCK = "rule.apply_server_side_encryption_by_default"
_PATHS = {_CONFIGURATION: _BLOCK, "aws_s3_bucket": f"server_side_encryption_configuration.{_BLOCK}"}
_KEY = "kms_master_key_id"


@policy(
    "PLW_ARG_006",
    "s3-encryption-key-unsupported",
    severity="medium",
    on=tuple(_PATHS),
    where=lambda resource: resource[_PATHS[resource.type].partition(".")[0]].is_configured,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html",),
)
def s3_encryption_key_unsupported(resource: Resource) -> Findings:
    """Check each rule."""
    yield from check_each(_blocks(resource, _PATHS[resource.type]), _problems)


def _problems(encryption: Block) -> Findings:
    key, algorithm = encryption[_KEY], encryption["sse_algorithm"]
    if key.raw not in (None, "") and all_conditions(
        lambda: algorithm.string() == "AES256", lambda: key.is_set and key.raw != ""
    ):
        yield key.fail(
            f"`{_KEY}` is set, but `sse_algorithm` is `AES256`, which does not use it",
            remedy='Set `sse_algorithm = "aws:kms"`.',
        )


def _blocks(block: Block, path: str) -> Iterator[Block]:
    name, _, rest = path.partition(".")
    nested = block.blocks(name)
    return flattened(nested, lambda found: _blocks(found, rest)) if rest else iter(nested)
