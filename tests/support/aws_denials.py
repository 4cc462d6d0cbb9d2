"""Denials of AWS for the users and roles that moto's IAM has, with the texts of AWS.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tests.support.aws_answers import Answer
from tests.support.iam_policy import decide

if TYPE_CHECKING:
    from tests.support.doctor_server import Call

ACCOUNT_ID = "123456789012"
_ACTIONS = {
    "HeadBucket": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadObject": "GetObject",
    "ListBuckets": "ListAllMyBuckets",
}
_KMS_OF_OBJECTS = {"GetObject": "kms:Decrypt", "PutObject": "kms:GenerateDataKey"}
_WITHOUT_BODY = {"HeadBucket", "HeadObject"}


def denied_by_policies(call: Call, owners: dict[str, str]) -> Answer | None:
    """The denial of a request; None if it is allowed, or if the caller is not in IAM."""
    caller = _caller(call.key)
    if caller is None or (call.service == "sts" and call.operation != "AssumeRole"):
        return None
    arn, documents = caller
    for action, resource, context in _asked(call):
        because = _reason(documents, action, resource, context, owners)
        if because:
            return _answer(call, arn, action, resource, because)
    return None


def _caller(key: str) -> tuple[str, list[dict[str, Any]]] | None:
    """The ARN and the policies of the user or of the assumed role with an access key."""
    from moto.iam.models import iam_backends  # noqa: PLC0415  it takes a second
    from moto.sts.models import sts_backends  # noqa: PLC0415

    iam = iam_backends[ACCOUNT_ID]["aws"]
    for user in iam.users.values():
        if any(access_key.access_key_id == key for access_key in user.access_keys):
            return user.arn, [_document(text) for text in user.policies.values()]
    role = sts_backends[ACCOUNT_ID]["aws"].get_assumed_role_from_access_key(key)
    if role is None:
        return None
    found = next(one for one in iam.roles.values() if one.arn == role.role_arn)
    return role.arn, [_document(text) for text in found.policies.values()]


def _document(text: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text) if isinstance(text, str) else text
    return read


def _asked(call: Call) -> list[tuple[str, str, dict[str, str]]]:
    """The actions that a request requires, with resource and context."""
    action = f"{call.service}:{_ACTIONS.get(call.operation, call.operation)}"
    if call.service == "s3":
        bucket = f"arn:aws:s3:::{call.bucket}" if call.bucket else "*"
        prefix = call.query.get("prefix")
        context = {"s3:prefix": prefix[0]} if prefix else {}
        asked = [(action, f"{bucket}/{call.path}" if call.path else bucket, context)]
        key = _key_of_object(call)
        if key and call.operation in _KMS_OF_OBJECTS:
            asked.append((_KMS_OF_OBJECTS[call.operation], key, {}))
        if call.path and call.operation in ("GetObject", "HeadObject") and not _exists(call):
            asked.append(("s3:ListBucket", bucket, {}))
        return asked
    if call.service == "dynamodb":
        table = json.loads(call.body).get("TableName", "")
        return [(action, f"arn:aws:dynamodb:{call.region}:{ACCOUNT_ID}:table/{table}", {})]
    if call.operation == "AssumeRole":
        return [("sts:AssumeRole", parse_qs(call.body.decode())["RoleArn"][0], {})]
    return [(action, "*", {})]


def _exists(call: Call) -> bool:
    from moto.s3.models import s3_backends  # noqa: PLC0415

    bucket = s3_backends[ACCOUNT_ID]["aws"].buckets.get(call.bucket)
    return bucket is None or call.path in bucket.keys


def _key_of_object(call: Call) -> str:
    """The KMS key that the object has, or that the request names."""
    from moto.s3.models import s3_backends  # noqa: PLC0415

    sent = call.headers.get("x-amz-server-side-encryption-aws-kms-key-id", "")
    bucket = s3_backends[ACCOUNT_ID]["aws"].buckets.get(call.bucket)
    stored = bucket.keys.get(call.path) if bucket and call.operation != "PutObject" else None
    return sent or (getattr(stored, "kms_key_id", None) or "")


def _reason(
    documents: list[dict[str, Any]], action: str, resource: str, context: dict[str, str], owners: dict[str, str]
) -> str:
    """Why AWS denies, as it words it; empty if it allows."""
    identity = {decide(document, action, resource, context) for document in documents}
    policy = _bucket_policy(resource) if action.startswith("s3:") else None
    of_resource = decide(policy, action, resource, {"aws:SecureTransport": "true", **context}) if policy else None
    if "Deny" in identity:
        return "with an explicit deny in an identity-based policy"
    if of_resource == "Deny":
        return "with an explicit deny in a resource-based policy"
    if resource.removeprefix("arn:aws:s3:::").split("/")[0] in owners:
        return "other account"
    if "Allow" in identity or of_resource == "Allow":
        return ""
    return f"because no identity-based policy allows the {action} action"


def _bucket_policy(resource: str) -> dict[str, Any] | None:
    from moto.s3.models import s3_backends  # noqa: PLC0415

    bucket = s3_backends[ACCOUNT_ID]["aws"].buckets.get(resource.removeprefix("arn:aws:s3:::").split("/")[0])
    return None if bucket is None or bucket.policy is None else json.loads(bucket.policy)


def _answer(call: Call, arn: str, action: str, resource: str, because: str) -> Answer:
    on = f' on resource: "{resource}"'
    text = f"User: {arn} is not authorized to perform: {action}{on} {because}"
    if call.service == "s3":
        text = "Access Denied" if because == "other account" else text
        return Answer.s3(403, "AccessDenied", text, {"x-amz-bucket-region": call.region})
    if call.service in {"iam", "sts"}:
        return Answer.query(403, "AccessDenied", text)
    return Answer.json(400, "AccessDeniedException", text)
