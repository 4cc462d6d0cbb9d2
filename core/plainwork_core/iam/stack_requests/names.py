"""References in texts of a stack, replaced by what is known of the resources that they refer to.

Statements, principals and targets of one stack are read through one `Names`, so that `aws_s3_bucket.data.arn`, the
bucket's `id` in a string, and the ARN with its known name are the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from plainwork_core.addresses import without_keys
from plainwork_core.iam.stack_requests.arn_formats import DEFAULTS, PREFIXES, TYPES, arn_parts
from plainwork_core.iam.stack_requests.places import Place, Places
from plainwork_core.iam.statement import Condition, Principal, Statement, Text
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.values import PartialString, Unknown, merged, scalar

_ARGUMENT = re.compile(r"\{(\w+)\}")
_PLACES = {
    ("aws_caller_identity", "account_id"): "Account",
    ("aws_caller_identity", "id"): "Account",
    ("aws_partition", "id"): "Partition",
    ("aws_partition", "partition"): "Partition",
    ("aws_region", "id"): "Region",
    ("aws_region", "name"): "Region",
    ("aws_region", "region"): "Region",
}
"""The attributes of data sources that are a part of the place of the provider configuration."""


class Names:
    """The texts of one stack.

    Args:
        stack: the stack.
        account: ID of the account of its default credentials, if the user gives it.

    Attributes:
        policies: the resource-based policies that were read, by the address of the resource.
        resources_by_pattern: the resources that patterns of addresses and ARNs match, by pattern.
        grants_by_pattern: the actions that the resource-based policies of these grant, by pattern.
    """

    def __init__(self, stack: Stack, account: str = "") -> None:
        self.stack, self.places = stack, Places(stack, account)
        self.policies: dict[str, tuple[Statement, ...] | None] = {}
        self.resources_by_pattern: dict[str, tuple[Resource, ...]] = {}
        self.grants_by_pattern: dict[str, frozenset[str]] = {}
        self._attributes: dict[tuple[str, str], Text] = {}

    def text(self, owner: Resource, text: Text) -> Text:
        """Return *text*, a part of an argument of *owner*, with what is known of its references."""
        if not isinstance(text, Unknown):
            return text
        parts = text.parts if isinstance(text, PartialString) else (text,)
        return joined(part if isinstance(part, str) else self._part(owner, part) for part in parts)

    def statement(self, statement: Statement) -> Statement:
        """Return *statement* with what is known of the references in its elements."""
        owner = statement.document.owner

        def texts(found: Iterable[Text]) -> tuple[Text, ...]:
            return tuple(self.text(owner, text) for text in found)

        return replace(
            statement,
            resources=texts(statement.resources),
            not_resources=texts(statement.not_resources),
            principals=tuple(Principal(one.type, self.text(owner, one.value)) for one in statement.principals),
            not_principals=tuple(Principal(one.type, self.text(owner, one.value)) for one in statement.not_principals),
            conditions=tuple(
                Condition(one.operator, self.text(owner, one.key), texts(one.values)) for one in statement.conditions
            ),
        )

    @cached_property
    def by_arn(self) -> dict[str, Resource]:
        """The managed resources of the stack by ARN, with `${...}` in place of what is not known of it."""
        of_aws = (resource for resource in self.stack.managed() if resource.type.startswith("aws_"))
        return {quote(self.arn(resource)): resource for resource in of_aws}

    def arn(self, resource: Resource) -> Text:
        """Return the ARN of a resource or data source, with a reference for each part that is not known."""
        return self.attribute(resource, "arn")

    def place(self, resource: Resource) -> Place:
        """Return the partition, Region and account of a resource."""
        return self.places.of(resource)

    def attribute(self, resource: Resource, name: str) -> Text:
        """Return an attribute of a resource, with a reference for each part that is not known."""
        source = TYPES.get(resource.type)
        if name == "id" and source and source.id:
            name = source.id
        key = (resource.address, name)
        if key not in self._attributes:
            # Until it is read, it is a reference to itself: arguments may refer to each other in a circle.
            self._attributes[key] = _reference(resource, name)
            self._attributes[key] = self._read(resource, name)
        return self._attributes[key]

    def _part(self, owner: Resource, part: Unknown) -> Text:
        if part.is_derived or len(part.references) != 1:
            return part
        referent = only_referent(self.stack, owner, part)
        if referent is None:
            return part
        path, _, name = part.references[0].rpartition(".")
        if without_keys(path) != without_keys(referent.address):
            return part
        if variable := _PLACES.get((referent.type, name)):
            return self.place(referent).of(variable)
        return self.attribute(referent, name)

    def _read(self, resource: Resource, name: str) -> Text:
        value = scalar(resource.attribute(name), name)
        value = DEFAULTS.get(name) if value is None and resource.type in TYPES else value
        if isinstance(value, (str, int)) and value != "":
            return str(value)
        if isinstance(value, Unknown) and not is_computed_by_provider(value):
            return self.text(resource, value)
        if name == "arn" and resource.type in TYPES and _has_whole_name(resource):
            return self._made(resource)
        prefix = resource.get(PREFIXES.get(name, name))
        if isinstance(prefix, str) and prefix:
            return joined((prefix, _reference(resource, name)))
        return _reference(resource, name)

    def _made(self, resource: Resource) -> Text:
        place = self.place(resource)
        parts: list[Text] = []
        for text, variable in arn_parts(resource.type):
            parts.append(text)
            if variable is None:
                continue
            parts.append(place.of(variable) if variable else self._name(resource, strip=text.endswith("/")))
        return joined(parts)

    def _name(self, resource: Resource, *, strip: bool) -> Text:
        pieces = _ARGUMENT.split(TYPES[resource.type].name)
        parts = [piece if index % 2 == 0 else self.attribute(resource, piece) for index, piece in enumerate(pieces)]
        first, *rest = [part for part in parts if part != ""]
        if strip and isinstance(first, str):
            first = first.removeprefix("/")
        elif strip and isinstance(first, PartialString) and isinstance(first.parts[0], str):
            first = joined((first.parts[0].removeprefix("/"), *first.parts[1:]))
        return joined((first, *rest))


def joined(parts: Iterable[Text]) -> Text:
    """Return the text of *parts*, in which neighboring strings are one."""
    flat: list[Text] = []
    for part in _flat(parts):
        if isinstance(part, str) and flat and isinstance(flat[-1], str):
            flat[-1] += part
        elif part != "":
            flat.append(part)
    if len(flat) == 1:
        return flat[0]
    unknown = merged(part for part in flat if isinstance(part, Unknown))
    return PartialString(unknown.reason, unknown.references, parts=tuple(flat)) if flat else ""


def _flat(parts: Iterable[Text]) -> Iterator[Text]:
    for part in parts:
        yield from part.parts if isinstance(part, PartialString) else (part,)


def _has_whole_name(resource: Resource) -> bool:
    """Return whether the arguments make the ARN: a data source of IAM does not have the path."""
    return resource.mode == "managed" or "path" not in TYPES[resource.type].arguments


def _reference(resource: Resource, name: str) -> Unknown:
    reference = f"{resource.address}.{name}"
    return Unknown(f"`{reference}` is known only after apply", (reference,))


@cached_per_stack
def names_of(stack: Stack) -> Names:
    """Return the texts of *stack*."""
    return Names(stack)
