"""IAM condition tests a key that the service does not have for the action.

What: A condition on a key of a service, such as `s3:prefix` or `ec2:Vpc`, in a statement whose actions of this service
    do not have the key.
Why: No request has the key. An `Allow` statement then allows nothing, and a `Deny` statement does not protect.
Remedy: Use a key that the Service Authorization Reference lists for the action, or move the action to a statement
    without the condition. `s3:prefix` is a key of `s3:ListBucket`; objects are limited by `Resource`.
Limitations: Keys on tags are checked by `iam-tag-condition-unsupported`. Global keys (`aws:...`), keys that the
    reference lists for no action, such as `ec2:SourceInstanceARN` and `states:HTTPMethod`, keys of identity providers,
    conditions with `...IfExists` and `Null`, and keys of a service that no action of the statement belongs to are not
    checked. A statement passes if one of its actions has the key. A finding on a `Deny` statement is high.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.iam_actions import Action, expand, resource_types, uncertain_keys
from plainwork_core.iam.condition_operators import operator_of
from plainwork_core.iam.statement import Condition
from plainwork_core.model.rendering import render
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, policy
from plainwork_policies.reading.statement import Statement, statements_of

_TAG = re.compile(r"(resource|request|principal)tag/|tagkeys$")
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_CROSS_SERVICE = "ssm:sourceinstancearn"
"""A key about the credentials of a request that the reference does not have at all."""
_PLACEHOLDER = re.compile(r"[<$].*")


@policy(
    "PLW_PRIV_031",
    "iam-condition-key-unsupported",
    severity="medium",
    on=statements_of("identity", "resource", "boundary", "endpoint", "organization", "unused"),
    links=(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ),
)
def iam_condition_key_unsupported(statement: Statement) -> Findings:
    """Check each condition key of a service of the statement's actions."""
    statement.require_read("Condition")
    for condition in statement.owner.conditions:
        if _allows_absence(condition):
            continue
        if isinstance(condition.key, Unknown) and not isinstance(condition.key, PartialString):
            raise statement["Condition"].not_evaluated(condition.key)
        key = (render(condition.key) or "").lower()
        service, _, name = key.partition(":")
        if not name or key == _CROSS_SERVICE or key in uncertain_keys(service) or _TAG.search(name):
            continue
        patterns = [pattern for pattern in statement["Action"].strings() if pattern.lower().startswith(f"{service}:")]
        actions = [action for pattern in patterns for action in expand(pattern)]
        if actions and not any(_has_key(action, key) for action in actions):
            yield statement["Condition"].fail(
                f"`{render(condition.key)}` is not a condition key of {enumeration(patterns)}; no request has it",
                value=render(condition.key),
                remedy="Use a condition key of the action, or move the action to a statement without the condition.",
                severity="high" if statement.is_deny else None,
            )


def _allows_absence(condition: Condition) -> bool:
    """Return whether the condition is about requests without the key, too: `...IfExists` and `Null`."""
    operator = operator_of(condition)
    return not isinstance(operator, Unknown) and (operator.if_exists or operator.name == "null")


def _has_key(action: Action, key: str) -> bool:
    """Return whether the reference lists *key*, in lower case, for *action* or one of its resource types.

    A key with a placeholder, such as `kms:EncryptionContext:${EncryptionContextKey}`, matches by its beginning.
    """
    for listed in map(str.lower, _keys(action)):
        known = _PLACEHOLDER.sub("", listed)
        if key == known or (known != listed and key.startswith(known)):
            return True
    return False


def _keys(action: Action) -> Iterator[str]:
    types = resource_types(action.service)
    for type_, row in action.on.items():
        yield from row.keys
        yield from types[type_].keys if type_ in types else ()
