"""Permissions to read the states of other stacks, for the roles that plan a stack that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.iam import allow, condition, partition
from plainwork.s3_state_backend.encryption import use_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plainwork.terraform.exports import RemoteState


def read_statements(
    states: Iterable[RemoteState], own_bucket: str, own_arn: str, own_region: str
) -> Iterator[dict[str, Any]]:
    """Yield the statements that allow reading the states, at most three for each bucket.

    Args:
        states: what a stack reads; only those in S3 need permissions here.
        own_bucket: name of the bucket of the grant, whose key the role can use already.
        own_arn: its ARN, a reference.
        own_region: its Region, and that of a bucket whose backend block has none.
    """
    buckets: dict[str, list[RemoteState]] = {}
    for state in states:
        if state.backend == "s3":
            buckets.setdefault(state.config["bucket"], []).append(state)
    for position, (bucket, in_bucket) in enumerate(buckets.items()):
        suffix, config, is_own = str(position or ""), in_bucket[0].config, bucket == own_bucket
        region = config.get("region", own_region)
        arn = own_arn if is_own else f"arn:{partition(region)}:s3:::{bucket}"
        keys = list(dict.fromkeys(state.config["key"] for state in in_bucket))
        prefix = condition("StringEquals", "s3:prefix", *keys)
        yield allow(f"FindReadStates{suffix}", ["s3:ListBucket"], [arn], prefix)
        yield allow(f"ReadStates{suffix}", ["s3:GetObject"], [f"{arn}/{key}" for key in keys])
        if not is_own and (key := config.get("kms_key_id")):
            yield use_key(f"UseKeyOfReadStates{suffix}", ["kms:Decrypt"], key, region)
