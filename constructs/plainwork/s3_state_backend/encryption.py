"""Encryption of states: the KMS key, and the arguments of bucket, backend block and bucket policy that follow from it.

Terraform sends `kms_key_id` of the backend block to S3 unchanged, and a backend block cannot contain a reference.
A key that Terraform has not created yet has no known ARN, but the ARN of its alias is known, so the backend block
contains the alias ARN. AWS documents the condition key `s3:x-amz-server-side-encryption-aws-kms-key-id` for key ARNs,
and requires that it matches the key that S3 uses
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
The bucket policy therefore accepts exactly two values: the ARN of the key and the ARN of its alias.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.iam import account_root, allow, condition, deny
from plainwork.terraform import DataSource, Resource
from plainwork_core.aws.regions import dns_suffix, partition
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.s3_state_backend.bucket import BucketLocation
    from plainwork.terraform import Construct

_ALGORITHM = "s3:x-amz-server-side-encryption"
_KMS_KEY = f"{_ALGORITHM}-aws-kms-key-id"
_CUSTOMER_ALGORITHM = f"{_ALGORITHM}-customer-algorithm"
_KEY_ADMINISTRATION = (
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


@frozen()
class SseS3:
    """Encryption with keys that S3 manages (AES256): no KMS key, no KMS permissions, no audit trail of decryption."""


@frozen()
class SseKms:
    """Encryption with a KMS key.

    Attributes:
        kms_key_id: ARN of an existing key in the Region of the bucket. None creates a key for this bucket, with
            rotation, the alias `alias/<bucket>`, and a key policy that allows encryption and decryption through S3
            only.
    """

    kms_key_id: str | None = None


Encryption = SseKms | SseS3


def encryption_problems(encryption: Encryption, location: BucketLocation) -> Iterator[str]:
    """Yield a message if the encryption is not one of the two classes, or its key is not a key of this Region."""
    if not isinstance(encryption, Encryption):
        yield f"encryption must be SseKms(), SseKms(kms_key_id=...) or SseS3(): got {encryption!r}"
        return
    if isinstance(encryption, SseS3) or encryption.kms_key_id is None:
        return
    yield from _key_problems("encryption.kms_key_id", encryption.kms_key_id, location.region)


def _key_problems(name: str, key_arn: Any, region: str) -> Iterator[str]:
    if scalars.is_reference(key_arn):
        yield f"{name} must be a literal, because a backend block cannot contain a reference: got {key_arn!r}"
    elif problems := [*identifiers.kms_key_problems(name, key_arn, region)]:
        yield from problems
    elif not key_arn.startswith(f"arn:{partition(region)}:"):
        yield f"{name} must begin with arn:{partition(region)}, the partition of {region}: got {key_arn!r}"


class AppliedEncryption:
    """The encryption of one bucket, with its KMS key.

    Attributes:
        backend_arguments: arguments of the backend block.
        kms_key_arn: ARN of the key that principals need permissions for; None with `SseS3`.
        region: Region of the key.
    """

    def __init__(self, scope: Construct, encryption: Encryption, location: BucketLocation) -> None:
        self.region = location.region
        self.kms_key_arn: str | None = None
        self.backend_arguments: dict[str, Any] = {"encrypt": True}
        self._accepted_keys: tuple[str, ...] = ()
        if isinstance(encryption, SseS3):
            return
        if encryption.kms_key_id:
            self.kms_key_arn = self.backend_arguments["kms_key_id"] = encryption.kms_key_id
            self._accepted_keys = (encryption.kms_key_id,)
            return
        alias_name = f"alias/{location.bucket}"
        key = _create_key(scope, location)
        alias = Resource(scope, "aws_kms_alias", name=alias_name, target_key_id=key["key_id"])
        self.kms_key_arn = key["arn"]
        self.backend_arguments["kms_key_id"] = location.arn("kms", alias_name)
        self._accepted_keys = (key["arn"], alias["arn"])

    @property
    def algorithm(self) -> str:
        """The value of S3's encryption header: `aws:kms` or `AES256`."""
        return "aws:kms" if self.kms_key_arn else "AES256"

    def set_bucket_default(self, scope: Construct, bucket: Resource) -> None:
        """Make this the default encryption of the bucket, which S3 applies to uploads without encryption headers."""
        by_default = {"sse_algorithm": self.algorithm}
        rule: dict[str, Any] = {"apply_server_side_encryption_by_default": by_default}
        if self.kms_key_arn:
            by_default["kms_master_key_id"] = self.kms_key_arn
            rule["bucket_key_enabled"] = True
        Resource(
            scope,
            "aws_s3_bucket_server_side_encryption_configuration",
            bucket=bucket["id"],
            rule=rule,
        )

    def deny_statements(self, objects: str) -> list[dict[str, Any]]:
        """Deny uploads whose headers select another encryption.

        Uploads without encryption headers are not denied: S3 applies the default of the bucket, and the parts of a
        state above 5 MB have no such header (https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html).
        `Null` accompanies `StringNotEquals`, because that operator also matches if the header is absent
        (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
        """
        put = (["s3:PutObject"], [objects])
        has_header = condition("Null", _ALGORITHM, "false")
        statements = [
            deny("DenyOtherEncryption", *put, has_header, condition("StringNotEquals", _ALGORITHM, self.algorithm)),
            deny("DenyCustomerKeys", *put, condition("Null", _CUSTOMER_ALGORITHM, "false")),
        ]
        if self._accepted_keys:
            other_key = condition("StringNotEquals", _KMS_KEY, *self._accepted_keys)
            statements.insert(1, deny("DenyOtherKeys", *put, has_header, other_key))
        return statements


def via_s3(region: str) -> dict[str, Any]:
    """Return the condition that S3 uses a KMS key for the principal, which does not call KMS directly.

    In a partition with its own DNS suffix the condition accepts both suffixes, because AWS does not document which of
    them KMS compares: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
    """
    suffixes = dict.fromkeys(("amazonaws.com", dns_suffix(region)))
    return condition("StringEquals", "kms:ViaService", *(f"s3.{region}.{suffix}" for suffix in suffixes))


def _create_key(scope: Construct, location: BucketLocation) -> Resource:
    return Resource(
        scope,
        "aws_kms_key",
        description=f"Terraform state in {location.bucket}",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=_key_policy(scope, location)["json"],
        lifecycle={"prevent_destroy": True},
    )


def _key_policy(scope: Construct, location: BucketLocation) -> DataSource:
    """Delegate to the IAM policies of the account, which can allow encryption and decryption through S3 only.

    The administrative actions are those of key administrators in
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html without grants, imports and replicas.
    `kms:PutKeyPolicy` among them makes every mistake in this policy correctable. `*` in a key policy is this key
    (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html).
    """
    account = account_root(location.region, location.account_id)
    use = ("kms:Decrypt", "kms:GenerateDataKey")
    return DataSource(
        scope,
        "aws_iam_policy_document",
        "key",
        statement=[
            allow("AdministerKey", _KEY_ADMINISTRATION, ["*"], principals=account),
            allow("UseKeyThroughS3", use, ["*"], via_s3(location.region), principals=account),
        ],
    )
