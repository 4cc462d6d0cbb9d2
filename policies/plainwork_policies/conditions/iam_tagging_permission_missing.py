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
    All policies of a role or user count, its boundary included, and policies that the stack attaches to no principal.
    A policy that is attached to no role or user of the stack may have any of the others beside it. A policy outside
    the stack may also allow the action: if the stack attaches one to the same identity, the statement is not evaluated.
    Service control policies and resource-based policies are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from plainwork_core.aws.iam_actions import Action, expand
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam import statements
from plainwork_core.iam.api_calls import authorizations
from plainwork_core.iam.attachments import IDENTITIES
from plainwork_core.iam.authorization_reference import supports_create_action, tagging_actions
from plainwork_core.iam.evaluation import Request, RequestPrincipal, RequestResource, unnamed_arn
from plainwork_core.iam.grants import is_allowed
from plainwork_core.iam.identities import holders_by_policy, identities
from plainwork_core.iam.reach import includes_action
from plainwork_core.iam.stack_requests.holders import holders_of, may
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Stack, all_conditions, cached_per_stack, is_certain, policy, some
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
    """Return whether no policy of the stack, or none of a principal with *statement*, allows the tagging action."""
    stack, tagging = statement.stack, tagging_actions(action)
    if not statement.resolve("Action", is_allowed(stack, tagging)):
        return True
    if any(includes_action(one, name.lower()) is not False for one in _unattached(stack) for name in tagging):
        return False
    holders = [who for who in holders_of(stack, statement.owner) if who.resource is not None]
    return any(all(may(who, request) is False for request in _requests(who.request, action)) for who in holders)


def _requests(principal: RequestPrincipal, action: Action) -> Iterator[Request]:
    """Yield the request that AWS authorizes beside *action* for each tagging action that is enough."""
    for one in authorizations(str(action), tags=True):
        if one.action in tagging_actions(action):
            resource = RequestResource(unnamed_arn(one.arn_format), principal.account_id, {})
            context = {key: (value,) for key, value in one.context.items()}
            for name in (one.action, *one.alternatives):
                yield Request(principal, name, resource, context, complete=False)


@cached_per_stack
def _unattached(stack: Stack) -> list[ModelStatement]:
    """Return the statements that allow something and belong to no role, user or group of the stack."""
    found = statements(stack)
    return [
        one for one in found if one.kind in ("identity", "unused") and one.effect != "Deny" and not _is_held(stack, one)
    ]


def _is_held(stack: Stack, statement: ModelStatement) -> bool:
    held = holders_by_policy(stack).get(statement.address, ())
    return any(identities(stack)[index].resource.type in IDENTITIES for index in held)


def _limited_to(action: Action) -> str:
    if supports_create_action(action.service):
        return f"with the condition `{action.service}:CreateAction` = `{action.name}`"
    return "for the resources that are created"
