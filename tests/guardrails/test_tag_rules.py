from __future__ import annotations

from typing import Any

import pytest

from plainwork_core.errors import InputError
from plainwork_core.guardrails.tag_rules import TagRule, tag_rules
from plainwork_policies.tags.settings import TagSettings


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"required": ("Owner",)}, TagRule("Owner", is_required=True, values=())),
        ({"allowed_values": {"Env": ("dev", "dev")}}, TagRule("Env", is_required=False, values=("dev",))),
        ({"value_patterns": {"Cost": "cc-.*"}}, TagRule("Cost", is_required=False, values=("cc-*",))),
        ({"value_patterns": {"Cost": ".*"}}, TagRule("Cost", is_required=False, values=())),
        (
            {"value_patterns": {"Cost": "cc-[0-9]{4}"}},
            TagRule("Cost", is_required=False, values=(), inexpressible="cc-[0-9]{4}"),
        ),
        (
            {"allowed_values": {"Env": ("dev", "prod")}, "value_patterns": {"Env": "p.*"}},
            TagRule("Env", is_required=False, values=("prod",)),
        ),
    ],
)
def test_each_key_has_one_rule(settings: dict[str, Any], rule: TagRule) -> None:
    assert tag_rules(TagSettings(**settings)) == (rule,)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({}, "`[tags]` has no rule; set `required`"),
        (
            {"required": tuple(f"Key{n}" for n in range(60))},
            "`required` has 60 keys, but a resource has at most 50 tags",
        ),
        ({"required": ("Owner", "owner")}, "`Owner` and `owner` differ in case only"),
        ({"required": ("aws:Owner",)}, "begins with `aws:`"),
        ({"required": ("",)}, "the key `` has 0 characters"),
        ({"required": ("x" * 129,)}, "has 129 characters; a tag key has 1 to 128"),
        ({"required": ('Ow"ner${x}',)}, "has '\"', '$', '{' and '}'; tags have letters"),
        ({"required": ("Owner\n",)}, "has '\\n'; tags have letters"),
        ({"allowed_values": {"Env": ()}}, "`allowed_values.Env` has no value, so every request is denied"),
        ({"allowed_values": {"Env": ("*",)}}, "`allowed_values.Env` has `'*'`, which has '*'"),
        ({"allowed_values": {"Env": ("${aws:username}",)}}, "which has '$', '{' and '}'"),
        ({"allowed_values": {"Env": ("x" * 257,)}}, "has a value of 257 characters"),
        (
            {"allowed_values": {"Env": ("dev",)}, "value_patterns": {"Env": "p.*"}},
            "`allowed_values.Env` has no value that matches `p.*`",
        ),
    ],
)
def test_a_rule_that_no_tag_can_follow_is_an_error(settings: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError) as error:
        tag_rules(TagSettings(**settings))
    assert problem in str(error.value)


def test_letters_of_other_alphabets_are_allowed() -> None:
    assert [rule.key for rule in tag_rules(TagSettings(required=("Größe", "所有者")))] == ["Größe", "所有者"]
