from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import PlainworkError, Provider
from plainwork.terraform import Construct
from plainwork.terraform.location import account_of, account_problems, region_of, region_problems

if TYPE_CHECKING:
    from plainwork import Stack

ACCOUNT = "123456789012"


def test_region_partition_and_account_of_a_stack_are_those_of_its_provider(stack: Stack) -> None:
    Provider(stack, "aws", region="cn-north-1", allowed_account_ids=[ACCOUNT])
    assert (stack.region, stack.partition, stack.account_id) == ("cn-north-1", "aws-cn", ACCOUNT)


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"alias": "other", "region": "eu-west-1", "allowed_account_ids": [ACCOUNT]},
        {"region": "${var.region}", "allowed_account_ids": ["${var.account}"]},
        {"allowed_account_ids": [ACCOUNT, "210987654321"]},
        {"allowed_account_ids": "${var.accounts}"},
    ],
)
def test_what_the_default_provider_does_not_determine_is_an_error(stack: Stack, arguments: dict[str, Any]) -> None:
    Provider(stack, "aws", **arguments)
    with pytest.raises(PlainworkError, match="does not determine `region`; create"):
        stack.region  # noqa: B018  a property
    with pytest.raises(PlainworkError, match="does not determine `allowed_account_ids`; create"):
        stack.account_id  # noqa: B018  a property


def test_a_construct_has_its_own_region_or_that_of_the_provider(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1", allowed_account_ids=[ACCOUNT])
    scope = Construct(stack, "files")
    assert (region_of(scope), region_of(scope, "us-east-1")) == ("eu-west-1", "us-east-1")
    assert (account_of(scope), account_of(scope, "210987654321")) == (ACCOUNT, "210987654321")


def test_a_construct_without_region_or_account_names_the_provider(stack: Stack) -> None:
    problems = [*region_problems(stack, None), *account_problems(stack, None)]
    unknown = "must be given, because stack 'demo' has no provider that determines it; create `Provider(stack, \"aws\","
    assert problems == [
        f'region {unknown} region="eu-west-1")` before',
        f'account_id {unknown} allowed_account_ids=["123456789012"])` before',
    ]


def test_invalid_values_are_rejected(stack: Stack) -> None:
    assert "must be the name of an AWS Region" in "".join(region_problems(stack, "Ireland"))
    assert "must be the account's 12 digits" in "".join(account_problems(stack, "1"))
