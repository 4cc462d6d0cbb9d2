"""IAM policy allows passing any role, or roles by wildcard to any service.

What: an identity policy's statement allows `iam:PassRole` on `*` or on all roles of an account (`role/*`); or its
    `Resource` is a pattern of role names, and no condition on `iam:PassedToService` says who gets them.
Why: who passes a role to a machine of their own has that role's rights. With every role to choose from, that is an
    administrator's; with a pattern, it is what the next role with such a name may do, in whichever service takes it.
Remedy: name the role, and the service that gets it::

        actions   = ["iam:PassRole"]
        resources = [aws_iam_role.task.arn]

        condition {
          test     = "StringEquals"
          variable = "iam:PassedToService"
          values   = ["ecs-tasks.amazonaws.com"]
        }
Limitations: a role that is named without a condition passes, because its trust policy says who can use it, unless
    `[privileges] passed_to_service` is `always`. `*` and `iam:*` as actions are `iam-wildcard-action`'s; `NotAction`
    and `NotResource` have policies of their own. A condition on `iam:AssociatedResourceArn` or on a tag counts like
    one on
    the service.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.conditions import narrowed
from plainwork_core.iam.patterns import matches
from plainwork_core.iam.reach import names_action, reaches_every
from plainwork_core.model.rendering import placeholder, render
from plainwork_core.model.ternary import any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.iam_wildcard_action import is_service_wide
from plainwork_policies.privileges.settings import IamSettings

_ACTION = "iam:passrole"
_RECEIVER = ("iam:passedtoservice", "iam:associatedresourcearn", "iam:resourcetag/", "aws:resourcetag/")
_TAGGED = ("iam:resourcetag/", "aws:resourcetag/")
_REMEDY = "name the role, and the service in a condition on `iam:PassedToService`"


@policy(
    "PLW_PRIV_007",
    "iam-pass-role-unrestricted",
    aliases=("pass-role-unlimited",),
    severity="high",
    subjects=of_kinds("identity", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",),
    settings=("require_passed_to_service",),
)
def iam_pass_role_unrestricted(statement: Statement, settings: IamSettings) -> Iterator[Finding]:
    """Judge one statement that allows `iam:PassRole` by the roles and the services that it names."""
    named = _names_pass_role(statement)
    if statement.effect == "Deny" or named is False or not statement.resources:
        return
    path, every = statement.path("Resource"), reaches_every(statement, _ACTION)
    tagged = narrowed(statement, lambda key: key.startswith(_TAGGED))
    received = narrowed(statement, lambda key: key.startswith(_RECEIVER))
    always = settings.require_passed_to_service == "always"
    to_any = [] if received is True else [_text(each) for each in statement.resources if always or _is_pattern(each)]
    if tagged is True or (every is False and not to_any) or (every is not True and received is True):
        return
    if doubt := statement.doubt(named, tagged, received, None if to_any else every):
        yield not_evaluated(path, doubt)
        return
    who = "every role" if every is True else f"`{to_any[0]}`"
    whom = "the services that it names" if received is True else "any service"
    value = [_text(each) for each in statement.resources]
    yield fail(path, f"allows passing {who} to {whom}", value=value, remedy=_REMEDY)


def _names_pass_role(statement: Statement) -> bool | Unknown:
    """Whether an action is `iam:PassRole` or a part of IAM that has it; `iam:*` says more, and counts elsewhere."""
    actions = [action for action in statement.actions if not is_service_wide(render(action) or "")]
    return any_of(names_action(action, _ACTION) for action in actions)


def _is_pattern(resource: str | Unknown) -> bool:
    arn = parse_arn(render(resource) or "")
    return arn is not None and matches(arn.service, "iam") and "*" in arn.resource


def _text(resource: str | Unknown) -> str:
    return render(resource) or (placeholder(resource) if isinstance(resource, Unknown) else resource)
