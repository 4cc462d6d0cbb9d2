"""A KMS key for one bucket: who may administer it, and that it is used through S3 only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.iam import account_root, allow, condition, dns_suffix
from plainwork.terraform import DataSource, Resource

if TYPE_CHECKING:
    from plainwork.s3_state_backend.location import Location
    from plainwork.terraform import Construct

_ADMINISTRATION = (
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
)


def make_key(scope: Construct, location: Location) -> Resource:
    """The key, which rotates, and which nobody deletes within a month."""
    return Resource(
        scope,
        "aws_kms_key",
        description=f"Terraform state in {location.bucket}",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=_key_policy(scope, location)["json"],
        lifecycle={"prevent_destroy": True},
    )


def via_s3(region: str) -> dict[str, Any]:
    """The condition that a key is used by S3 on a principal's behalf, not by the principal.

    Where a partition has a suffix of its own both are let in: which of them KMS compares there was not seen.
    https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
    """
    suffixes = dict.fromkeys(("amazonaws.com", dns_suffix(region)))
    return condition("StringEquals", "kms:ViaService", *(f"s3.{region}.{suffix}" for suffix in suffixes))


def _key_policy(scope: Construct, location: Location) -> DataSource:
    """IAM policies of the account decide; none can let anybody encrypt or decrypt except through S3.

    Administration is what https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html gives to key
    administrators, without grants, imports and replicas; `PutKeyPolicy` in it is the way back from every mistake.
    `*` in a key policy means this key (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html).
    """
    account = account_root(location.region, location.account_id)
    use = ("kms:Decrypt", "kms:GenerateDataKey")
    return DataSource(
        scope,
        "aws_iam_policy_document",
        "key",
        statement=[
            allow("AdministerKey", _ADMINISTRATION, ["*"], principals=account),
            allow("UseKeyThroughS3", use, ["*"], via_s3(location.region), principals=account),
        ],
    )
