"""IAM policy allows all resources for actions that support resource-level permissions.

What: `Resource` is `*` in an identity policy's statement that allows at least one action which can be limited to ARNs,
    by the AWS Service Authorization Reference. Actions that only work with `*`, such as `ecr:GetAuthorizationToken`,
    are fine, and so are those that look at what there is: `Describe...` and `List...`.
Why: whoever holds the policy can do it to everything in the account, and to what other accounts share: read every
    secret, delete every table, pass every role.
Remedy: name the resources, and move the actions that need `*` into a statement of their own::

        actions   = ["s3:GetObject"]
        resources = ["${aws_s3_bucket.reports.arn}/*"]
Limitations: a pattern such as `ec2:Get*` counts when most of the actions that it matches take an ARN; what begins with
    `Describe` or `List` never counts, `s3:ListBucket` included. A condition on a resource or request tag, if only that
    it is there, or on a key of the service itself (`ecs:cluster`, `ec2:Vpc`), counts as scoping; a tag that everything
    has goes unnoticed. `aws:ResourceAccount` does not count. `iam:PassRole` and sessions on
    machines have policies of their own (`iam-pass-role-unrestricted`, `ssm-session-unrestricted`), and so have
    `NotAction` and `NotResource`. Patterns such as `arn:aws:s3:::*` are not judged. A policy on a resource itself is
    not judged: there
    `*` can only be that resource, as in a key policy. An action that is not in the reference is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.actions import expand
from plainwork_core.iam.conditions import narrowed, requires_tag
from plainwork_core.iam.patterns import is_any
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.ssm_session_unrestricted import SESSIONS

_SHOWN = 3
_BROWSING = ("describe", "list")
_TAGS = ("aws:resourcetag/", "aws:requesttag/")
_JUDGED_ELSEWHERE = ("iam:passrole", *SESSIONS)


@policy(
    "PLW_PRIV_002",
    "iam-wildcard-resource",
    aliases=("wildcard-resource",),
    severity="medium",
    subjects=of_kinds("identity", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",),
)
def iam_wildcard_resource(statement: Statement) -> Iterator[Finding]:
    """Judge one statement by its `Resource`."""
    everywhere = _is_everywhere(statement)
    if statement.effect == "Deny" or everywhere is False:
        return
    scopable = [action for action in statement.actions if isinstance(action, str) and _counts(action)]
    unread = _unread(statement)
    scoped = requires_tag(statement) or narrowed(statement, lambda key: _scopes(key, statement))
    if scoped is True or not (scopable or unread):
        return
    if not scopable:
        yield not_evaluated(statement.path("Action"), unread or "")
    elif doubt := statement.doubt(everywhere, scoped):
        yield not_evaluated(statement.path("Resource"), doubt)
    else:
        yield _failure(statement, scopable)


def _counts(action: str) -> bool:
    return action.lower() not in _JUDGED_ELSEWHERE and takes_resource(action)


def takes_resource(pattern: str) -> bool:
    """Tell whether the actions that *pattern* matches can be limited to ARNs: one action, or most of several."""
    service, _, name = pattern.partition(":")
    if is_any(service):
        return True
    if name.lower().startswith(_BROWSING):
        return False
    actions = expand(pattern)
    return 2 * sum(action.takes_resource for action in actions) > len(actions)


def _is_everywhere(statement: Statement) -> bool | Unknown:
    """Whether a resource is `*`. One that is an attribute of a resource, or that has text of its own, is not."""
    texts = [render(resource) for resource in statement.resources]
    if any(text and is_any(text) for text in texts):
        return True
    hidden = (each for each in statement.resources if isinstance(each, Unknown) and not _is_certainly_scoped(each))
    return next(hidden, False)


def _is_certainly_scoped(resource: Unknown) -> bool:
    return names_attribute(resource) or (render(resource) or "").startswith("arn:")


def _unread(statement: Statement) -> str | None:
    """Why nobody can tell whether an action takes an ARN, if so."""
    for action in statement.actions:
        if isinstance(action, Unknown):
            return action.reason
        if not is_any(action.partition(":")[0]) and not expand(action):
            return f"`{action}` matches no action that is known here, so whether it takes an ARN is unknown"
    return None


def _scopes(key: str, statement: Statement) -> bool:
    services = {action.partition(":")[0].lower() for action in statement.actions if isinstance(action, str)}
    return key.startswith(_TAGS) or key.partition(":")[0] in services


def _failure(statement: Statement, scopable: list[str]) -> Finding:
    shown = ", ".join(f"`{action}`" for action in scopable[:_SHOWN])
    more = f" and {len(scopable) - _SHOWN} more" if len(scopable) > _SHOWN else ""
    return fail(
        statement.path("Resource"),
        f"allows {shown}{more} on every resource (`*`), and can name ARNs instead",
        value="*",
        remedy="name the ARNs; leave `*` to a statement of its own with the actions that take no ARN",
    )
