"""The ids of the constructs of this library."""

from __future__ import annotations

import pytest

from plainwork import App, PlainworkError, S3StateBackend, Stack


def state_backend(scope: Stack, id_: str, bucket: str = "example-states") -> S3StateBackend:
    return S3StateBackend(scope, id_, bucket=bucket, region="eu-west-1", account_id="123456789012")


def test_a_duplicate_id_is_an_error_that_names_scope_and_classes(stack: Stack) -> None:
    state_backend(stack, "state")
    with pytest.raises(PlainworkError) as error:
        state_backend(stack, "state", "other-states")
    assert str(error.value) == (
        "duplicate id 'state' in 'demo': S3StateBackend and S3StateBackend; change one of the ids"
    )


def test_the_scope_is_a_stack_or_a_construct_in_a_stack(app: App) -> None:
    with pytest.raises(PlainworkError, match="is not in a stack: use a Stack or a construct in a stack as scope"):
        state_backend(app, "state")  # type: ignore[arg-type]


def test_an_id_is_a_terraform_identifier(stack: Stack) -> None:
    with pytest.raises(PlainworkError, match="S3StateBackend name 'a b', which is not a Terraform identifier"):
        state_backend(stack, "a b")
