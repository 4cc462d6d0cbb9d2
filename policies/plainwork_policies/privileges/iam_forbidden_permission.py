"""IAM principal has a permission that the settings forbid.

What: A role, user or permission set that may do what an entry of `[[never]]` in the settings lists: an action, or one
    that a pattern matches, on a resource of the stack, on an ARN, or on any resource. All policies of the principal
    count together: inline and attached policies, those of its groups, the permissions boundary, and the resource-based
    policy of the resource.
Why: Some permissions must not exist, in whichever policy: to delete the state, to read the secrets of another team, to
    change the audit trail. A review of one statement does not show what all policies allow together.
Remedy: Remove the action from the statement in the location, or deny it for the resource.
Limitations: A permission that depends on a value that the stack does not have, such as a condition on the source IP
    address, is not evaluated. Principals, policies and resources outside of the stack, service control policies, groups
    without users in the stack, and session policies are not checked. A permission that requires tags in the request is
    not evaluated. A resource of a type whose ARN format is not in the table of plainwork is not checked by its address.
    The time grows with the number of principals times that of the resources that an entry names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plainwork_core.addresses import without_keys
from plainwork_core.iam.stack_requests.answers import Answer
from plainwork_core.iam.stack_requests.possibilities import possible
from plainwork_core.iam.stack_requests.principals import KINDS
from plainwork_core.iam.stack_requests.questions import Questions
from plainwork_core.model.rendering import quote
from plainwork_core.wildcards import matches
from plainwork_policies.api import (
    Finding,
    Findings,
    NotEvaluated,
    Resource,
    Stack,
    cached_per_stack,
    check_each,
    fail,
    policy,
)
from plainwork_policies.privileges.settings import IamSettings, Never


@policy(
    "PLW_PRIV_033",
    "iam-forbidden-permission",
    severity="high",
    on=tuple(KINDS),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",),
    settings=("never",),
    requires="never",
)
def iam_forbidden_permission(principal: Resource, stack: Stack, settings: IamSettings) -> Findings:
    """Check each entry for the principal."""
    yield from check_each(settings.never, lambda never: _findings(principal, stack, never))


def _findings(principal: Resource, stack: Stack, never: Never) -> Iterator[Finding]:
    questions = _questions(stack)
    if not _is_named(never.principal, principal, questions):
        return
    who = questions.principal_of(principal.owner)
    answer = possible(questions, who, never.action, never.resource)
    if answer is None:
        return
    if answer.decision.is_unknown:
        asked = f"`{answer.request.action}` on `{answer.resource}`"
        raise NotEvaluated(f"{asked} is unknown: {answer.decision.reason}")
    yield _failure(answer, never)


@cached_per_stack
def _questions(stack: Stack) -> Questions:
    return Questions(stack)


def _is_named(pattern: str, principal: Resource, questions: Questions) -> bool:
    """Return whether *pattern* matches the address, the name or the ARN of a principal, as far as they are known."""
    names = questions.names
    known = (names.attribute(principal.owner, "name"), names.arn(principal.owner))
    texts = (principal.address, without_keys(principal.address), *map(quote, known))
    return any(matches(pattern, text) for text in texts)


def _failure(answer: Answer, never: Never) -> Finding:
    statement = answer.decision.statements[0]
    action, resource = answer.request.action, never.resource if statement.is_sensitive else answer.resource
    reason = f" ({never.reason})" if never.reason else ""
    found = fail(
        "",
        f"`{action}` on `{resource}` is allowed by `{statement.address}`; `[[never]]` forbids it{reason}",
        value=action,
        remedy=f"Remove `{action}` from the statement, or deny it for the resource.",
    )
    return replace(found, location=statement.location)
