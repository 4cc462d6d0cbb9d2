"""IAM policy allows all resources for actions that support resource-level permissions.

What: `Resource` is `*`, or all of a service such as `arn:aws:s3:::*`, in an identity-based policy's `Allow` statement
    with at least one action that supports resource ARNs, according to the AWS Service Authorization Reference. Actions
    that require `*`, such as `ecr:GetAuthorizationToken`, are accepted, and so are `Describe...` and `List...` actions.
Why: The principal can use the actions on every resource of the account, and on resources that other accounts share:
    read every secret, delete every table, pass every role.
Remedy: List resource ARNs; keep `*` in a separate statement for actions without resource-level permissions.
Limitations: A pattern such as `ec2:Get*` counts if most of its actions support ARNs. Actions that begin with `Describe`
    or `List` never count, `s3:ListBucket` included, and neither do reads of configuration, such as `iam:GetUser`,
    unless `[iam] wildcard_resource_reads` is `all`. A read is one of configuration if `SecurityAudit`,
    `ViewOnlyAccess` or `AWSBillingReadOnlyAccess`, policies of AWS without reads of contents, allows it. Requests such
    as `translate:TranslateText`, to which a resource is optional, never count. A condition on a resource tag or request
    tag (even on its presence), on a key of the service (`ecs:cluster`, `ec2:Vpc`) or on a key that the reference lists
    for the action limits the resources; a tag that all resources have is not detected. `aws:ResourceAccount` does not
    count. `iam:PassRole` and remote sessions are checked by `iam-pass-role-unrestricted` and
    `ssm-session-unrestricted`; `NotAction` and `NotResource` by `iam-allow-not-action` and `iam-allow-not-resource`.
    ARNs with a Region, an account or a resource type (`table/*`) are not checked. Resource-based policies are not
    checked: their `*` is the resource itself. An action supports ARNs if two sources of the reference say so. One that
    is not in the reference, or in one source only, is not evaluated.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from plainwork_core.aws.iam_actions import expand
from plainwork_core.aws.managed_policies import reads_configuration
from plainwork_core.iam.authorization_reference import supports_arns
from plainwork_core.iam.reach import is_every_resource_of
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.limiting_conditions import limits_resources
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.subjects import SESSION_ACTIONS, not_in_reference
from plainwork_policies.reading.statement import Statement, statements_of

_SHOWN = 3
_READ_ONLY = ("describe", "list")
_OTHER_POLICIES = ("iam:passrole", *SESSION_ACTIONS)


@policy(
    "PLW_PRIV_002",
    "iam-wildcard-resource",
    severity="medium",
    on=statements_of("identity", "unused"),
    aliases=("wildcard-resource",),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html",
    ),
    settings=("wildcard_resource_reads",),
)
def iam_wildcard_resource(statement: Statement, settings: IamSettings) -> Findings:
    """Check `Resource`."""
    is_wildcard = any_of(_is_wildcard(statement, action) for action in statement.owner.actions)
    if statement.is_deny or is_wildcard is False:
        return
    limited = limits_resources(statement.owner)
    if limited is True:
        return
    is_checked = partial(_is_checked, reads=settings.wildcard_resource_reads)
    checked = [action for action in statement["Action"].certain_strings() if is_checked(action) is True]
    actions = [action for action in checked if _is_wildcard(statement, action) is not False]
    if not actions:
        _require_known_actions(statement, is_checked)
        return
    is_wildcard = any_of(_is_wildcard(statement, action) for action in actions)
    statement.require_grant("Resource", is_wildcard, limited)
    shown = [f"`{action}`" for action in actions[:_SHOWN]]
    shown += [f"{len(actions) - _SHOWN} more"] if len(actions) > _SHOWN else []
    wildcard = next(resource for resource in statement["Resource"].certain_strings() if _includes(resource, actions))
    yield statement["Resource"].fail(
        f"`Resource` is `{wildcard}`; {enumeration(shown, mark='')} support{'s' * (len(shown) == 1)} resource ARNs",
        value=wildcard,
        remedy="List resource ARNs; keep `*` in a separate statement for actions without resource-level permissions.",
    )


def is_for_resources(pattern: str, *, reads: str) -> Ternary:
    """Return whether the action that *pattern* matches supports resource ARNs, or most of several actions.

    Args:
        pattern: such as `s3:Get*`.
        reads: `contents` to omit the actions that read configuration only, or `all`.
    """
    service, _, name = pattern.partition(":")
    if is_any(service):
        return True
    if name.lower().startswith(_READ_ONLY):
        return False
    actions = [action for action in expand(pattern) if reads == "all" or not reads_configuration(action)]
    answers = list(map(supports_arns, actions))
    known = [answer for answer in answers if not isinstance(answer, Unknown)]
    return 2 * known.count(True) > len(known) if known else any_of(answers)


def _is_wildcard(statement: Statement, action: Text) -> Ternary:
    """Return whether `Resource` includes all resources of the service of *action*."""
    service = (render(action) or "*").partition(":")[0].lower()
    return any_of(is_every_resource_of(resource, service) for resource in statement.owner.resources)


def _includes(resource: str, actions: list[str]) -> bool:
    return any(is_every_resource_of(resource, action.partition(":")[0].lower()) is True for action in actions)


def _is_checked(action: str, *, reads: str) -> Ternary:
    return action.lower() not in _OTHER_POLICIES and is_for_resources(action, reads=reads)


def _require_known_actions(statement: Statement, is_checked: Callable[[str], Ternary]) -> None:
    """End in *not evaluated* if an action is unknown, or is not in the reference."""
    for action in statement["Action"].strings():
        statement.resolve("Action", is_checked(action))
        if not is_any(action.partition(":")[0]) and not expand(action):
            raise statement["Action"].not_evaluated(not_in_reference(statement, action))
