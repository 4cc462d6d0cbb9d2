"""The result of the bucket policy for each combination of encryption headers, evaluated as AWS evaluates it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import NEW_KMS_KEY, StateBucketPerimeter
from tests.support.iam_policy import decide
from tests.support.state_backends import ACCOUNT_ID, ALIAS_ARN, BUCKET, KEY_ARN, backend_block, policy, state_backend

if TYPE_CHECKING:
    from plainwork import Stack

ALGORITHM = "s3:x-amz-server-side-encryption"
KEY = f"{ALGORITHM}-aws-kms-key-id"
CUSTOMER = f"{ALGORITHM}-customer-algorithm"
OVER_TLS = {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3", "aws:PrincipalAccount": ACCOUNT_ID}
OTHER_KEY = KEY_ARN.replace("1a2b", "ffff")
STATE = f"arn:aws:s3:::{BUCKET}/prod/web.tfstate"

OWN_KEY, EXISTING_KEY, MANAGED = NEW_KMS_KEY, KEY_ARN, AWS_OWNED_KEY


def is_denied(stack: Stack, headers: dict[str, str], action: str = "s3:PutObject") -> bool:
    return decide(policy(stack, "state_bucket"), action, STATE, {**OVER_TLS, **headers}) == "Deny"


@pytest.mark.parametrize(
    ("kms_key_id", "headers"),
    [
        (OWN_KEY, {}),
        (OWN_KEY, {ALGORITHM: "aws:kms", KEY: ALIAS_ARN}),
        (OWN_KEY, {ALGORITHM: "aws:kms", KEY: KEY_ARN}),
        (EXISTING_KEY, {}),
        (EXISTING_KEY, {ALGORITHM: "aws:kms", KEY: KEY_ARN}),
        (MANAGED, {}),
        (MANAGED, {ALGORITHM: "AES256"}),
    ],
)
def test_uploads_with_the_encryption_of_the_bucket_are_allowed(
    stack: Stack, kms_key_id: str | None, headers: dict[str, str]
) -> None:
    state_backend(stack, kms_key_id=kms_key_id)
    assert not is_denied(stack, headers)


@pytest.mark.parametrize(
    ("kms_key_id", "headers"),
    [
        (OWN_KEY, {ALGORITHM: "AES256"}),
        (OWN_KEY, {ALGORITHM: "aws:kms"}),
        (OWN_KEY, {ALGORITHM: "aws:kms", KEY: OTHER_KEY}),
        (OWN_KEY, {ALGORITHM: "aws:kms", KEY: f"alias/{BUCKET}"}),
        (OWN_KEY, {ALGORITHM: "aws:kms:dsse", KEY: KEY_ARN}),
        (OWN_KEY, {CUSTOMER: "AES256"}),
        (EXISTING_KEY, {ALGORITHM: "aws:kms", KEY: OTHER_KEY}),
        (EXISTING_KEY, {ALGORITHM: "AES256"}),
        (MANAGED, {ALGORITHM: "aws:kms", KEY: OTHER_KEY}),
        (MANAGED, {CUSTOMER: "AES256"}),
    ],
)
def test_uploads_with_another_encryption_are_denied(
    stack: Stack, kms_key_id: str | None, headers: dict[str, str]
) -> None:
    state_backend(stack, kms_key_id=kms_key_id)
    assert is_denied(stack, headers)


@pytest.mark.parametrize("kms_key_id", [OWN_KEY, EXISTING_KEY, MANAGED])
def test_uploads_with_the_headers_of_the_backend_block_are_allowed(stack: Stack, kms_key_id: str | None) -> None:
    state_backend(stack, kms_key_id=kms_key_id).store(stack, "prod/web.tfstate")
    block = backend_block(stack)
    key = block.get("kms_key_id")
    assert block["encrypt"]
    assert not is_denied(stack, {ALGORITHM: "aws:kms", KEY: key} if key else {ALGORITHM: "AES256"})


@pytest.mark.parametrize("connection", [{"aws:SecureTransport": "false"}, {"s3:TlsVersion": "1.1"}])
def test_connections_without_tls_or_with_old_tls_are_denied(stack: Stack, connection: dict[str, str]) -> None:
    state_backend(stack)
    assert is_denied(stack, connection, "s3:GetObject")


PERIMETER = StateBucketPerimeter("o-a1b2c3d4e5", (ACCOUNT_ID,), ("vpce-0123456789abcdef0",))
INSIDE = {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:SourceVpce": "vpce-0123456789abcdef0"}


def test_a_principal_inside_the_perimeter_is_allowed(stack: Stack) -> None:
    state_backend(stack, perimeter=PERIMETER)
    assert not is_denied(stack, INSIDE)


@pytest.mark.parametrize(
    "outside",
    [
        {"aws:PrincipalOrgID": "o-zzzzzzzzzz"},
        {"aws:PrincipalAccount": "999999999999"},
        {"aws:SourceVpce": "vpce-0000000000000000f"},
    ],
)
def test_a_principal_outside_the_perimeter_is_denied(stack: Stack, outside: dict[str, str]) -> None:
    state_backend(stack, perimeter=PERIMETER)
    assert is_denied(stack, {**INSIDE, **outside})


def test_a_perimeter_of_networks_does_not_deny_changes_of_the_bucket_policy(stack: Stack) -> None:
    state_backend(stack, perimeter=StateBucketPerimeter(vpc_endpoint_ids=("vpce-0123456789abcdef0",)))
    assert not is_denied(stack, {}, "s3:PutBucketPolicy")
    assert is_denied(stack, {}, "s3:GetObject")


def test_aws_services_are_exempt_from_the_perimeter(stack: Stack) -> None:
    state_backend(stack, perimeter=PERIMETER)
    assert not is_denied(stack, {"aws:PrincipalIsAWSService": "true"}, "s3:GetObject")
