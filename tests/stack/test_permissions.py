"""What the roles of the reference application may do with the states, and what they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork.testing.iam import access
from stacks.app import build

if TYPE_CHECKING:
    from pathlib import Path

    from plainwork.testing.iam import Access

STATE = "aws_s3_bucket.state/prod/checkout.tfstate"
NETWORK = "aws_s3_bucket.state/prod/network.tfstate"


@pytest.fixture(scope="module")
def outdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthesized stack of the state of prod."""
    directory = tmp_path_factory.mktemp("app")
    build(directory).synth()
    return directory / "stacks" / "state"


@pytest.fixture
def apply(outdir: Path) -> Access:
    """The role that applies the service."""
    return access(outdir, "aws_iam_role.checkout_apply")


@pytest.fixture
def plan(outdir: Path) -> Access:
    """The role that plans the service."""
    return access(outdir, "aws_iam_role.checkout_plan")


def test_the_role_that_applies_reads_and_writes_its_state_and_locks_it(apply: Access) -> None:
    apply.can("s3:GetObject", on=STATE)
    apply.can("s3:PutObject", on=STATE)
    apply.can("s3:PutObject", on=f"{STATE}.tflock")
    apply.can("s3:DeleteObject", on=f"{STATE}.tflock")


def test_the_role_that_plans_writes_no_state(plan: Access) -> None:
    plan.can("s3:GetObject", on=STATE)
    plan.can("s3:GetObject", on=NETWORK)
    plan.cannot("s3:PutObject", on=STATE)


def test_both_roles_use_the_key_through_s3_only(apply: Access, plan: Access) -> None:
    for role in (apply, plan):
        role.can("kms:Decrypt", on="aws_kms_key.state", context={"kms:ViaService": "s3.eu-west-1.amazonaws.com"})
        role.cannot("kms:Decrypt", on="aws_kms_key.state")


def test_no_role_writes_the_state_of_another_component(apply: Access) -> None:
    apply.can("s3:GetObject", on=NETWORK)
    apply.cannot("s3:PutObject", on=NETWORK)


def test_no_role_deletes_a_state_or_the_bucket(outdir: Path) -> None:
    for name in ("checkout_apply", "checkout_plan", "network_apply", "network_plan"):
        role = access(outdir, f"aws_iam_role.{name}")
        role.cannot("s3:DeleteObject*", on=STATE)
        role.cannot("s3:DeleteObject*", on=NETWORK)
        role.cannot("s3:DeleteBucket*", on="aws_s3_bucket.state")
    access(outdir, "*").cannot("s3:*Object", on=STATE)
