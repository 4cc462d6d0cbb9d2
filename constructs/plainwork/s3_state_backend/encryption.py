"""Encryption of states: the KMS key, and the arguments of bucket, backend block and bucket policy that follow from it.

Terraform sends `kms_key_id` of the backend block to S3 unchanged, and a backend block cannot contain a reference.
A key that Terraform has not created yet has no known ARN, but the ARN of its alias is known, so the backend block
contains the alias ARN. AWS documents the condition key `s3:x-amz-server-side-encryption-aws-kms-key-id` for key ARNs,
and requires that it matches the key that S3 uses
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
The bucket policy therefore accepts exactly two values: the ARN of the key and the ARN of its alias.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plainwork.checks import identifiers, scalars
from plainwork.iam import account_root, allow, condition, deny
from plainwork.s3_state_backend.policy_document import PolicyDocument
from plainwork.terraform import Resource
from plainwork.terraform.addresses import naming_scope
from plainwork_core.aws.arn import parse_literal_arn
from plainwork_core.aws.regions import dns_suffix, partition
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plainwork.s3_state_backend.bucket import BucketLocation
    from plainwork.terraform import Construct, Provider

_DEFAULT_ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration"
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


NEW_KMS_KEY: Final = "new"
"""The default of `kms_key_id`: a KMS key that is created for the bucket, with the alias `alias/<bucket>`."""


def kms_key_id_problems(kms_key_id: Any, location: BucketLocation, *, accepts_alias: bool = False) -> Iterator[str]:
    """Yield a message if the value is neither NEW_KMS_KEY, None, nor the ARN of a key of the Region of the bucket."""
    name, region = "kms_key_id", location.region
    if kms_key_id is None or (kms_key_id == NEW_KMS_KEY and not accepts_alias):
        return
    if scalars.is_reference(kms_key_id):
        yield f"{name} must be a literal, because a backend block cannot contain a reference: got {kms_key_id!r}"
        return
    arn = parse_literal_arn(str(kms_key_id))
    is_alias = accepts_alias and arn is not None and arn.service == "kms" and arn.resource.startswith("alias/")
    if problems := [] if is_alias else [*identifiers.kms_key_problems(name, kms_key_id, region)]:
        yield from problems
    elif not kms_key_id.startswith(f"arn:{partition(region)}:kms:{region}:"):
        yield f"{name} must begin with arn:{partition(region)}:kms:{region}, as the bucket: got {kms_key_id!r}"


def blocked_encryption_types_problems(scope: Construct, types: Any) -> Iterator[str]:
    """Yield a message if the value is not a list of types that S3 can block, or the provider cannot block any.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
    """
    choice = naming_scope(scope).registry.schema_choice
    if isinstance(types, str) or any(type_ != "SSE-C" for type_ in types):
        yield (
            "blocked_encryption_types must be ['SSE-C'], which is all that S3 can block, or empty: the bucket policy "
            f"denies other encryption: got {types!r}"
        )
    elif types and (problem := choice.difference("resource", _DEFAULT_ENCRYPTION, "rule.blocked_encryption_types")):
        yield f"blocked_encryption_types must be empty: {problem}"


@frozen()
class StateEncryption:
    """The encryption of one bucket.

    Attributes:
        region: of the bucket and its key.
        kms_key_id: of the backend block: the ARN of the key or of its alias; None with keys that S3 manages.
        kms_key_arn: ARN that permissions are for: that of the key, or that of its alias if the key is unknown.
        key_policy: the policy of the created key, or None.
        accepted_keys: the values of S3's encryption header that select the key.
    """

    region: str
    kms_key_id: str | None = None
    kms_key_arn: str | None = None
    key_policy: PolicyDocument | None = None
    accepted_keys: tuple[str, ...] = ()

    @property
    def backend_arguments(self) -> dict[str, Any]:
        """The arguments of the backend block."""
        return {"encrypt": True, **({"kms_key_id": self.kms_key_id} if self.kms_key_id else {})}

    @property
    def algorithm(self) -> str:
        """The value of S3's encryption header: `aws:kms` or `AES256`."""
        return "aws:kms" if self.kms_key_arn else "AES256"

    def set_bucket_default(
        self, scope: Construct, bucket: Resource, provider: Provider | None = None, blocked: Iterable[str] = ()
    ) -> None:
        """Make this the default encryption of the bucket, which S3 applies to uploads without encryption headers."""
        by_default = {"sse_algorithm": self.algorithm}
        rule: dict[str, Any] = {"apply_server_side_encryption_by_default": by_default}
        if self.kms_key_arn:
            by_default["kms_master_key_id"] = self.kms_key_arn
            rule["bucket_key_enabled"] = True
        if blocked:
            rule["blocked_encryption_types"] = list(blocked)
        Resource(
            scope,
            _DEFAULT_ENCRYPTION,
            provider=provider,
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
        if self.accepted_keys:
            other_key = condition("StringNotEquals", _KMS_KEY, *self.accepted_keys)
            statements.insert(1, deny("DenyOtherKeys", *put, has_header, other_key))
        return statements

    def use_statement(self, sid: str, actions: Iterable[str]) -> list[dict[str, Any]]:
        """Return the statement that allows using the key through S3, or none if there is no key."""
        return [use_key(sid, actions, self.kms_key_arn, self.region)] if self.kms_key_arn else []


def new_key(
    scope: Construct, location: BucketLocation, provider: Provider | None = None, also: Iterable[str] = ()
) -> StateEncryption:
    """Create a KMS key for a bucket, with rotation, an alias, and a key policy that allows its use through S3 only.

    Args:
        scope: the construct of the bucket.
        location: of the bucket.
        provider: of the key; None for that of the stack.
        also: actions through S3 that IAM policies can allow beside decryption and data keys.
    """
    policy = _key_policy(scope, location, also)
    alias_name = f"alias/{location.bucket}"
    key = Resource(
        scope,
        "aws_kms_key",
        provider=provider,
        description=f"Terraform state in {location.bucket}",
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=policy.json,
        lifecycle={"prevent_destroy": True},
    )
    alias = Resource(scope, "aws_kms_alias", provider=provider, name=alias_name, target_key_id=key["key_id"])
    accepted_keys = (key["arn"], alias["arn"])
    return StateEncryption(location.region, location.arn("kms", alias_name), key["arn"], policy, accepted_keys)


def existing_key(region: str, kms_key_id: str | None) -> StateEncryption:
    """Return the encryption with the ARN of a key or of its alias; None means that S3 manages the key."""
    return StateEncryption(region, kms_key_id, kms_key_id, None, (kms_key_id,) if kms_key_id else ())


def use_key(sid: str, actions: Iterable[str], key: str, region: str) -> dict[str, Any]:
    """Allow actions on a KMS key through S3.

    An alias in `Resource` is no key, so a condition limits the keys to the one that has the alias:
    https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html

    Args:
        sid: the id of the statement.
        actions: such as `kms:Decrypt`.
        key: its ARN, a reference to it, the ARN of its alias, or its ID.
        region: of the key.
    """
    if scalars.is_reference(key):
        return allow(sid, actions, [key], via_s3(region))
    arn = parse_literal_arn(key)
    name = arn.resource if arn else key
    keys = f"arn:{partition(region)}:kms:{region}:{arn.account if arn else '*'}:key/"
    if not name.startswith("alias/"):
        return allow(sid, actions, [f"{keys}{name.removeprefix('key/')}"], via_s3(region))
    has_alias = condition("ForAnyValue:StringEquals", "kms:ResourceAliases", name)
    return allow(sid, actions, [f"{keys}*"], has_alias, via_s3(region))


def via_s3(region: str) -> dict[str, Any]:
    """Return the condition that S3 uses a KMS key for the principal, which does not call KMS directly.

    In a partition with its own DNS suffix the condition accepts both suffixes, because AWS does not document which of
    them KMS compares: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
    """
    suffixes = dict.fromkeys(("amazonaws.com", dns_suffix(region)))
    return condition("StringEquals", "kms:ViaService", *(f"s3.{region}.{suffix}" for suffix in suffixes))


def _key_policy(scope: Construct, location: BucketLocation, also: Iterable[str]) -> PolicyDocument:
    """Delegate to the IAM policies of the account, which can allow encryption and decryption through S3 only.

    The administrative actions are those of key administrators in
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html without grants, imports and replicas.
    `kms:PutKeyPolicy` among them makes every mistake in this policy correctable. `*` in a key policy is this key
    (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html).
    """
    account = account_root(location.region, location.account_id)
    use = ("kms:Decrypt", "kms:GenerateDataKey", *also)
    return PolicyDocument(
        scope,
        "key",
        [
            allow("AdministerKey", _KEY_ADMINISTRATION, ["*"], principals=account),
            allow("UseKeyThroughS3", use, ["*"], via_s3(location.region), principals=account),
        ],
    )
