"""What S3 answers to requests for objects with keys of KMS or of the customer, which moto does not check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.aws_answers import Answer

if TYPE_CHECKING:
    from tests.support.doctor_server import Call

ACCOUNT_ID = "123456789012"
_CUSTOMER_KEY = "x-amz-server-side-encryption-customer-key-md5"
_CODES = {"Disabled": "KMS.DisabledException", "PendingDeletion": "KMS.KMSInvalidStateException"}
_WORDS = {"KMS.DisabledException": "disabled", "KMS.KMSInvalidStateException": "pending deletion"}
CUSTOMER_ENCRYPTED = "plainwork-customer-key"
"""The metadata of an object that a test stores as one with a key of the customer."""


def object_answer(call: Call) -> Answer | None:
    """The error of S3; None if it has none."""
    if call.operation not in ("GetObject", "HeadObject", "PutObject"):
        return None
    return _of_customer_key(call) or _of_key(call)


def _of_customer_key(call: Call) -> Answer | None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html"""
    stored = _stored(call)
    if (
        stored is None
        or not any(CUSTOMER_ENCRYPTED in name for name in getattr(stored, "metadata", {}))
        or _CUSTOMER_KEY in call.headers
    ):
        return None
    text = (
        "The object was stored using a form of Server Side Encryption. "
        "The correct parameters must be provided to retrieve the object."
    )
    return Answer.s3(400, "InvalidRequest", text)


def _of_key(call: Call) -> Answer | None:
    """What S3 passes on from KMS. https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"""
    sent = call.headers.get("x-amz-server-side-encryption-aws-kms-key-id", "")
    key_id = sent if call.operation == "PutObject" else getattr(_stored(call), "kms_key_id", "") or ""
    if not key_id or call.operation == "HeadObject":
        return None
    if key_id.startswith("arn:") and key_id.split(":")[3] != call.region:
        return Answer.s3(400, "KMS.NotFoundException", f"Invalid arn {key_id.split(':')[3]}")
    key = _key(key_id, call.region)
    if key is None:
        return Answer.s3(400, "KMS.NotFoundException", f"Key '{key_id}' does not exist")
    if getattr(key, "key_spec", "SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
        return Answer.s3(400, "KMS.InvalidKeyUsageException", f"{key.arn} key usage is not valid for this operation.")
    code = _CODES.get(key.key_state)
    return Answer.s3(400, code, f"{key.arn} is {_WORDS[code]}.") if code else None


def _key(key_id: str, region: str) -> Any:
    """The key with an ARN, an id or an alias; None if it does not exist."""
    from moto.kms.models import kms_backends  # noqa: PLC0415  it takes a second

    backend = kms_backends[ACCOUNT_ID][region]
    name = key_id.rpartition("/")[2]
    if ":alias/" in key_id or key_id.startswith("alias/"):
        name = (backend.get_key_id_from_alias(f"alias/{name}") or "").rpartition("/")[2]
    return backend.keys.get(name)


def _stored(call: Call) -> object | None:
    from moto.s3.models import s3_backends  # noqa: PLC0415

    bucket = s3_backends[ACCOUNT_ID]["aws"].buckets.get(call.bucket)
    return bucket.keys.get(call.path) if bucket and call.operation != "PutObject" else None
