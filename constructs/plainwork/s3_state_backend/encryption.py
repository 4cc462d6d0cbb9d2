"""How states are encrypted: the choice, and what follows from it for bucket, backend block, bucket policy and grants.

The subtle part is the name of the key. Terraform sends a backend block's `kms_key_id` to S3 as it stands, and a backend
block can hold no reference, so a key that is yet to be made is named there by the ARN of its alias, which is known
beforehand. AWS documents the condition key `s3:x-amz-server-side-encryption-aws-kms-key-id` for key ARNs, and says that
the key that S3 will use must match (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
The bucket policy therefore accepts both spellings, and no third.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.iam import condition, deny, partition
from plainwork.s3_state_backend.kms_key import make_key
from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.s3_state_backend.location import Location
    from plainwork.terraform import Construct

ALGORITHM = "s3:x-amz-server-side-encryption"
KMS_KEY = f"{ALGORITHM}-aws-kms-key-id"
CUSTOMER_ALGORITHM = f"{ALGORITHM}-customer-algorithm"

_KEY_ARN = re.compile(r"arn:(?P<partition>aws[a-z-]*):kms:(?P<region>[a-z0-9-]+):\d{12}:key/[A-Za-z0-9-]+")


@dataclass(frozen=True)
class SseS3:
    """Encryption with keys that S3 manages (AES256): no KMS key, no KMS permissions, no audit trail of decryption."""


@dataclass(frozen=True)
class SseKms:
    """Encryption with a KMS key, the default.

    Attributes:
        key_arn: the ARN of an existing key in the bucket's region; None makes a key for this bucket alone, which
            rotates, has the alias `alias/<bucket>`, and can be used through S3 only.
    """

    key_arn: str | None = None


Encryption = SseKms | SseS3


def encryption_problems(encryption: Encryption, location: Location) -> Iterator[str]:
    """One sentence for each thing that is wrong with the choice."""
    if not isinstance(encryption, Encryption):
        yield f"encryption must be SseKms(), SseKms(key_arn=...) or SseS3(): got {encryption!r}"
        return
    if isinstance(encryption, SseS3) or encryption.key_arn is None:
        return
    found = _KEY_ARN.fullmatch(str(encryption.key_arn))
    if not found:
        yield (
            "encryption key_arn must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), written out, "
            f"not an alias or a reference: got {encryption.key_arn!r}"
        )
    elif found["region"] != location.region:
        yield f"encryption key_arn must be of a key in region {location.region!r}: got {encryption.key_arn!r}"
    elif found["partition"] != partition(location.region):
        yield f"encryption key_arn must begin with arn:{partition(location.region)}: got {encryption.key_arn!r}"


class EncryptedWith:
    """The encryption in force.

    Attributes:
        backend_arguments: what every backend block says of it.
        key_arn: the key that principals need permission for, or None.
        region: where the key is.
    """

    def __init__(self, scope: Construct, encryption: Encryption, location: Location) -> None:
        self._location = location
        self.region = location.region
        self.key_arn: str | None = None
        self._key_names: tuple[str, ...] = ()
        self.backend_arguments: dict[str, Any] = {"encrypt": True}
        if isinstance(encryption, SseS3):
            return
        if encryption.key_arn:
            self._use(encryption.key_arn, encryption.key_arn, (encryption.key_arn,))
        else:
            self._make_key(scope)

    @property
    def algorithm(self) -> str:
        """The value of S3's encryption header: `aws:kms` or `AES256`."""
        return "aws:kms" if self.key_arn else "AES256"

    def encrypt(self, scope: Construct, bucket: Resource) -> None:
        """Make this the bucket's default, which also holds for uploads that name no encryption."""
        by_default = {"sse_algorithm": self.algorithm}
        rule: dict[str, Any] = {"apply_server_side_encryption_by_default": by_default}
        if self.key_arn:
            by_default["kms_master_key_id"] = self.key_arn
            rule["bucket_key_enabled"] = True
        Resource(
            scope,
            "aws_s3_bucket_server_side_encryption_configuration",
            bucket=bucket["id"],
            rule=rule,
        )

    def deny_statements(self, objects: str) -> list[dict[str, Any]]:
        """Refuse every upload that names an encryption other than this one.

        An upload that names none is not refused: S3 encrypts it with the bucket's default, which is this, and the parts
        of a state above 5 MB name none (https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html). `Null`
        stands beside `StringNotEquals` because that one also holds where the header is missing
        (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
        """
        put = (["s3:PutObject"], [objects])
        named = condition("Null", ALGORITHM, "false")
        statements = [
            deny("DenyOtherEncryption", *put, named, condition("StringNotEquals", ALGORITHM, self.algorithm)),
            deny("DenyCustomerKeys", *put, condition("Null", CUSTOMER_ALGORITHM, "false")),
        ]
        if self._key_names:
            other_key = condition("StringNotEquals", KMS_KEY, *self._key_names)
            statements.insert(1, deny("DenyOtherKeys", *put, named, other_key))
        return statements

    def _use(self, key_arn: str, name: str, key_names: tuple[str, ...]) -> None:
        self.key_arn, self._key_names = key_arn, key_names
        self.backend_arguments["kms_key_id"] = name

    def _make_key(self, scope: Construct) -> None:
        alias_name = f"alias/{self._location.bucket}"
        key = make_key(scope, self._location)
        alias = Resource(scope, "aws_kms_alias", name=alias_name, target_key_id=key["key_id"])
        self._use(key["arn"], self._location.arn("kms", alias_name), (key["arn"], alias["arn"]))
