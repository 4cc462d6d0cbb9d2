"""IAM role trust policy does not allow sts:TagSession.

What: A statement of a role's trust policy allows a principal that passes session tags, and no statement allows
    `sts:TagSession`: EKS Pod Identity (`pods.eks.amazonaws.com`), or any principal under a condition that requires a
    tag in the request (`aws:RequestTag/...`, `aws:TagKeys`).
Why: AWS STS requires `sts:TagSession` for a request with session tags. Without it such a request is denied, and without
    tags the condition denies it: nothing can assume the role, and pods start without credentials.
Remedy: Add `sts:TagSession` to the actions of the statement.
Limitations: Any statement of the trust policy that allows `sts:TagSession` counts, for any principal.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam.reach import includes_action
from plainwork_policies.api import Argument, Findings, all_conditions, any_condition, is_certain, policy, some
from plainwork_policies.conditions.subjects import (
    REQUEST,
    TagCondition,
    known_tag_conditions,
    possible_beside,
    tag_conditions,
)
from plainwork_policies.reading.statement import Statement, statements_of

_POD_IDENTITY = "pods.eks.amazonaws.com"
_TAG_SESSION = "sts:TagSession"
_ASSUME = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")


def passes_session_tags(statement: Statement) -> bool:
    """Return whether *statement* allows assuming a role by requests with session tags only."""
    return all_conditions(
        lambda: any_condition(lambda: _is_pod_identity(statement), lambda: _requires_tags(statement)),
        lambda: statement["Effect"].string() == "Allow",
        lambda: some(_ASSUME, lambda action: statement.resolve("Action", includes_action(statement.owner, action))),
    )


@policy(
    "PLW_COND_011",
    "iam-trust-tag-session-missing",
    severity="high",
    on=statements_of("trust"),
    where=passes_session_tags,
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
        "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
    ),
)
def iam_trust_tag_session_missing(statement: Statement) -> Findings:
    """Check that a statement of the trust policy allows `sts:TagSession`."""
    if some(possible_beside(statement, _allows_tag_session), _allows_tag_session):
        return
    if is_certain(lambda: _is_pod_identity(statement)):
        reason = f"`{_POD_IDENTITY}` passes session tags"
    else:
        condition = next(one for one in known_tag_conditions(statement, *REQUEST) if is_certain(one.requires_key))
        reason = f"`{condition.key}` requires session tags"
    yield statement["Action"].fail(
        f"{reason}, but no statement of the trust policy allows `{_TAG_SESSION}`",
        remedy=f"Add `{_TAG_SESSION}` to `Action`.",
    )


def _is_pod_identity(statement: Statement) -> bool:
    return some(_services(statement), lambda service: service.is_one_of((_POD_IDENTITY,)))


def _services(statement: Statement) -> Iterator[Argument]:
    """Yield the principals that are services."""
    principals = statement["Principal"]
    for principal in statement.owner.principals:
        if principals.resolve(principal.type) == "Service":
            yield Argument(statement, principals.path, principal.value)


def _requires_tags(statement: Statement) -> bool:
    return some(tag_conditions(statement, *REQUEST), TagCondition.requires_key)


def _allows_tag_session(statement: Statement) -> bool:
    return all_conditions(
        lambda: statement.resolve("Action", includes_action(statement.owner, _TAG_SESSION.lower())),
        lambda: statement["Effect"].string() == "Allow",
    )
