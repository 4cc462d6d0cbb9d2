"""The ARNs in the arguments of resources and in the statements of policy documents.

An attribute that the provider computes is not an argument; a plan does not tell the two apart. An ARN in the middle of
other text, in a tag, or in JSON other than a policy document is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from plainwork_core.aws.arn import parse_arn
from plainwork_core.frozen import frozen
from plainwork_core.iam import Statement, statements
from plainwork_core.iam.arguments import documents_of
from plainwork_core.iam.permissions import PERMISSIONS
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Location, Stack, cached_per_stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.values import PartialString, Unknown, Value
from plainwork_policies.api import Argument, Resource, Subjects

Part = str | Unknown
_TEXT = frozenset(
    ("arn", "tags", "tags_all", "tag", "tag_specifications", "description", "user_data", "triggers", "environment")
)
"""Arguments that hold text, tags or the environment of a program."""
_UNKNOWN = re.compile(r"\$\{(\d+)\}")


@frozen()
class LiteralArn:
    """An ARN that begins with `arn:` in the configuration.

    Args:
        argument: the argument or the element of the statement that has it.
        location: of the argument.
        text: the ARN, with `${...}` for its unknown parts.
        partition: its partition; an `Unknown` if that is unknown in whole or in part.
        service: its service, likewise.
        region: its Region, likewise.
        statement: the statement that has it; `None` for an argument.
        element: the element of the statement, such as `Resource`.
    """

    argument: Argument
    location: Location
    text: str
    partition: Part
    service: Part
    region: Part
    statement: Statement | None = None
    element: str = ""

    @property
    def address(self) -> str:
        """The address of the resource."""
        return self.argument.block.address

    def at(self, _path: str) -> Location:
        """Return the location of the ARN."""
        return self.location


@cached_per_stack
def literal_arns(stack: Stack) -> tuple[LiteralArn, ...]:
    """Return the ARNs of *stack*, those in arguments first."""
    leaves = _leaves_by_address(stack)
    resources = (resource for resource in stack.managed() if resource.type.startswith("aws_"))
    in_arguments = [arn for one in resources for arn in _of_arguments(leaves[one.address], one, stack)]
    in_documents = (statement for statement in statements(stack) if statement.document.owner.type not in PERMISSIONS)
    return (*in_arguments, *(arn for statement in in_documents for arn in _of_statement(statement, stack)))


def resources_with(is_wanted: Callable[[str], object]) -> Subjects:
    """Return the resources that have an argument as `leaf_arguments` gives it, as subjects."""

    def pick(stack: Stack) -> list[ModelResource]:
        groups = (group for paths, group in _addresses_by_paths(stack).items() if any(map(is_wanted, paths)))
        wanted: set[str] = set().union(*groups)
        return [one for one in stack.managed() if one.address in wanted]

    return Subjects(("resource",), pick, Resource)


def leaf_arguments(resource: Resource, is_wanted: Callable[[str], object]) -> list[Argument]:
    """Return the arguments of *resource* at any depth that are not blocks, without tags and text.

    Args:
        resource: a resource.
        is_wanted: whether the argument at a path is wanted; cached, because many resources have the same paths.
    """
    leaves = _leaves_by_address(resource.stack)[resource.address]
    return [Argument(resource, path, value) for path, value in leaves if is_wanted(path)]


def arn_region(value: Value) -> Part | None:
    """Return the Region in the ARN *value*; `None` if it is not an ARN or has no Region."""
    parts = _parts(value)
    return None if parts is None or parts[2] == "" else parts[2]


def is_literal(part: Part) -> bool:
    """Return whether a part of an ARN is known and not empty, a wildcard or a policy variable."""
    return isinstance(part, str) and bool(part) and not re.search(r"[*?$]", part)


def _of_arguments(leaves: Iterable[tuple[str, Value]], resource: ModelResource, stack: Stack) -> Iterator[LiteralArn]:
    arns = [(path, value, parts) for path, value in leaves if (parts := _parts(value))]
    documents = {path for path, _, _ in documents_of(resource)} if arns else ()
    for path, value, parts in arns:
        if path not in documents:
            argument = Argument(Resource(resource, stack), path, value)
            yield LiteralArn(argument, resource.at(path), render(value) or "", *parts)


def _of_statement(statement: Statement, stack: Stack) -> Iterator[LiteralArn]:
    elements = {
        "Resource": statement.resources,
        "NotResource": statement.not_resources,
        "Principal": tuple(principal.value for principal in statement.principals),
        "NotPrincipal": tuple(principal.value for principal in statement.not_principals),
        "Condition": tuple(value for condition in statement.conditions for value in condition.values),
    }
    resource = Resource(statement.document.owner, stack)
    for element, values in elements.items():
        path = statement.path(element)
        for value in dict.fromkeys(values):
            if parts := _parts(value):
                argument = Argument(resource, path, value)
                yield LiteralArn(argument, statement.at(path), render(value) or "", *parts, statement, element)


@cached_per_stack
def _leaves_by_address(stack: Stack) -> dict[str, list[tuple[str, Value]]]:
    return {resource.address: _leaves("", resource.values.items()) for resource in stack.managed()}


@cached_per_stack
def _addresses_by_paths(stack: Stack) -> dict[tuple[str, ...], list[str]]:
    """Return the resources by the paths of their arguments: many have the same."""
    table: dict[tuple[str, ...], list[str]] = {}
    for address, leaves in _leaves_by_address(stack).items():
        table.setdefault(tuple([path for path, _ in leaves]), []).append(address)
    return table


def _leaves(prefix: str, members: Iterable[tuple[str | int, Value]]) -> list[tuple[str, Value]]:
    found: list[tuple[str, Value]] = []
    for name, member in members:
        if name in _TEXT or member is None:
            continue
        path = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(member, dict):
            found += _leaves(path, member.items())
        elif isinstance(member, list):
            found += _leaves(path, enumerate(member))
        else:
            found.append((path, member))
    return found


def _parts(value: Value) -> tuple[Part, Part, Part] | None:
    """Return the partition, service and Region of the ARN *value*."""
    start = value.parts[0] if isinstance(value, PartialString) else value
    if not isinstance(start, str) or not start.startswith("arn:"):
        return None
    pieces = value.parts if isinstance(value, PartialString) else (value,)
    text = "".join(piece if isinstance(piece, str) else f"${{{index}}}" for index, piece in enumerate(pieces))
    arn = parse_arn(text)
    return (_part(arn.partition, pieces), _part(arn.service, pieces), _part(arn.region, pieces)) if arn else None


def _part(text: str, pieces: tuple[Part, ...]) -> Part:
    if alone := _UNKNOWN.fullmatch(text):
        return pieces[int(alone[1])]
    if inside := _UNKNOWN.search(text):
        unknown = pieces[int(inside[1])]
        return Unknown(unknown.reason) if isinstance(unknown, Unknown) else text
    return text
