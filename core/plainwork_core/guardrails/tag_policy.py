"""Tag policies of AWS Organizations: the case of keys, and their values.

A tag policy does not require a tag. With `enforced_for`, it denies requests that set a tag with another case of the key
or another value:
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from plainwork_core.aws.organizations import ALL_RESOURCES, ENFORCED_SERVICES, TAG_POLICY_CHARACTERS
from plainwork_core.errors import InputError
from plainwork_core.guardrails.documents import encoded
from plainwork_core.guardrails.requests import covered_services
from plainwork_core.guardrails.tag_rules import TagRule, TagSettings, tag_rules

_ASSIGN = "@@assign"


def tag_policies(settings: TagSettings, services: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the tag policies of the settings, the fewest within the quota.

    Raises:
        InputError: a rule of the settings, or a service, cannot be enforced.
    """
    enforced = [f"{name}:{ALL_RESOURCES}" for name in covered_services(services) if name in ENFORCED_SERVICES]
    found: list[dict[str, Any]] = []
    for rule in tag_rules(settings):
        row = {rule.key: _row(rule, enforced)}
        if found and len(encoded({"tags": {**found[-1]["tags"], **row}})) <= TAG_POLICY_CHARACTERS:
            found[-1]["tags"].update(row)
        else:
            found.append({"tags": row})
        if len(encoded({"tags": row})) > TAG_POLICY_CHARACTERS:
            raise InputError(
                f"the tag policy of `{rule.key}` has more than {TAG_POLICY_CHARACTERS:,} characters; reduce its values"
            )
    return found


def policy_values(rule: TagRule) -> tuple[str, ...]:
    """Return the values that a tag policy can express: with `*` once, and without `?`; empty if it cannot."""
    is_expressible = all(value.count("*") <= 1 and "?" not in value for value in rule.values)
    return rule.values if is_expressible else ()


def _row(rule: TagRule, enforced: Sequence[str]) -> dict[str, Any]:
    return {name: {_ASSIGN: value} for name, value in _elements(rule, enforced) if value}


def _elements(rule: TagRule, enforced: Sequence[str]) -> Iterator[tuple[str, Any]]:
    yield "tag_key", rule.key
    yield "tag_value", list(policy_values(rule))
    yield "enforced_for", list(enforced)
