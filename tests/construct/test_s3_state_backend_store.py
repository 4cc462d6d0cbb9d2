from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import PlainworkError, Stack, StateAccess, StateLocking
from plainwork.errors import DuplicateBackendError
from plainwork.s3_state_backend import BucketTakenError, SseKms, SseS3, StateKeyError
from tests.support.state_backends import ACCOUNT_ID, ALIAS_ARN, BUCKET, KEY_ARN, backend_block, state_backend

if TYPE_CHECKING:
    from plainwork import App
    from plainwork.s3_state_backend.encryption import Encryption


def test_the_block_says_all_that_the_bucket_is(app: App, stack: Stack) -> None:
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


@pytest.mark.parametrize(("encryption", "key"), [(SseKms(), ALIAS_ARN), (SseKms(KEY_ARN), KEY_ARN), (SseS3(), None)])
def test_the_block_encrypts_as_the_bucket_policy_wants(stack: Stack, encryption: Encryption, key: str | None) -> None:
    state_backend(stack, encryption=encryption).store(stack, "prod/state.tfstate")
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
def test_the_block_locks_as_was_chosen(stack: Stack, locking: StateLocking, block: dict[str, object]) -> None:
    state_backend(stack, locking=locking).store(stack, "prod/state.tfstate")
    found = backend_block(stack)
    assert {name: found[name] for name in ("use_lockfile", "dynamodb_table") if name in found} == block


@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("us-east-1", "aws")]
)
def test_the_key_is_named_in_its_partition(stack: Stack, region: str, partition: str) -> None:
    state_backend(stack, region=region).store(stack, "prod/state.tfstate")
    assert backend_block(stack)["kms_key_id"] == f"arn:{partition}:kms:{region}:{ACCOUNT_ID}:alias/{BUCKET}"


class StateStack(Stack):
    def __init__(self, app: App) -> None:
        super().__init__(app, "state")
        self.backend = state_backend(self)
        self.backend.store(self, "prod/state.tfstate")


def test_a_stack_may_keep_its_state_backend_in_an_attribute_named_backend(app: App) -> None:
    assert backend_block(StateStack(app))["key"] == "prod/state.tfstate"


def test_a_key_of_two_stacks_is_refused_with_both_names(app: App, stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(Stack(app, "web"), "prod/web.tfstate")
    with pytest.raises(StateKeyError, match=r"'prod/web\.tfstate' is claimed by two stacks: 'web' and 'api'"):
        backend.store(Stack(app, "api"), "prod/web.tfstate")


def test_a_stack_is_stored_once(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/state.tfstate")
    with pytest.raises(StateKeyError, match=r"'prod/state\.tfstate' is given to stack 'demo' twice: store it once"):
        backend.store(stack, "prod/state.tfstate")


def test_keys_of_the_same_name_are_refused_because_lifecycle_rules_are_named_after_them(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/web-assets.tfstate")
    with pytest.raises(StateKeyError, match=r"'prod/web-assets\.tfstate' and 'prod/web/assets\.tfstate'.*rename one"):
        backend.grant("ci", "prod/web/assets.tfstate", StateAccess.READ)


def test_two_buckets_may_have_the_same_key(app: App, stack: Stack) -> None:
    for name in ("blue", "green"):
        state_backend(stack, name, bucket=f"acme-{name}").store(Stack(app, f"web-{name}"), "prod/web.tfstate")


def test_a_stack_has_one_state(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/state.tfstate")
    with pytest.raises(DuplicateBackendError, match="'demo' has a backend already"):
        backend.store(stack, "prod/other.tfstate")


def test_a_second_environment_is_refused(app: App, stack: Stack) -> None:
    backend = state_backend(stack)
    backend.store(stack, "prod/state.tfstate")
    with pytest.raises(StateKeyError, match=r"environment 'dev'.*holds prod.*environments=\['dev', 'prod'\]"):
        backend.store(Stack(app, "web"), "dev/web.tfstate")


def test_a_second_environment_may_be_allowed(app: App, stack: Stack) -> None:
    backend = state_backend(stack, environments=["dev", "prod"])
    backend.store(stack, "prod/state.tfstate")
    backend.store(Stack(app, "web"), "dev/web.tfstate")


def test_an_environment_that_is_not_named_is_refused(stack: Stack) -> None:
    with pytest.raises(StateKeyError, match="environment 'dev'"):
        state_backend(stack, environments=["prod"]).store(stack, "dev/state.tfstate")


def test_one_bucket_has_one_backend_in_an_app(app: App, stack: Stack) -> None:
    state_backend(stack)
    with pytest.raises(BucketTakenError, match=f"'{BUCKET}' belongs to S3StateBackend 'demo/state'"):
        state_backend(Stack(app, "again"))


def test_workspaces_may_have_a_folder_of_their_own(stack: Stack) -> None:
    state_backend(stack, workspace_key_prefix="workspaces").store(stack, "prod/state.tfstate")
    assert backend_block(stack)["workspace_key_prefix"] == "workspaces"


def test_every_refusal_is_an_error_of_this_library() -> None:
    assert all(issubclass(each, PlainworkError) for each in (BucketTakenError, StateKeyError))
