"""IAM principal can escalate its privileges.

What: the policies of one role, user, group or permission set together allow all actions of a known way to further
    rights: on the whole of IAM (`iam:CreatePolicyVersion`, `iam:AttachRolePolicy`, ...), or passing any role to a
    service that then acts for the holder (`iam:PassRole` with `lambda:CreateFunction` and `lambda:InvokeFunction`).
    Statements of several documents count together.
Why: whatever the policies were meant to leave out, the holder can add: it is an administrator in two steps, and so is
    who gets hold of it.
Remedy: name the resources of the actions on IAM, and in `iam:PassRole` the roles that may be passed::

        actions   = ["iam:PassRole"]
        resources = [aws_iam_role.task.arn]
Limitations: an action on IAM, and one on what exists already, counts when it is allowed on every resource of its
    type; one
    on a name (`role/app`) or on part of the names (`role/app-*`) does not, not even on the identity itself. A statement
    under a condition does not count, except for the circumstances of a request (time, network, multi-factor
    authentication) and `iam:PassedToService`, which has to let in the service of the way. What denies counts: as a
    whole it takes the action away, in part it leaves the verdict open; what a document denies that is not known does
    not. A permissions boundary and attached policies that are not in the stack leave it open too; of an AWS managed
    policy only what it may add to `iam:PassRole` does.
    Groups of a user, service control policies and who may assume the role are not looked at. An identity that is
    allowed everything has nothing to gain: `iam-wildcard-action` judges it. Sessions on machines are
    `ssm-session-unrestricted`'s. The ways are those of a table (Rhino Security Labs' and pathfinding.cloud's).
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam.escalation import EscalationPath, escalation_paths
from plainwork_core.iam.grants import allows_everything, granted
from plainwork_core.iam.identities import IamPrincipal, identities
from plainwork_core.iam.statement import Statement
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.ssm_session_unrestricted import SESSIONS

_PASS_ROLE = "iam:PassRole"  # noqa: S105  an action


@policy(
    "PLW_PRIV_008",
    "iam-privilege-escalation",
    aliases=("privilege-escalation",),
    severity="high",
    subjects=identities,
    links=("https://pathfinding.cloud",),
)
def iam_privilege_escalation(identity: IamPrincipal) -> Iterator[Finding]:
    """Judge one identity by all its statements."""
    if any(allows_everything(statement) for statement in identity.statements):
        return
    ways = [(path, _answers(path, identity)) for path in escalation_paths() if not _is_a_session(path)]
    open_ways = [(path, answers) for path, answers in ways if answers]
    certain = [way for way in open_ways if all(isinstance(answer, Statement) for answer in way[1])]
    doubt = next((answer for _, answers in open_ways for answer in answers if isinstance(answer, Unknown)), None)
    bounded = identity.boundary is not None and not is_computed_by_provider(identity.boundary)
    if certain and not bounded:
        yield _failure(identity, certain)
    elif certain:
        yield not_evaluated("permissions_boundary", "what the permissions boundary leaves is not worked out")
    elif doubt is not None:
        yield not_evaluated("", doubt)
    elif reason := identity.missing(of_aws=isinstance(granted(identity.statements, _PASS_ROLE), Statement)):
        yield not_evaluated("", reason)


def _answers(path: EscalationPath, identity: IamPrincipal) -> list[Statement | Unknown]:
    """What grants each action of *path*, or hides whether anything does; empty where one is not granted."""
    passed = _PASS_ROLE in path.actions
    found: list[Statement | Unknown] = []
    for action in path.actions:
        everywhere = not passed or action.startswith("iam:")
        answer = granted(identity.statements, action, everywhere=everywhere, service=path.service)
        if answer is None:
            return []
        found.append(answer)
    return found


def _failure(identity: IamPrincipal, ways: list[tuple[EscalationPath, list[Statement | Unknown]]]) -> Finding:
    path, answers = ways[0]
    held = [statement for statement in answers if isinstance(statement, Statement)]
    at = identity.path(held[0], "Action")
    remedy = f"name the resources of `{path.actions[0]}`, or take one of the actions away"
    if any(statement.document.owner.sensitive_part(statement.document.argument) for statement in held):
        remedy = "name the resources of the actions on IAM"
        return fail(at, "can give itself further rights, by a sensitive document, which is not shown", remedy=remedy)
    message = f"can give itself further rights by {_shown(path, held)}"
    if len(ways) > 1:
        message += f", and in {len(ways) - 1} other ways" if len(ways) > 2 else ", and in another way"  # noqa: PLR2004
    return fail(at, message, value=[path.page or path.name for path, _ in ways], remedy=remedy)


def _shown(path: EscalationPath, held: list[Statement]) -> str:
    """The actions of *path*, each with who grants it where these are several."""
    several = len({statement.address for statement in held}) > 1
    granting = zip(path.actions, held, strict=True)
    named = (f"`{action}`{f' ({statement.address})' * several}" for action, statement in granting)
    return enumeration(named, mark="")


def _is_a_session(path: EscalationPath) -> bool:
    return any(action.lower() in SESSIONS for action in path.actions)
