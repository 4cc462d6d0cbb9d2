"""IAM policy with tag-based access also allows changing the tags.

What: An identity-based policy allows actions on resources with a certain tag (`aws:ResourceTag/...`), and another
    statement, of the same policy or of another policy of the same identity, allows setting tags on the same resource
    type without a condition, such as `ec2:CreateTags` or `ec2:Create*` on `*`.
Why: The role can set the tag on any resource and then use the actions of the first statement on it, so the condition on
    the tag protects nothing.
Remedy: Allow setting tags only on resources that are being created, or that already have the tag.
Limitations: Policies of the same identity are those that the stack attaches to it. The tagging statement fails if its
    `Resource` is `*` or that of the other statement; a narrower one, an attribute of a resource, and any condition
    pass. It passes if a `Deny` statement or the permissions boundary of each identity denies setting the tag on a
    resource without it. Tags that begin with `aws:` pass, because only AWS sets them. `ec2:*` and `*` are checked by
    `iam-wildcard-action`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

from plainwork_core.aws.iam_actions import Action, expand, resource_types
from plainwork_core.iam.authorization_reference import (
    confirmed,
    included_types,
    sets_tags,
    supports_create_action,
)
from plainwork_core.iam.evaluation import Request, RequestPrincipal, RequestResource, unnamed_arn
from plainwork_core.iam.reach import covers_resources, is_service_wide
from plainwork_core.iam.stack_requests.holders import may_any_holder
from plainwork_policies.api import Findings, Stack, all_conditions, is_certain, policy, some
from plainwork_policies.conditions.subjects import (
    TagCondition,
    known_tag_conditions,
    possible_of_holders,
    tag_conditions,
)
from plainwork_policies.reading.statement import Statement, statements_of


def sets_tags_freely(statement: Statement) -> bool:
    """Return whether it sets tags without a condition. An unknown action counts only beside tag-based access."""
    if statement.owner.conditions:
        return False
    sets_tags = partial(some, statement["Action"].strings(), _has_tagging_action)
    if is_certain(sets_tags):
        return True
    return all_conditions(sets_tags, lambda: some(_based_on_tags(statement), _has_tag_based_access))


@policy(
    "PLW_COND_008",
    "iam-abac-tagging-unrestricted",
    aliases=("retagging-unrestricted",),
    severity="medium",
    on=statements_of("identity", "unused"),
    where=sets_tags_freely,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",),
)
def iam_abac_tagging_unrestricted(statement: Statement, stack: Stack) -> Findings:
    """Check a statement that sets tags against the other statements of its document and its identities."""
    actions = statement["Action"]
    if statement.is_deny or not some(_based_on_tags(statement), partial(_can_tag, statement)):
        return
    statement.require_grant("Action")
    other = next(other for other in _based_on_tags(statement) if is_certain(partial(_can_tag, statement, other)))
    action = next(
        action
        for action in _tagging_actions(actions.certain_strings())
        if is_certain(partial(_share_types, statement, other, action))
    )
    condition = next(
        one for one in known_tag_conditions(other, "resource") if is_certain(partial(_requires_settable_tag, one))
    )
    retags = may_any_holder(stack, statement.owner, partial(_retagging, action, other, condition))
    if not statement.resolve("Action", retags):
        return
    create_action = f"`{action.service}:CreateAction` or on " if supports_create_action(action.service) else ""
    yield actions.fail(
        f"`{action}` is allowed without a condition, but {_named(other, statement)} grants access by `{condition.key}`",
        value=str(action),
        remedy=f"Add a condition on {create_action}`{condition.key}` to the statement with `{action}`.",
    )


def _retagging(action: Action, other: Statement, condition: TagCondition, principal: RequestPrincipal) -> Request:
    """Return the request of *principal* to set the tag of *condition* on a resource of *other* without the tag."""
    types = included_types(action, other.owner)
    known = resource_types(action.service)
    formats = (known[type_].arn for type_ in types if type_ in known)
    named = next((resource for resource in other.owner.resources if resource != "*"), None)
    resource = unnamed_arn(next(formats, "*")) if named is None else named
    context = {
        f"aws:RequestTag/{condition.tag}": condition.condition.values[:1],
        "aws:TagKeys": (condition.tag,),
        f"{action.service}:CreateAction": (),
    }
    return Request(principal, str(action), RequestResource(resource, principal.account_id, {}), context, complete=False)


def _named(other: Statement, statement: Statement) -> str:
    """Return the name of *other* in a message about *statement*."""
    name = f"`Statement.{other.owner.index}`"
    is_beside = (other.address, other.owner.document.argument) == (statement.address, statement.owner.document.argument)
    return name if is_beside else f"{name} of `{other.address}`"


def _can_tag(statement: Statement, other: Statement) -> bool:
    """Return whether *statement* can set tags on the resources of *other*, whose access is tag-based."""
    return all_conditions(
        lambda: statement.resolve("Resource", covers_resources(statement.owner, other.owner)),
        lambda: _has_tag_based_access(other),
        lambda: some(_tagging_actions(statement["Action"].strings()), partial(_share_types, statement, other)),
    )


def _based_on_tags(statement: Statement) -> list[Statement]:
    """Return the statements beside *statement* and of its identities whose access is tag-based, or may be."""
    return possible_of_holders(statement, _has_tag_based_access)


def _has_tag_based_access(statement: Statement) -> bool:
    return not statement.is_deny and all_conditions(
        lambda: some(tag_conditions(statement, "resource"), _requires_settable_tag),
        lambda: statement["Effect"].string() == "Allow",
    )


def _requires_settable_tag(condition: TagCondition) -> bool:
    """Return whether it requires a tag that a caller can set; the prefix `aws:` is reserved for AWS."""
    return not condition.tag.lower().startswith("aws:") and condition.requires_key()


def _share_types(statement: Statement, other: Statement, tagging: Action) -> bool:
    """Return whether *tagging* certainly sets tags on a resource type of another action in *other*."""
    types = included_types(tagging, statement.owner).keys()

    def is_on_types(pattern: str) -> bool:
        actions = [action for action in expand(pattern) if action.service == tagging.service]
        return any(
            types & included_types(action, other.owner).keys() for action in actions if action.level != "Tagging"
        )

    return all_conditions(
        lambda: some(other["Action"].strings(), is_on_types),
        lambda: statement.resolve("Action", confirmed(tagging, sets_tags)),
    )


def _tagging_actions(patterns: Iterable[str]) -> Iterator[Action]:
    """Yield the actions that *patterns* match and that set tags, without those of patterns such as `ec2:*`."""
    specific = (pattern for pattern in patterns if is_service_wide(pattern) is False)
    return (action for pattern in specific for action in expand(pattern) if sets_tags(action))


@lru_cache(maxsize=4096)
def _has_tagging_action(pattern: str) -> bool:
    return any(True for _ in _tagging_actions((pattern,)))
