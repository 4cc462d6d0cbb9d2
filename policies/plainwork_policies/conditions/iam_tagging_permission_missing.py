"""IAM policy requires tags on creation but does not allow the tagging action.

What: A statement of an identity-based policy allows an action that creates a resource, with a condition that requires
    tags in the request (`aws:RequestTag/...`), and no identity-based policy of the stack allows the action that AWS
    also requires if a request has tags: `ec2:CreateTags` for `ec2:RunInstances`, `elasticfilesystem:TagResource` for
    `elasticfilesystem:CreateFileSystem`, `elasticache:AddTagsToResource` for `elasticache:CreateReplicationGroup`,
    `s3:TagResource` for `s3:CreateBucket`, `sqs:TagQueue` for `sqs:CreateQueue`.
Why: Without tags the condition denies the request, and with tags the second permission is missing. The role cannot
    create anything, and the error names an action that is not in the request.
Remedy: Allow the tagging action, limited to the resources that are being created.
Limitations: The AWS Service Authorization Reference and the guides of the services define which action requires which.
    Any identity-based policy of the stack that allows the second action counts, with any role. A policy outside the
    stack may also allow it: if the stack attaches one to the same identity, the statement is not evaluated. Service
    control policies and resource-based policies are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.iam.authorization_reference import supports_create_action, tagging_actions
from plainwork_core.iam.grants import is_allowed
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Stack, all_conditions, is_certain, policy, some
from plainwork_policies.conditions.attached_policies import policy_from_outside
from plainwork_policies.conditions.subjects import (
    REQUEST,
    TagCondition,
    known_tag_conditions,
    statements_on_tags,
    tag_conditions,
)
from plainwork_policies.reading.statement import Statement


@policy(
    "PLW_COND_006",
    "iam-tagging-permission-missing",
    aliases=("tagging-action-missing",),
    severity="medium",
    on=statements_on_tags("identity", "unused"),
    links=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html",),
)
def iam_tagging_permission_missing(statement: Statement, stack: Stack) -> Findings:
    """Check each action that creates a resource."""
    patterns = statement["Action"]
    is_missing = partial(_is_missing, statement)
    if statement.is_deny or not all_conditions(
        lambda: some(list(tag_conditions(statement, *REQUEST)), TagCondition.requires_key),
        lambda: some(_creating_actions(patterns.strings()), is_missing),
    ):
        return
    statement.require_grant("Action")
    if reason := policy_from_outside(statement, stack):
        raise patterns.not_evaluated(reason)
    condition = next(one for one in known_tag_conditions(statement, *REQUEST) if is_certain(one.requires_key))
    for action in _creating_actions(patterns.certain_strings()):
        if is_certain(partial(is_missing, action)):
            tagging = enumeration(tagging_actions(action), "or")
            yield patterns.fail(
                f"`{action}` is allowed only with `{condition.key}`; no statement allows {tagging}, "
                "which AWS requires for creation with tags",
                value=str(action),
                remedy=f"Allow {tagging} {_limited_to(action)}.",
            )


def _creating_actions(patterns: Iterable[str]) -> Iterator[Action]:
    """Yield the actions that *patterns* match and that require another action if the request has tags."""
    return (action for pattern in patterns for action in _creating(pattern))


@lru_cache(maxsize=1024)
def _creating(pattern: str) -> tuple[Action, ...]:
    return tuple(action for action in expand(pattern) if tagging_actions(action))


def _is_missing(statement: Statement, action: Action) -> bool:
    return not statement.resolve("Action", is_allowed(statement.stack, tagging_actions(action)))


def _limited_to(action: Action) -> str:
    if supports_create_action(action.service):
        return f"with the condition `{action.service}:CreateAction` = `{action.name}`"
    return "for the resources that are created"
