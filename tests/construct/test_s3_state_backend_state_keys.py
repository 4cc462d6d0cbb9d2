from __future__ import annotations

import pytest

from plainwork.s3_state_backend.state_keys import StateKey, StateKeyError


@pytest.mark.parametrize(
    "path",
    ["prod/web.tfstate", "prod/eu-west-1/web.tfstate", "dev/api-v2.tfstate", "prod/web_assets.tfstate"],
)
def test_a_key_of_environment_and_component_is_valid(path: str) -> None:
    assert StateKey(path).environment == path.split("/", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/prod/web.tfstate", "must not begin or end with '/'"),
        ("prod/web.tfstate/", "must not begin or end with '/'"),
        ("prod//web.tfstate", "must not contain '//' (Terraform"),
        ("prod/web", "must end with '.tfstate'"),
        ("web.tfstate", "must begin with the environment"),
        ("prod/Web.tfstate", "lowercase"),
        ("prod/.tfstate", "lowercase"),
        ("env:/web.tfstate", "lowercase"),
        ("prod/${var.name}.tfstate", "lowercase"),
        ("prod/final-final-v3.tfstate", "must not have a part that ends with 'final', "),
        ("prod/web-old.tfstate", "must not have a part that ends with 'final', "),
        ("prod/web-web.tfstate", "must not repeat a word"),
        (None, "must be a string"),
        (f"prod/{'w' * 200}.tfstate", "must not be longer than 200 characters"),
    ],
)
def test_an_invalid_key_is_rejected_with_rule_and_value(path: str, rule: str) -> None:
    with pytest.raises(StateKeyError) as error:
        StateKey(path)
    assert rule in str(error.value)
    assert repr(path) in str(error.value)


def test_the_lock_file_is_next_to_the_state() -> None:
    assert StateKey("prod/web.tfstate").lock_file == "prod/web.tfstate.tflock"
