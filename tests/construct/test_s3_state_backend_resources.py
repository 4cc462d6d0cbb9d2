from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, Stack, StateAccess, StateLocking, synthesize
from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import StateBucketPerimeter
from tests.support.iam_policy import decide
from tests.support.state_backends import BUCKET, KEY_ARN, policy, state_backend

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import App


def resources(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]
    return found


def test_the_smallest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    state_backend(stack).store(stack, "prod/state.tfstate")
    assert stack == hcl_snapshot


def test_the_fullest_use(app: App, stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    backend = state_backend(
        stack,
        locking=StateLocking.DYNAMODB_AND_S3,
        dynamodb_table="terraform-locks",
        noncurrent_versions=10,
        noncurrent_days=30,
        environments=["dev", "prod"],
        workspace_key_prefix="workspaces",
        access_log_bucket="acme-access-logs",
        perimeter=StateBucketPerimeter("o-a1b2c3d4e5", ("123456789012",), ("vpce-0123456789abcdef0",)),
    )
    backend.store(stack, "prod/state.tfstate")
    backend.store(Stack(app, "web"), "dev/web.tfstate")
    role = Resource(stack, "aws_iam_role", "ci", name="ci", assume_role_policy="{}")
    for access in StateAccess:
        backend.grant(role["name"], "dev/web.tfstate", access)
    assert stack == hcl_snapshot


def test_s3_managed_keys_need_no_kms(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    state_backend(stack, kms_key_id=AWS_OWNED_KEY).grant("ci", "prod/web.tfstate", StateAccess.APPLY)
    assert stack == hcl_snapshot


def test_an_existing_key_is_used_by_its_arn(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    state_backend(stack, kms_key_id=KEY_ARN).grant("ci", "prod/web.tfstate", StateAccess.READ)
    assert stack == hcl_snapshot


@pytest.mark.parametrize("type_", ["aws_s3_bucket", "aws_kms_key", "aws_dynamodb_table"])
def test_resources_with_states_or_their_keys_have_prevent_destroy(stack: Stack, type_: str) -> None:
    state_backend(stack, locking=StateLocking.DYNAMODB)
    assert resources(stack)[type_]["state"]["lifecycle"] == {"prevent_destroy": True}


@pytest.mark.parametrize("action", ["DisableKeyRotation", "PutKeyPolicy", "RotateKeyOnDemand", "ScheduleKeyDeletion"])
def test_the_account_can_administer_and_rotate_the_key(stack: Stack, action: str) -> None:
    state_backend(stack)
    assert decide(policy(stack, "state_key"), f"kms:{action}", "*", {}) == "Allow"


def test_the_key_policy_does_not_allow_decryption_without_s3(stack: Stack) -> None:
    state_backend(stack)
    assert decide(policy(stack, "state_key"), "kms:Decrypt", "*", {}) is None


def test_the_lock_table_is_protected_and_has_the_name_of_the_bucket(stack: Stack) -> None:
    state_backend(stack, locking=StateLocking.DYNAMODB)
    table = resources(stack)["aws_dynamodb_table"]["state"]
    assert table["name"] == BUCKET
    assert table["attribute"] == [{"name": "LockID", "type": "S"}]
    assert table["deletion_protection_enabled"]
    assert table["point_in_time_recovery"] == {"enabled": True}


def test_locking_in_s3_creates_no_table(stack: Stack) -> None:
    assert state_backend(stack).dynamodb_table is None
    assert "aws_dynamodb_table" not in resources(stack)


def test_each_lock_file_has_a_lifecycle_rule_in_sorted_order(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.grant("ci", "prod/web.tfstate", StateAccess.PLAN)
    backend.store(stack, "prod/state.tfstate")
    rules = resources(stack)["aws_s3_bucket_lifecycle_configuration"]["state"]["rule"]
    assert [rule["filter"] for rule in rules] == [
        {},
        {"prefix": "prod/state.tfstate.tflock"},
        {"prefix": "prod/web.tfstate.tflock"},
    ]


def test_locking_in_dynamodb_needs_no_lifecycle_rules_for_lock_files(stack: Stack) -> None:
    state_backend(stack, locking=StateLocking.DYNAMODB).store(stack, "prod/state.tfstate")
    assert len(resources(stack)["aws_s3_bucket_lifecycle_configuration"]["state"]["rule"]) == 1


def test_a_stack_can_have_two_backends(stack: Stack) -> None:
    state_backend(stack, "dev", bucket="acme-dev-state")
    state_backend(stack, "prod", bucket="acme-prod-state")
    assert list(resources(stack)["aws_kms_key"]) == ["dev", "prod"]
