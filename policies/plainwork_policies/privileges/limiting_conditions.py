"""Conditions that limit the resources of a statement."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.iam_actions import expand
from plainwork_core.iam import Statement
from plainwork_core.iam.conditions import is_limited, requires_tag
from plainwork_core.iam.reach import is_service_wide
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown

_GLOBAL = "aws:"
_TAGS = ("aws:resourcetag/", "aws:requesttag/")


def limits_resources(statement: Statement) -> Ternary:
    """Return whether a condition is on a tag, on a key of the service of an action, or on a key of an action.

    The reference lists `iam:ResourceTag/${TagKey}` for `sts:AssumeRole`, and `ec2:LaunchTemplate` for
    `ec2:RunInstances`.
    """
    services = {action: (render(action) or "").partition(":")[0].lower() for action in statement.actions}
    keys = (*_TAGS, *(f"{service}:" for service in services.values()), *_keys_of_actions(statement))
    limited = any_of((requires_tag(statement), is_limited(statement, lambda key: key.startswith(keys))))
    if limited is False and is_limited(statement, lambda key: not key.startswith(_GLOBAL)) is not False:
        unknown = (action for action, service in services.items() if not service or "${" in service)
        return any_of(action for action in unknown if isinstance(action, Unknown))
    return limited


def _keys_of_actions(statement: Statement) -> Iterator[str]:
    """Yield the beginnings of the condition keys of other services that the reference lists for an action."""
    for pattern in statement.actions:
        for action in expand(pattern) if isinstance(pattern, str) and is_service_wide(pattern) is False else ():
            keys = (key.partition("${")[0].lower() for row in action.on.values() for key in row.keys)
            yield from (key for key in keys if not key.startswith(_GLOBAL))
