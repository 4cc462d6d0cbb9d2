"""Access of roles of other accounts, and blocked encryption types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, DataSource, Provider, Stack, StateAccess, StateLocking, synthesize
from plainwork.errors import ArgumentsError, GrantError
from plainwork.s3_state_backend import StateBucketPerimeter
from tests.support.iam_policy import decide, rendered
from tests.support.state_backends import ACCOUNT_ID, BUCKET, KEY_ARN, backend_block, policy, state_backend

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

OTHER = "210987654321"
ROLE = f"arn:aws:iam::{OTHER}:role/web-deploy"
STATE = f"arn:aws:s3:::{BUCKET}/prod/web.tfstate"
TLS = {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3"}
AS_ROLE, AS_OTHER_ROLE = ({**TLS, "aws:PrincipalArn": arn} for arn in (ROLE, f"{ROLE}-2"))
VIA_S3 = {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}


def test_a_shared_state(app: App, stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    backend = state_backend(stack)
    backend.store(Stack(app, "web"), "prod/web.tfstate")
    backend.share(ROLE, "prod/web.tfstate", StateAccess.APPLY)
    assert stack == hcl_snapshot


@pytest.mark.parametrize(
    ("access", "action", "is_allowed"),
    [
        (StateAccess.READ, "s3:GetObject", True),
        (StateAccess.READ, "s3:PutObject", False),
        (StateAccess.APPLY, "s3:PutObject", True),
    ],
)
def test_the_bucket_policy_allows_the_role_its_level(
    stack: Stack, access: StateAccess, action: str, *, is_allowed: bool
) -> None:
    state_backend(stack).share(ROLE, "prod/web.tfstate", access)
    bucket_policy = policy(stack, "state_bucket")
    assert (decide(bucket_policy, action, STATE, AS_ROLE) == "Allow") == is_allowed
    assert decide(bucket_policy, action, STATE, AS_OTHER_ROLE) is None
    assert decide(bucket_policy, action, f"{STATE}2", AS_ROLE) is None


def test_the_principal_is_the_account_of_the_role(stack: Stack) -> None:
    state_backend(stack).share(ROLE, "prod/web.tfstate", StateAccess.READ)
    statements = synthesize(stack)["data"]["aws_iam_policy_document"]["state_bucket"]["statement"]
    allowed = [statement for statement in statements if statement.get("effect") != "Deny"]
    assert [statement["principals"]["identifiers"] for statement in allowed] == [[f"arn:aws:iam::{OTHER}:root"]] * 2


def test_the_policy_of_a_created_key_allows_the_role_through_s3(stack: Stack) -> None:
    state_backend(stack).share(ROLE, "prod/web.tfstate", StateAccess.PLAN)
    key_policy = policy(stack, "state_key")
    statement = next(statement for statement in key_policy["Statement"] if "OfRole" in statement["Sid"])
    only = {"Statement": [statement]}
    assert decide(only, "kms:GenerateDataKey", "*", {**VIA_S3, "aws:PrincipalArn": ROLE}) == "Allow"
    assert decide(only, "kms:Decrypt", "*", {"aws:PrincipalArn": ROLE}) is None
    assert decide(only, "kms:Decrypt", "*", {**VIA_S3, "aws:PrincipalArn": f"{ROLE}-2"}) is None


def test_the_returned_statements_are_the_policy_of_the_role(app: App, stack: Stack) -> None:
    statements = state_backend(stack).share(ROLE, "prod/web.tfstate", StateAccess.APPLY)
    other = Stack(app, "other")
    DataSource(other, "aws_iam_policy_document", "state", statement=statements)
    granted = rendered(other, "state", {})
    assert decide(granted, "s3:PutObject", STATE, {}) == "Allow"
    alias = {"kms:ResourceAliases": f"alias/{BUCKET}"}
    assert decide(granted, "kms:GenerateDataKey", KEY_ARN, {**VIA_S3, **alias}) == "Allow"


@pytest.mark.parametrize("is_stored_first", [True, False], ids=["stored first", "shared first"])
def test_the_block_of_the_stack_allows_the_account(app: App, stack: Stack, *, is_stored_first: bool) -> None:
    backend, web = state_backend(stack), Stack(app, "web")
    if is_stored_first:
        backend.store(web, "prod/web.tfstate")
    backend.share(ROLE, "prod/web.tfstate", StateAccess.APPLY)
    if not is_stored_first:
        backend.store(web, "prod/web.tfstate")
    backend.store(stack, "prod/state.tfstate")
    assert backend_block(web)["allowed_account_ids"] == [ACCOUNT_ID, OTHER]
    assert backend_block(stack)["allowed_account_ids"] == [ACCOUNT_ID]


@pytest.mark.parametrize(
    ("arguments", "role", "message"),
    [
        ({}, "web-deploy", r"role_arn must be the ARN of a role of another account"),
        ({}, "${aws_iam_role.ci.arn}", r"as literal text: got"),
        ({}, f"arn:aws:iam::{OTHER}:user/ci", r"role_arn must be the ARN of a role"),
        ({}, f"arn:aws-cn:iam::{OTHER}:role/ci", r"role_arn must be in partition aws"),
        ({}, f"arn:aws:iam::{ACCOUNT_ID}:role/ci", rf"use grant\(\) for a role of account {ACCOUNT_ID}"),
        ({"perimeter": StateBucketPerimeter(account_ids=(ACCOUNT_ID,))}, ROLE, r"an account in perimeter.account_ids"),
        ({"locking": StateLocking.DYNAMODB}, ROLE, r"share requires locking=StateLocking.S3"),
    ],
)
def test_an_invalid_share_is_rejected(stack: Stack, arguments: dict[str, Any], role: str, message: str) -> None:
    with pytest.raises(GrantError, match=message):
        state_backend(stack, **arguments).share(role, "prod/web.tfstate", StateAccess.READ)


def test_a_duplicate_share_is_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.share(ROLE, "prod/web.tfstate", StateAccess.READ)
    with pytest.raises(GrantError, match=r"has read on 'prod/web\.tfstate' already: share it once"):
        backend.share(ROLE, "prod/web.tfstate", StateAccess.READ)


class TestBlockedEncryptionTypes:
    @pytest.fixture
    def six(self, stack: Stack) -> Stack:
        Provider(stack, "aws", version="~> 6.22", region="eu-west-1")
        return stack

    def rule(self, stack: Stack) -> Any:
        found = synthesize(stack)["resource"]["aws_s3_bucket_server_side_encryption_configuration"]["state"]["rule"]
        return found[0] if isinstance(found, list) else found

    def test_keys_of_the_caller_can_be_blocked(self, six: Stack) -> None:
        state_backend(six, blocked_encryption_types=["SSE-C"])
        assert self.rule(six)["blocked_encryption_types"] == ["SSE-C"]

    def test_by_default_nothing_is_configured(self, six: Stack) -> None:
        state_backend(six)
        assert "blocked_encryption_types" not in self.rule(six)

    @pytest.mark.parametrize("types", [["NONE"], ["SSE-S3"], "SSE-C"])
    def test_other_types_are_rejected(self, six: Stack, types: Any) -> None:
        with pytest.raises(ArgumentsError, match=r"blocked_encryption_types must be \['SSE-C'\]"):
            state_backend(six, blocked_encryption_types=types)

    def test_provider_5_does_not_have_it(self, stack: Stack) -> None:
        message = r"blocked_encryption_types must be empty: .* came with provider 6; this stack requires `~> 5.100`"
        with pytest.raises(ArgumentsError, match=message):
            state_backend(stack, blocked_encryption_types=["SSE-C"])
