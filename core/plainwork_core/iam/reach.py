"""What the elements of a statement include: an action, all actions of a service, all resources of a type.

The resource types of an action and their ARN formats come from the Service Authorization Reference
(`plainwork_core.aws.iam_actions`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.iam_actions import expand, resource_types
from plainwork_core.iam.statement import Statement, Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of, negation
from plainwork_core.model.values import Unknown
from plainwork_core.wildcards import is_any, matches

_UNUSED_NAME = "\0" * 99  # only a pattern that matches every name matches it
_VARIABLE = re.compile(r"\$\{[^}]*\}")


def is_service_wide(action: Text) -> Ternary:
    """Return whether *action* is `*` or `<service>:*`. The name of the service may be unknown."""
    text = render(action) or ""
    return is_any(text.rpartition(":")[2]) or (action if isinstance(action, Unknown) else False)


def specific_actions(statement: Statement) -> list[Text]:
    """Return the actions of *statement* that are not certainly `*` or `<service>:*`."""
    return [action for action in statement.actions if is_service_wide(action) is not True]


def is_every_resource(resource: Text) -> Ternary:
    """Return whether *resource* is `*`. An attribute of a resource is not, and neither is text that begins an ARN."""
    if not isinstance(resource, Unknown):
        return is_any(resource)
    return False if names_attribute(resource) or (render(resource) or "").startswith("arn:") else resource


def is_every_resource_of(resource: Text, service: str) -> Ternary:
    """Return whether *resource* includes all resources of a service: `*`, `arn:*`, `arn:aws:s3:::*`.

    An ARN with a Region or an account does not, and neither does one of a resource type (`table/*`).
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

    Args:
        resource: an entry of `Resource`.
        service: prefix of the service, such as `s3`; with wildcards, any service that it matches.
    """
    if isinstance(resource, Unknown):
        return is_every_resource(resource)
    if not resource.startswith("arn:"):
        return is_any(resource)
    *named, last = resource.split(":", 5)[1:]  # partition, service, Region, account; the last `*` includes the rest
    of_service = named[1] if len(named) > 1 else "*"
    is_everywhere = all(not place or is_any(place) for place in named[2:])
    return is_any(last) and is_everywhere and (matches(of_service, service) or matches(service, of_service))


def covers_resources(statement: Statement, other: Statement) -> Ternary:
    """Return whether a resource of *statement* is `*` or one of *other*. An attribute of a resource is neither."""
    return any_of(_covers_one(mine, theirs) for mine in statement.resources for theirs in other.resources)


def _covers_one(mine: Text, theirs: Text) -> Ternary:
    text = render(mine)
    if text is not None and is_any(text):
        return True
    unknown = next((value for value in (mine, theirs) if isinstance(value, Unknown) and render(value) is None), None)
    if unknown is not None:
        return False if names_attribute(unknown) else unknown
    return text == render(theirs)


def matches_action(action: Text, wanted: str) -> Ternary:
    """Return whether *action*, a pattern, matches the action *wanted* (`iam:passrole`, in lower case)."""
    if not isinstance(action, Unknown):
        return matches(action.lower(), wanted)
    known = (render(action) or "").lower().partition("${")[0]
    return action if "*" in known or wanted.startswith(known) else False


def includes_action(statement: Statement, action: str) -> Ternary:
    """Return whether *statement* includes the *action* (in lower case), by its `Action` or its `NotAction`."""
    if not statement.not_actions:
        return any_of(matches_action(pattern, action) for pattern in statement.actions)
    return negation(any_of(matches_action(pattern, action) for pattern in statement.not_actions))


def reaches_every(statement: Statement, action: str, types: Collection[str] = ()) -> Ternary:
    """Return whether *statement* includes all resources of a type that *action* supports, in at least one account.

    `*`, `role/*` and `NotResource` do; `role/app-*`, `user/${aws:username}` and an ARN with an unknown name do not.

    Args:
        statement: its `Resource` or `NotResource` is read; it may have other actions too.
        action: one action, such as `iam:PassRole`.
        types: resource types of the reference that count, such as `role`; default: the required ones, or else all.

    Returns:
        Yes, no, or the `Unknown` of a resource that decides.
    """
    if statement.not_resources:
        excluded = [render(resource) for resource in statement.not_resources]
        return not any(text and is_any(text) for text in excluded)
    samples = _samples(action.lower(), frozenset(types))
    return any_of(_covers(resource, samples) for resource in statement.resources)


def covering(statement: Statement, action: str) -> Text | None:
    """Return the entry of `Resource` by which *statement* includes all resources of a type; `None` if there is none."""
    samples = _samples(action.lower(), frozenset())
    return next((resource for resource in statement.resources if _covers(resource, samples) is True), None)


def _covers(resource: Text, samples: Collection[tuple[str, str]]) -> Ternary:
    if isinstance(resource, Unknown) and names_attribute(resource):
        return False
    text = render(resource) or ""
    arn = parse_arn(text)
    if isinstance(resource, Unknown) and not text.startswith("arn:"):
        return resource
    if arn is None:
        return is_any(text) or (text.startswith("arn:") and text.endswith("*"))
    return any(matches(arn.service, service) and matches(arn.resource, name) for service, name in samples)


@cache
def _samples(action: str, types: frozenset[str]) -> frozenset[tuple[str, str]]:
    """For each type, service and resource part of an ARN whose name no specific pattern matches."""
    return frozenset(
        (arn.service, _VARIABLE.sub(_UNUSED_NAME, arn.resource))
        for format_ in _formats(action, types)
        if (arn := parse_arn(format_))
    )


def _formats(action: str, types: frozenset[str]) -> Iterator[str]:
    for found in expand(action):
        on = {name: row for name, row in found.on.items() if name and (not types or name in types)}
        required = [name for name, row in on.items() if row.required]
        known = resource_types(found.service)
        yield from (known[name].arn for name in required or on if name in known)
