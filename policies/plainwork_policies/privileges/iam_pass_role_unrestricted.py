"""IAM policy allows passing any role, or roles by wildcard to any service.

What: An identity-based policy allows `iam:PassRole` on `*` or on all roles of an account (`role/*`); or `Resource` is a
    wildcard of role names, without a condition on `iam:PassedToService`.
Why: A principal that passes a role to a resource of its own has the permissions of that role. If it can pass every
    role, it has administrator access. With a wildcard, it has the permissions of every later role with a matching name,
    in any service.
Remedy: List the role ARNs, and add a condition on `iam:PassedToService`.
Limitations: With a condition on `iam:PassedToService` the severity is medium: only roles that trust the service can be
    passed. A role ARN without a condition passes, because the trust policy of the role limits its use, unless
    `[iam] require_passed_to_service` is `always`. The actions `*` and `iam:*` are checked by `iam-wildcard-action`,
    `NotAction` by `iam-allow-not-action` and `NotResource` by `iam-allow-not-resource`. A condition on
    `iam:AssociatedResourceArn` or on a tag counts like one on the service.
"""

from __future__ import annotations

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.conditions import is_limited
from plainwork_core.iam.reach import matches_action, reaches_every, specific_actions
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.ternary import any_of
from plainwork_core.text import enumeration
from plainwork_core.wildcards import matches
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.reading.statement import Statement, statements_of

_ACTION = "iam:passrole"
_TAGS = ("iam:resourcetag/", "aws:resourcetag/")
_RECEIVER = ("iam:passedtoservice", "iam:associatedresourcearn", *_TAGS)


@policy(
    "PLW_PRIV_007",
    "iam-pass-role-unrestricted",
    severity="high",
    on=statements_of("identity", "unused"),
    aliases=("pass-role-unlimited",),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ),
    settings=("require_passed_to_service",),
)
def iam_pass_role_unrestricted(statement: Statement, settings: IamSettings) -> Findings:
    """Check the roles and services of `iam:PassRole`."""
    model = statement.owner
    allowed = any_of(matches_action(action, _ACTION) for action in specific_actions(model))
    by_tag = is_limited(model, lambda key: key.startswith(_TAGS))
    if statement.is_deny or allowed is False or by_tag is True or not model.resources:
        return
    every_role = reaches_every(model, _ACTION)
    by_receiver = is_limited(model, lambda key: key.startswith(_RECEIVER))
    always = settings.require_passed_to_service == "always"
    unconditional = [role for role in model.resources if by_receiver is not True and (always or _is_wildcard(role))]
    if every_role is not True and not unconditional:
        statement.resolve("Resource", every_role)
        return
    statement.require_grant("Resource", allowed, by_tag, by_receiver)
    roles = [quote(role) for role in model.resources]
    shown, scope = (roles, "all roles") if every_role is True else ([quote(unconditional[0])], "it")
    condition = "" if by_receiver is True else " without a condition on `iam:PassedToService`"
    yield statement["Resource"].fail(
        f"`Resource` is {enumeration(shown)}; `iam:PassRole` is allowed on {scope}{condition}",
        value=roles,
        remedy="List the role ARNs, and add a condition on `iam:PassedToService`.",
        severity="medium" if by_receiver is True else None,
    )


def _is_wildcard(role: Text) -> bool:
    arn = parse_arn(render(role) or "")
    return arn is not None and matches(arn.service, "iam") and "*" in arn.resource
