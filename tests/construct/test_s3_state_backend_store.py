from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import PlainworkError, Provider, S3StateBackend, Stack, StateAccess, StateLocking
from plainwork.errors import ArgumentsError, DuplicateBackendError
from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import NEW_KMS_KEY, DuplicateBucketError, StateKeyError
from tests.support.state_backends import ACCOUNT_ID, ALIAS_ARN, BUCKET, KEY_ARN, backend_block, state_backend

if TYPE_CHECKING:
    from plainwork import App


def test_the_block_has_all_arguments_of_the_bucket(app: App, stack: Stack) -> None:
    web = Stack(app, "web")
    state_backend(stack).store(web, "prod/web.tfstate")
    assert backend_block(web) == {
        "bucket": BUCKET,
        "key": "prod/web.tfstate",
        "region": "eu-west-1",
        "encrypt": True,
        "kms_key_id": ALIAS_ARN,
        "use_lockfile": True,
        "allowed_account_ids": [ACCOUNT_ID],
    }


@pytest.mark.parametrize(("kms_key_id", "key"), [(NEW_KMS_KEY, ALIAS_ARN), (KEY_ARN, KEY_ARN), (AWS_OWNED_KEY, None)])
def test_the_block_has_the_encryption_that_the_bucket_policy_requires(
    stack: Stack, kms_key_id: str | None, key: str | None
) -> None:
    state_backend(stack, kms_key_id=kms_key_id).store(stack, "prod/state.tfstate")
    block = backend_block(stack)
    assert block["encrypt"] is True
    assert block.get("kms_key_id") == key


@pytest.mark.parametrize(
    ("locking", "block"),
    [
        (StateLocking.S3, {"use_lockfile": True}),
        (StateLocking.DYNAMODB, {"dynamodb_table": BUCKET}),
        (StateLocking.DYNAMODB_AND_S3, {"use_lockfile": True, "dynamodb_table": BUCKET}),
    ],
)
def test_the_block_has_the_configured_locking(stack: Stack, locking: StateLocking, block: dict[str, object]) -> None:
    state_backend(stack, locking=locking).store(stack, "prod/state.tfstate")
    found = backend_block(stack)
    assert {name: found[name] for name in ("use_lockfile", "dynamodb_table") if name in found} == block


@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-east-1", "aws")]
)
def test_the_alias_arn_has_the_partition_of_the_region(stack: Stack, region: str, partition: str) -> None:
    state_backend(stack, region=region).store(stack, "prod/state.tfstate")
    assert backend_block(stack)["kms_key_id"] == f"arn:{partition}:kms:{region}:{ACCOUNT_ID}:alias/{BUCKET}"


class StateStack(Stack):
    def __init__(self, app: App) -> None:
        super().__init__(app, "state")
        self.backend = state_backend(self)
        self.backend.store(self, "prod/state.tfstate")


def test_a_stack_can_have_its_state_backend_in_an_attribute_named_backend(app: App) -> None:
    assert backend_block(StateStack(app))["key"] == "prod/state.tfstate"


def test_a_key_of_two_stacks_is_rejected_with_both_names(app: App, stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(Stack(app, "web"), "prod/web.tfstate")
    with pytest.raises(StateKeyError, match=r"'prod/web\.tfstate'.*'web' and 'api'"):
        backend.store(Stack(app, "api"), "prod/web.tfstate")


def test_a_key_that_is_stored_twice_for_a_stack_is_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/state.tfstate")
    with pytest.raises(StateKeyError, match=r"'prod/state\.tfstate' is stored twice for stack 'demo'"):
        backend.store(stack, "prod/state.tfstate")


def test_keys_with_the_same_name_in_lifecycle_rules_are_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/web-assets.tfstate")
    with pytest.raises(StateKeyError, match=r"'prod/web-assets\.tfstate' and 'prod/web/assets\.tfstate'"):
        backend.grant("ci", "prod/web/assets.tfstate", StateAccess.READ)


def test_two_buckets_can_have_the_same_key(app: App, stack: Stack) -> None:
    for name in ("blue", "green"):
        state_backend(stack, name, bucket=f"acme-{name}").store(Stack(app, f"web-{name}"), "prod/web.tfstate")


def test_the_name_of_a_stack_is_not_a_stack(stack: Stack) -> None:
    with pytest.raises(StateKeyError, match=r"stack must be a Stack, as in store\(shop, .*: got 'shop'"):
        state_backend(stack).store("shop", "prod/shop.tfstate")  # type: ignore[arg-type]


def test_a_second_state_of_a_stack_is_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/state.tfstate")
    with pytest.raises(DuplicateBackendError, match="'demo'"):
        backend.store(stack, "prod/other.tfstate")


def test_a_second_environment_is_rejected(app: App, stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/state.tfstate")
    with pytest.raises(StateKeyError, match=r"environment 'dev'.*prod.*environments=\['dev', 'prod'\]"):
        backend.store(Stack(app, "web"), "dev/web.tfstate")


def test_a_second_environment_can_be_allowed(app: App, stack: Stack) -> None:
    backend = state_backend(stack, environments=["dev", "prod"])
    backend.store(stack, "prod/state.tfstate")
    backend.store(Stack(app, "web"), "dev/web.tfstate")


def test_an_environment_that_is_not_in_the_list_is_rejected(stack: Stack) -> None:
    with pytest.raises(StateKeyError, match="environment 'dev'"):
        state_backend(stack, environments=["prod"]).store(stack, "dev/state.tfstate")


def test_a_second_backend_with_the_same_bucket_is_rejected(app: App, stack: Stack) -> None:
    state_backend(stack)
    with pytest.raises(DuplicateBucketError, match=f"'{BUCKET}'.*'demo/state' and 'again/state'"):
        state_backend(Stack(app, "again"))


def test_the_block_has_the_workspace_key_prefix(stack: Stack) -> None:
    state_backend(stack, workspace_key_prefix="workspaces").store(stack, "prod/state.tfstate")
    assert backend_block(stack)["workspace_key_prefix"] == "workspaces"


def test_region_and_account_are_those_of_the_provider(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1", allowed_account_ids=[ACCOUNT_ID])
    S3StateBackend(stack, "state", bucket=BUCKET).store(stack, "prod/state.tfstate")
    block = backend_block(stack)
    assert (block["region"], block["allowed_account_ids"]) == ("eu-west-1", [ACCOUNT_ID])


def test_without_a_provider_region_and_account_must_be_given(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as error:
        S3StateBackend(stack, "state", bucket=BUCKET)
    region, account = error.value.problems
    assert region.startswith("region must be given, because stack 'demo' has no provider that determines it")
    assert account.startswith("account_id must be given")


@pytest.mark.parametrize("role", ["states", f"arn:aws:iam::{ACCOUNT_ID}:role/states"])
def test_a_stack_of_another_account_assumes_a_role_in_that_of_the_bucket(app: App, stack: Stack, role: str) -> None:
    web = Stack(app, "web")
    state_backend(stack).store(web, "prod/web.tfstate", assume_role=role)
    assert backend_block(web)["assume_role"] == {"role_arn": f"arn:aws:iam::{ACCOUNT_ID}:role/states"}


@pytest.mark.parametrize("role", ["no such name", "${aws_iam_role.ci.arn}", "arn:aws:iam::999999999999:role/states"])
def test_an_assumed_role_of_another_account_is_rejected(app: App, stack: Stack, role: str) -> None:
    rule = f"assume_role must be the name or the ARN of a role in account {ACCOUNT_ID}, as literal text"
    with pytest.raises(ArgumentsError, match=rule):
        state_backend(stack).store(Stack(app, "web"), "prod/web.tfstate", assume_role=role)


def test_every_error_is_a_plainwork_error() -> None:
    assert all(issubclass(error, PlainworkError) for error in (DuplicateBucketError, StateKeyError))
