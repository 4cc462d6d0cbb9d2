"""Which condition keys on tags an action can have in its request, by the Service Authorization Reference.

A key stands in the row of one resource type of the action, in the action's row without a type, or, for the tags of a
resource, with the resource type itself. A resource that the action is about to create has no tags yet.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.iam import Statement
from plainwork_core.iam.actions import Action, ActionOn, actions_of, resource_types
from plainwork_core.iam.overlap import may_name

_REQUEST = ("aws:requesttag/", "aws:tagkeys")
_RESOURCE = ":resourcetag/"
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
_NOT_IN_THE_REFERENCE = {"s3:CreateBucket": ("s3:PutBucketTagging", "s3:TagResource")}
_SINGULAR = str.maketrans("", "", "-_ /")


def sends_tags(action: Action) -> bool:
    """Tell whether the request of *action* has tags, for one resource type at least."""
    return any(_has_request_tags(row.keys) for row in action.on.values())


def sees_tags(action: Action, statement: Statement) -> bool:
    """Tell whether a resource of *statement* that *action* works on may have tags that a condition can see."""
    rows = reached(action, statement)
    return any(_has_resource_tags(action, type_, row) for type_, row in {**rows, "": action.on.get("")}.items() if row)


def creates_all(action: Action, statement: Statement) -> bool:
    """Tell whether every resource of *statement* that *action* works on is one that it creates."""
    rows = reached(action, statement)
    return sends_tags(action) and all(is_created(action, type_, rows[type_]) for type_ in rows)


def reached(action: Action, statement: Statement) -> dict[str, ActionOn]:
    """Return the rows of *action*, by resource type, whose resources *statement* may name."""
    known = resource_types(action.service)
    named = statement.resources or ("*",)
    return {
        type_: row
        for type_, row in action.on.items()
        if type_ and (type_ not in known or any(may_name(resource, known[type_].arn) for resource in named))
    }


def is_created(action: Action, type_: str, row: ActionOn) -> bool:
    """Tell whether *action* creates what *type_* is.

    It does where the reference lists tags of the request for the type, and none of the resource, as Amazon EC2's pages
    do; and where its name says so, as in `CreateFunction` on a `function`.
    """
    explicit = _has_request_tags(row.keys) and not _lists_resource_tags(row.keys) and action.level != "Tagging"
    return explicit or action.name.lower() == f"create{type_.translate(_SINGULAR).lower()}"


def required_without_request_tags(action: Action, statement: Statement) -> list[str]:
    """Return the types that *action* always needs, and *statement* names, whose part of the request has no tags.

    Only Amazon EC2 is known to decide on each resource of a request with that resource's own tags.
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    """
    if action.service != "ec2" or not sends_tags(action):
        return []
    if "" in action.on and _has_request_tags(action.on[""].keys):
        return []
    rows = reached(action, statement)
    return [type_ for type_, row in rows.items() if row.required and not _has_request_tags(row.keys)]


def tagging_actions(action: Action) -> tuple[str, ...]:
    """Return the actions of the same service one of which AWS asks for where *action* sends tags; mostly none."""
    depends = {name for row in action.on.values() for name in row.depends if name.startswith(f"{action.service}:")}
    own = actions_of(action.service)
    found = sorted(
        name for name in depends if (one := own.get(name.partition(":")[2].lower())) and one.level == "Tagging"
    )
    return _NOT_IN_THE_REFERENCE.get(str(action), tuple(found)) if sends_tags(action) else ()


def _has_resource_tags(action: Action, type_: str, row: ActionOn) -> bool:
    if _lists_resource_tags(row.keys):
        return True
    known = resource_types(action.service).get(type_)
    if not type_ or is_created(action, type_, row):
        return False
    return known is None or _lists_resource_tags(known.keys)


def _has_request_tags(keys: Iterable[str]) -> bool:
    return any(key.lower().startswith(_REQUEST) for key in keys)


def _lists_resource_tags(keys: Iterable[str]) -> bool:
    return any(_RESOURCE in key.lower() for key in keys)
