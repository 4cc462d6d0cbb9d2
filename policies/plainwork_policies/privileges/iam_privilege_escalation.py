"""IAM principal can escalate its privileges.

What: The policies of one role, user, group or permission set together allow all actions of a known escalation path: an
    action on all of IAM (`iam:CreatePolicyVersion`, `iam:AttachRolePolicy`, ...), or passing any role to a service that
    then acts for the principal (`iam:PassRole` with `lambda:CreateFunction` and `lambda:InvokeFunction`). Statements of
    several documents count together.
Why: The principal can add the permissions that its policies exclude. Anyone with access to it can become an
    administrator in two steps.
Remedy: Limit `Resource` of the actions on IAM, and of `iam:PassRole` to the roles that may be passed.
Limitations: An action on IAM, or on an existing resource, counts if it is allowed on all resources of its type. An
    action on a name (`role/app`) or on a part of the names (`role/app-*`) does not, even on the principal itself. A
    statement with a condition does not count, except for the circumstances of a request (time, network, multi-factor
    authentication) and for `iam:PassedToService`, which must include the service of the path. A `Deny` statement for
    the whole action removes it; for a part, the result is not evaluated; a `Deny` of unknown content is not counted. A
    permissions boundary removes the actions that it does not allow. A boundary and attached policies that are not in
    the stack end in not evaluated, except AWS managed policies, whose statements are a table in plainwork. A path
    within one of them is found by `iam-managed-policy-overly-permissive`. The policies of a user's groups count with
    its own; a path within one group is a finding on the group. Service control policies and trust policies are not
    checked. A principal with all permissions has nothing to gain: `iam-wildcard-action` checks it. Remote sessions are
    checked by `ssm-session-unrestricted`. Starting builds of all CodeBuild projects alone is medium. The paths are a
    table (Rhino Security Labs, pathfinding.cloud).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain

from plainwork_core.iam.attachments import IDENTITIES, POLICY_ARNS
from plainwork_core.iam.escalation import EscalationPath, escalation_paths, grants_of
from plainwork_core.iam.grants import allows_everything, granted
from plainwork_core.iam.identities import IamPrincipal
from plainwork_core.iam.reach import matches_action
from plainwork_core.iam.statement import Statement, Text
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, NotEvaluated, Stack, Subjects, policy
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.privileges.escalation_subjects import does_boundary_allow, principals, statements_of_groups
from plainwork_policies.privileges.subjects import opens_session

Paths = list[tuple[EscalationPath, list[Statement]]]
_PASS_ROLE = "iam:PassRole"  # noqa: S105  an action
_BOUNDARY = "permissions_boundary"
_PRINCIPALS = Subjects(tuple(sorted({"document", *IDENTITIES, *POLICY_ARNS})), principals)


@policy(
    "PLW_PRIV_008",
    "iam-privilege-escalation",
    severity="high",
    on=_PRINCIPALS,
    aliases=("privilege-escalation",),
    links=("https://pathfinding.cloud",),
)
def iam_privilege_escalation(principal: IamPrincipal, stack: Stack) -> Findings:
    """Check all statements of a principal together, those of its groups included."""
    of_groups = statements_of_groups(stack, principal)
    principal = replace(principal, statements=[*principal.statements, *chain(*of_groups)])
    held = [*principal.statements, *principal.of_aws]
    if any(map(allows_everything, held)):
        return
    patterns = frozenset(action for statement in held for action in statement.actions)
    paths = _paths(patterns, is_open=any(statement.not_actions for statement in held))
    possible = [(path, grants) for path in paths if (grants := grants_of(path, held))]
    certain = [
        (path, known)
        for path, grants in possible
        if len(known := _known(grants)) == len(grants) and not _is_found_elsewhere(known, of_groups)
    ]
    if certain and (allowed := _within_boundary(stack, principal, certain)):
        yield _failure(principal, allowed)
        return
    unknown = next((grant for _, grants in possible for grant in grants if isinstance(grant, Unknown)), None)
    passes_roles = isinstance(granted(held, _PASS_ROLE), Statement)
    reason = principal.missing(of_aws=passes_roles) if unknown is None else unknown
    if reason is not None:
        raise NotEvaluated(reason)


@lru_cache(maxsize=4096)
def _paths(patterns: frozenset[Text], *, is_open: bool) -> tuple[EscalationPath, ...]:
    """Return the paths whose actions *patterns* may all match, or all if *is_open*: many principals have the same."""
    named = frozenset().union(*map(_named, patterns))
    return tuple(path for path in _without_sessions() if is_open or named.issuperset(path.actions))


@cache
def _without_sessions() -> tuple[EscalationPath, ...]:
    return tuple(path for path in escalation_paths() if not opens_session(path))


@lru_cache(maxsize=4096)
def _named(pattern: Text) -> frozenset[str]:
    """Return the actions of paths that *pattern* matches or may match."""
    actions = {action for path in _without_sessions() for action in path.actions}
    return frozenset(action for action in actions if matches_action(pattern, action.lower()) is not False)


def _is_of_one_aws_policy(grants: list[Statement]) -> bool:
    """Return whether one AWS managed policy allows the path; `iam-managed-policy-overly-permissive` checks these."""
    documents = {(grant.address, grant.document.argument) for grant in grants}
    return len(documents) == 1 and grants[0].document.argument.partition(".")[0] in POLICY_ARNS.values()


def _known(grants: list[Statement | Unknown]) -> list[Statement]:
    return [grant for grant in grants if isinstance(grant, Statement)]


def _is_found_elsewhere(grants: list[Statement], of_groups: list[list[Statement]]) -> bool:
    """Return whether the path is a finding on one AWS managed policy or on one group."""
    return _is_of_one_aws_policy(grants) or any(all(grant in group for grant in grants) for group in of_groups)


def _within_boundary(stack: Stack, principal: IamPrincipal, paths: Paths) -> Paths:
    """Return those of *paths* whose actions the permissions boundary of *principal* allows."""
    answers = [(path, does_boundary_allow(stack, principal, path[0])) for path in paths]
    allowed = [path for path, answer in answers if answer is True]
    doubt = next((answer for _, answer in answers if isinstance(answer, Unknown)), None)
    if doubt is not None and not allowed:
        raise NotEvaluated(f"the permissions boundary is not known to allow the path: {doubt.reason}", _BOUNDARY)
    return allowed


def _failure(principal: IamPrincipal, certain: Paths) -> Finding:
    path, grants = certain[0]
    at = principal.path(grants[0], "Action")
    if any(grant.is_sensitive for grant in grants):
        message = "a sensitive policy document allows privilege escalation; its content is not shown"
        return fail(at, message, remedy="Limit `Resource` of the actions on IAM.")
    allow = "allows" if len(grants) == 1 else "together allow"
    others = len(certain) - 1
    more = f"; {others} more path{'s' * (others > 1)} in the value" if others else ""
    return fail(
        at,
        f"{_shown(path, grants)} {allow} privilege escalation ({path.name}){more}",
        value=[way.page or way.name for way, _ in certain],
        remedy=f"Limit `Resource` of `{path.actions[0]}`, or remove one of the actions.",
        severity="medium" if all(way.starts_builds_only for way, _ in certain) else None,
    )


def _shown(path: EscalationPath, grants: list[Statement]) -> str:
    """Return the actions of *path*, each with the address of its statement if these are several."""
    several = len({grant.address for grant in grants}) > 1
    granted_by = zip(path.actions, grants, strict=True)
    return enumeration((f"`{action}`{f' ({grant.address})' * several}" for action, grant in granted_by), mark="")
