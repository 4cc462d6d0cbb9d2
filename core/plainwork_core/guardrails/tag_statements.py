"""The `Deny` statements that require tags.

- Each required key has a statement of its own. Several keys in one `Null` deny only a request that has none of them:
  https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
- A negated operator is true without its key, with `IfExists` too, so `Null` limits the statements on values to requests
  with the tag: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
- `ec2:DeleteTags` without keys deletes all tags, and its request then has no `aws:TagKeys`:
  https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html
- A service that makes the call for the caller, such as Amazon RDS for the secret of a password, sends tags of its own:
  https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
- Service control policies do not affect service-linked roles, such as that of Auto Scaling:
  https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.guardrails.requests import CallGroup, call_groups, covered_services, tagging_actions
from plainwork_core.guardrails.tag_rules import TagRule, TagSettings, tag_rules

_DELETE_TAGS = "ec2:DeleteTags"
_NOT_IN_SID = re.compile(r"[^0-9A-Za-z]")

Statement = dict[str, Any]


@frozen()
class Scope:
    """Whose requests the statements deny.

    Args:
        services: prefixes of the covered services; see `covered_services`.
        exempt_principals: ARNs of principals that are not denied, with the wildcards `*` and `?`.
        through_services: whether requests that an AWS service makes for the caller are denied, too.
    """

    services: tuple[str, ...] = ()
    exempt_principals: tuple[str, ...] = ()
    through_services: bool = False

    def conditions(self) -> dict[str, Any]:
        """Return the conditions of every statement."""
        found: dict[str, Any] = {}
        if not self.through_services:
            found["BoolIfExists"] = {"aws:ViaAWSService": "false"}
        if self.exempt_principals:
            found["ArnNotLike"] = {"aws:PrincipalArn": list(self.exempt_principals)}
        return found


def tag_statements(settings: TagSettings, scope: Scope) -> list[Statement]:
    """Return the statements: tags that are missing, values that are not allowed, and the removal of required tags.

    Raises:
        InputError: a rule of the settings, or a service, cannot be enforced.
    """
    rules, services = tag_rules(settings), covered_services(scope.services)
    groups = call_groups(services, settings.propagate_to)
    required = [rule.key for rule in rules if rule.is_required]
    return [
        *(_missing(rule, group, scope) for rule in rules if rule.is_required for group in groups),
        *(_wrong_value(rule, groups, services, scope) for rule in rules if rule.values),
        *(_removal(required, services, scope) if required else ()),
    ]


def _missing(rule: TagRule, group: CallGroup, scope: Scope) -> Statement:
    condition = {"Null": {request_tag(rule.key): "true"}, **scope.conditions()}
    return _deny(_sid("Require", rule.key), group.calls, group.resources, condition)


def _wrong_value(rule: TagRule, groups: Sequence[CallGroup], services: Sequence[str], scope: Scope) -> Statement:
    key, operator = request_tag(rule.key), "StringNotLike" if rule.has_wildcards else "StringNotEquals"
    actions = [*(call for group in groups for call in group.calls), *tagging_actions(services, removing=False)]
    condition = {operator: {key: list(rule.values)}, "Null": {key: "false"}, **scope.conditions()}
    return _deny(_sid("Values", rule.key), sorted(actions), ("*",), condition)


def _removal(keys: Sequence[str], services: Sequence[str], scope: Scope) -> Iterator[Statement]:
    actions = tagging_actions(services, removing=True)
    condition = {"ForAnyValue:StringEquals": {"aws:TagKeys": list(keys)}, **scope.conditions()}
    yield _deny("KeepRequiredTags", actions, ("*",), condition)
    if _DELETE_TAGS in actions:
        without_keys = {"Null": {"aws:TagKeys": "true"}, **scope.conditions()}
        yield _deny("KeepAllTags", (_DELETE_TAGS,), ("*",), without_keys)


def request_tag(key: str) -> str:
    """Return the condition key for a tag of the request."""
    return f"aws:RequestTag/{key}"


def _sid(prefix: str, key: str) -> str:
    """Return a `Sid`, which has letters and digits of ASCII only."""
    return prefix + _NOT_IN_SID.sub("", key)


def _deny(sid: str, actions: Sequence[str], resources: Sequence[str], condition: Statement) -> Statement:
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Action": list(actions),
        "Resource": list(resources),
        "Condition": condition,
    }
