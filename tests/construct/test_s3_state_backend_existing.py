"""Grants, backend blocks and values on a bucket that another stack or a person created."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Provider, S3StateBackend, Stack, StateAccess, StateLocking, synthesize
from plainwork.errors import ArgumentsError
from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import DuplicateBucketError
from tests.support.iam_policy import decide, rendered
from tests.support.state_backends import ACCOUNT_ID, ALIAS_ARN, BUCKET, KEY_ARN, backend_block, state_backend

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork.s3_state_backend import ExistingStateBackend

VIA_S3 = {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}


@pytest.fixture
def here(stack: Stack) -> Stack:
    """A stack with Region and account."""
    Provider(stack, "aws", version="~> 5.100", region="eu-west-1", allowed_account_ids=[ACCOUNT_ID])
    return stack


def existing(stack: Stack, **arguments: Any) -> ExistingStateBackend:
    return S3StateBackend.existing(stack, "state", **{"bucket": BUCKET, "kms_key_id": ALIAS_ARN, **arguments})


def test_a_stack_and_a_role_use_an_existing_bucket(here: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    backend = existing(here)
    backend.store(here, "prod/web.tfstate")
    backend.grant("web-deploy", "prod/web.tfstate", StateAccess.APPLY)
    assert here == hcl_snapshot


def test_the_block_is_that_of_the_app_that_creates_the_bucket(app: App, here: Stack, stack: Stack) -> None:
    existing(here).store(here, "prod/web.tfstate")
    other = App(f"{app.outdir}-other")
    web = Stack(other, "web")
    state_backend(Stack(other, "state")).store(web, "prod/web.tfstate")
    assert backend_block(stack) == backend_block(web)


def test_a_grant_allows_what_the_grant_of_a_created_bucket_allows(here: Stack) -> None:
    existing(here, kms_key_id=KEY_ARN).grant("ci", "prod/web.tfstate", StateAccess.APPLY)
    granted = rendered(here, "state_prod_web_apply", {})
    assert decide(granted, "s3:PutObject", f"arn:aws:s3:::{BUCKET}/prod/web.tfstate", {}) == "Allow"
    assert decide(granted, "kms:GenerateDataKey", KEY_ARN, VIA_S3) == "Allow"
    assert decide(granted, "kms:GenerateDataKey", KEY_ARN.replace("1a2b", "ffff"), VIA_S3) is None


def test_the_key_of_an_alias_is_limited_by_the_alias(here: Stack) -> None:
    existing(here).grant("ci", "prod/web.tfstate", StateAccess.READ)
    granted = rendered(here, "state_prod_web_read", {})
    alias = {"kms:ResourceAliases": f"alias/{BUCKET}"}
    assert decide(granted, "kms:Decrypt", KEY_ARN, {**VIA_S3, **alias}) == "Allow"
    assert decide(granted, "kms:Decrypt", KEY_ARN, {**VIA_S3, "kms:ResourceAliases": "alias/other"}) is None


def test_without_a_key_a_grant_has_no_kms_actions(here: Stack) -> None:
    backend = existing(here, kms_key_id=AWS_OWNED_KEY)
    backend.store(here, "prod/web.tfstate")
    backend.grant("ci", "prod/web.tfstate", StateAccess.APPLY)
    assert "kms" not in str(synthesize(here)["data"])
    assert backend_block(here)["encrypt"] is True


def test_a_lock_table_is_named_by_its_arn(here: Stack) -> None:
    backend = existing(here, locking=StateLocking.DYNAMODB, dynamodb_table="locks")
    backend.grant("ci", "prod/web.tfstate", StateAccess.PLAN)
    table = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT_ID}:table/locks"
    item = {"dynamodb:LeadingKeys": f"{BUCKET}/prod/web.tfstate"}
    assert decide(rendered(here, "state_prod_web_plan", {}), "dynamodb:PutItem", table, item) == "Allow"


def test_a_state_of_another_app_is_read_from_it(here: Stack) -> None:
    backend = existing(here)
    assert backend.read(here, "prod/network.tfstate")["vpc_id"].endswith("prod_network.outputs.vpc_id}")


def test_it_creates_no_bucket_and_no_key(here: Stack) -> None:
    existing(here).store(here, "prod/web.tfstate")
    assert "resource" not in synthesize(here)


def test_a_bucket_with_dots_may_exist(here: Stack) -> None:
    existing(here, bucket="acme.states")


def test_the_bucket_of_a_backend_of_the_app_is_rejected(app: App, here: Stack) -> None:
    state_backend(Stack(app, "state"))
    with pytest.raises(DuplicateBucketError, match=r"pass the first S3StateBackend"):
        existing(here)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"bucket": "Acme"}, r"bucket must be the name of a bucket: got 'Acme'"),
        ({"kms_key_id": "alias/state"}, r"kms_key_id must be an ARN.*'alias/state'"),
        (
            {"kms_key_id": ALIAS_ARN.replace("eu-west-1", "eu-west-2")},
            r"kms_key_id must begin with arn:aws:kms:eu-west-1",
        ),
        ({"kms_key_id": "new"}, r"kms_key_id must be an ARN"),
        ({"kms_key_id": "${var.key}"}, r"kms_key_id must be a literal"),
        ({"region": "Ireland"}, r"region must be the name of an AWS Region"),
        ({"account_id": "1"}, r"account_id must be the account's 12 digits"),
        ({"dynamodb_table": "locks"}, r"dynamodb_table must not be set"),
    ],
)
def test_an_invalid_argument_is_rejected(here: Stack, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentsError, match=message) as error:
        existing(here, **arguments)
    assert "S3StateBackend.existing 'state'" in str(error.value)


def test_the_key_must_be_given_because_it_cannot_be_read(here: Stack) -> None:
    with pytest.raises(TypeError, match="kms_key_id"):
        S3StateBackend.existing(here, "state", bucket=BUCKET)  # type: ignore[call-arg]
