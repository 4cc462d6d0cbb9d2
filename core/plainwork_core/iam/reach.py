"""What a statement names: a certain action, and every resource of a type or only some.

The types that an action takes, and their ARN formats, are the Service Authorization Reference's
(`plainwork_core.iam.actions`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.actions import expand, resource_types
from plainwork_core.iam.patterns import is_any, matches
from plainwork_core.iam.statement import Statement, Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import any_of
from plainwork_core.model.values import Unknown

_UNHEARD_OF = "\0" * 99  # a name that no pattern matches unless it matches all names
_VARIABLE = re.compile(r"\$\{[^}]*\}")


def names_action(action: Text, wanted: str) -> bool | Unknown:
    """Tell whether *action*, a pattern, matches the action *wanted* (`iam:passrole`, in lower case)."""
    if not isinstance(action, Unknown):
        return matches(action.lower(), wanted)
    known = (render(action) or "").lower().partition("${")[0]
    return action if "*" in known or wanted.startswith(known) else False


def reaches_every(statement: Statement, action: str, types: Collection[str] = ()) -> bool | Unknown:
    """Tell whether *statement* reaches every resource of a type that *action* acts on, in some account.

    `*`, `role/*` and `NotResource` do; `role/app-*`, `user/${aws:username}` and an ARN with an unknown name do not.

    Args:
        statement: whose `Resource` or `NotResource` is asked; it may name other actions too.
        action: one action, such as `iam:PassRole`.
        types: resource types of the reference that count, such as `role`; default: the required ones, or else all.

    Returns:
        Yes or no; the `Unknown` that hides a resource where it might be one of these.
    """
    if statement.not_resources:
        left_out = [render(resource) for resource in statement.not_resources]
        return not any(text and is_any(text) for text in left_out)
    samples = _samples(action.lower(), frozenset(types))
    return any_of(_covers(resource, samples) for resource in statement.resources)


def _covers(resource: Text, samples: Collection[tuple[str, str]]) -> bool | Unknown:
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
    """Service and last part of the ARN of a resource that nobody has named, for each type."""
    return frozenset(
        (arn.service, _VARIABLE.sub(_UNHEARD_OF, arn.resource))
        for format_ in _formats(action, types)
        if (arn := parse_arn(format_))
    )


def _formats(action: str, types: frozenset[str]) -> Iterator[str]:
    for found in expand(action):
        on = {name: row for name, row in found.on.items() if name and (not types or name in types)}
        required = [name for name, row in on.items() if row.required]
        known = resource_types(found.service)
        yield from (known[name].arn for name in required or on if name in known)
