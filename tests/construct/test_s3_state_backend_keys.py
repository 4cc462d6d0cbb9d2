from __future__ import annotations

import pytest

from plainwork.s3_state_backend.keys import StateKey, StateKeyError


@pytest.mark.parametrize(
    "path",
    ["prod/web.tfstate", "prod/eu-west-1/web.tfstate", "dev/api-v2.tfstate", "prod/web_assets.tfstate"],
)
def test_a_key_of_environment_and_component_is_good(path: str) -> None:
    assert StateKey(path).environment == path.split("/", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/prod/web.tfstate", "must not begin or end with '/'"),
        ("prod/web.tfstate/", "must not begin or end with '/'"),
        ("prod//web.tfstate", "must not contain '//'"),
        ("prod/web", "must end in '.tfstate'"),
        ("web.tfstate", "must name its environment first"),
        ("prod/Web.tfstate", "lower case"),
        ("prod/.tfstate", "lower case"),
        ("env:/web.tfstate", "lower case"),
        ("prod/${var.name}.tfstate", "lower case"),
        ("prod/final-final-v3.tfstate", "not what became of it"),
        ("prod/web-old.tfstate", "not what became of it"),
        ("prod/web-web.tfstate", "must not say a word twice"),
        (None, "must be a string"),
        (f"prod/{'w' * 200}.tfstate", "must not be longer than 200 characters"),
    ],
)
def test_a_bad_key_is_refused_with_its_rule_and_value(path: str, rule: str) -> None:
    with pytest.raises(StateKeyError) as refusal:
        StateKey(path)
    assert rule in str(refusal.value)
    assert repr(path) in str(refusal.value)


def test_the_lock_lies_beside_the_state() -> None:
    assert StateKey("prod/web.tfstate").lock == "prod/web.tfstate.tflock"
