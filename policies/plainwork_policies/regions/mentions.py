"""Every ARN that is written out in a stack: in an argument of a resource, or in a statement of a policy document.

What the provider computes is no mention, except in a plan, which does not tell it from an argument. An ARN in the
middle of other text, in a tag, or in JSON of another kind than a policy document is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam import Statement, statements
from plainwork_core.iam.arguments import documents_of
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Location, Resource, Stack, cached_per_stack
from plainwork_core.model.values import PartialString, Unknown, Value

Text = str | Unknown
_PROSE = ("arn", "tags", "tags_all", "tag", "tag_specifications", "description", "user_data", "triggers", "environment")
_PLACE = re.compile(r"\$\{(\d+)\}")


@dataclass(frozen=True)
class Mention:
    """One ARN.

    Args:
        owner: the resource that names it.
        path: where.
        location: of it.
        text: the whole, with `${...}` for what is not known.
        partition: its first part; an `Unknown` where it is made of one.
        service: likewise.
        region: likewise.
        statement: the statement that names it, if one does.
    """

    owner: Resource
    path: str
    location: Location
    text: str
    partition: Text
    service: Text
    region: Text
    statement: Statement | None = None

    @property
    def address(self) -> str:
        """The owner's."""
        return self.owner.address

    def at(self, path: str) -> Location:  # noqa: ARG002  a mention has one place
        """Where it stands."""
        return self.location


@cached_per_stack
def mentions(stack: Stack) -> tuple[Mention, ...]:
    """Return the ARNs of *stack*, those of arguments first."""
    found = [
        each for resource in stack.managed() if resource.type.startswith("aws_") for each in _of_resource(resource)
    ]
    return (*found, *(each for statement in statements(stack) for each in _of_statement(statement)))


def arguments(resource: Resource) -> Iterator[tuple[str, Value]]:
    """Yield path and value of each argument of *resource* at any depth, without tags and prose."""
    for name, value in resource.values.items():
        if name not in _PROSE:
            yield from _leaves(name, value)


def region_in(value: Value) -> Text | None:
    """Return the region in the ARN that *value* is; `None` where it is no ARN or has no region."""
    parts = _parts(value)
    return None if parts is None or parts[2] == "" else parts[2]


def is_literal(part: Text) -> bool:
    """Tell whether *part* of an ARN is spelt out: neither unknown nor a pattern, a policy variable or empty."""
    return isinstance(part, str) and bool(part) and not re.search(r"[*?$]", part)


def _of_resource(resource: Resource) -> Iterator[Mention]:
    documents = {path for path, _, _ in documents_of(resource)}
    for path, value in arguments(resource):
        if path not in documents and (parts := _parts(value)):
            yield Mention(resource, path, resource.at(path), render(value) or "", *parts)


def _of_statement(statement: Statement) -> Iterator[Mention]:
    elements = {
        "Resource": statement.resources,
        "NotResource": statement.not_resources,
        "Principal": tuple(principal.value for principal in statement.principals),
        "NotPrincipal": tuple(principal.value for principal in statement.not_principals),
        "Condition": tuple(value for condition in statement.conditions for value in condition.values),
    }
    for element, values in elements.items():
        for value in dict.fromkeys(values):
            if parts := _parts(value):
                path = statement.path(element)
                location, owner = statement.at(path), statement.document.owner
                yield Mention(owner, path, location, render(value) or "", *parts, statement)


def _leaves(path: str, value: Value) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            if name not in _PROSE:
                yield from _leaves(f"{path}.{name}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _leaves(f"{path}.{index}", member)
    elif value is not None:
        yield path, value


def _parts(value: Value) -> tuple[Text, Text, Text] | None:
    """Return partition, service and region of the ARN that *value* is."""
    pieces = value.parts if isinstance(value, PartialString) else (value,)
    if not isinstance(pieces[0], str) or not pieces[0].startswith("arn:"):
        return None
    arn = parse_arn("".join(each if isinstance(each, str) else f"${{{at}}}" for at, each in enumerate(pieces)))
    return (_part(arn.partition, pieces), _part(arn.service, pieces), _part(arn.region, pieces)) if arn else None


def _part(text: str, pieces: tuple[Text, ...]) -> Text:
    if alone := _PLACE.fullmatch(text):
        return pieces[int(alone[1])]
    if inside := _PLACE.search(text):
        hidden = pieces[int(inside[1])]
        return Unknown(hidden.reason) if isinstance(hidden, Unknown) else text
    return text
