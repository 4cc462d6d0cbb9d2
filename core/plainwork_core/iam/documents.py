"""The statements of all policy documents in a stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from plainwork_core.hcl.read.gaps import json_problem
from plainwork_core.iam.arguments import DOCUMENT_TYPES, documents_of
from plainwork_core.iam.attachments import IDENTITIES, POLICY_ARNS
from plainwork_core.iam.data_source import read_data_source
from plainwork_core.iam.grammar import read_document
from plainwork_core.iam.permissions import PERMISSIONS, permission_of
from plainwork_core.iam.statement import FIELDS, Document, Kind, Statement, hidden
from plainwork_core.model.references import is_computed_by_provider, only_referent, referents
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Location, Resource, Stack, cached_per_stack
from plainwork_core.model.values import JsonText, Unknown, Value

DATA_SOURCE = "aws_iam_policy_document"
_HOLDERS = {*DOCUMENT_TYPES, *PERMISSIONS}
_BOUNDARY = "permissions_boundary"


@cached_per_stack
def statements(stack: Stack) -> tuple[Statement, ...]:
    """Return the statements of *stack*: of each argument that is a document, in the order of the input.

    A reference to a `data "aws_iam_policy_document"` is followed. A data source that no argument uses is at the end,
    with its own address and the kind `unused`. A plan contains all resources, so there such data sources are omitted.
    """
    reader = _Reader(stack)
    holders = (resource for resource in stack.managed() if resource.type in _HOLDERS)
    found = [statement for resource in holders for statement in reader.of_resource(resource)]
    return (*found, *reader.unused())


@cached_per_stack
def statements_by_owner(stack: Stack) -> dict[str, list[Statement]]:
    """Return the statements of *stack* by the address of the resource that has their document."""
    table: dict[str, list[Statement]] = {}
    for statement in statements(stack):
        table.setdefault(statement.address, []).append(statement)
    return table


def of_kinds(*kinds: Kind) -> Callable[[Stack], tuple[Statement, ...]]:
    """Return a function that gives the statements of *kinds* in a stack."""
    return lambda stack: _of_kinds(stack, kinds)


@cached_per_stack
def _of_kinds(stack: Stack, kinds: tuple[Kind, ...]) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements(stack) if statement.kind in kinds)


class _Reader:
    """Reads the documents of one stack, and records the data sources that are used and those that are being read."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.used: set[str] = set()
        self.open: list[Resource] = []

    def of_resource(self, resource: Resource) -> list[Statement]:
        """Return the statements of each document of *resource*, and the one that it adds to the policy of another."""
        found: list[Statement] = []
        for path, kind, value in documents_of(resource):
            if value is None:
                continue
            document = Document(resource, path, self._kind(resource, kind))
            found += self._read(value, resource, document, resource.at(path))
        return [*found, *permission_of(resource)]

    def unused(self) -> list[Statement]:
        """Return the statements of the data sources that were not used."""
        if self.stack.format == "plan":
            return []
        found: list[Statement] = []
        for data in self.stack.data(DATA_SOURCE):
            if data.address not in self.used:
                found += self._of_data_source(data, Document(data, "json", "unused"))
        return [statement for statement in found if statement.document.owner.address not in self.used]

    def _read(
        self, value: Value, holder: Resource, document: Document, location: Location, *, is_source: bool = False
    ) -> list[Statement]:
        if value in (None, "") or is_computed_by_provider(value):
            return []
        if isinstance(value, Unknown) and not isinstance(value, JsonText) and not json_problem(value):
            return self._follow(value, holder, document, location)
        found = read_document(value, document, location, is_source=is_source)
        return [_placed(statement) for statement in found] if holder is document.owner else found

    def _follow(self, value: Unknown, holder: Resource, document: Document, location: Location) -> list[Statement]:
        data = only_referent(self.stack, holder, value)
        if data is None or data.mode != "data" or data.type != DATA_SOURCE:
            self.used.update(referent.address for referent in referents(self.stack, holder, value))
            return [hidden(document, location, value)]
        if data in self.open:
            return [hidden(document, location, Unknown(f"`{data.address}` refers to itself"))]
        self.used.add(data.address)
        return self._of_data_source(data, document)

    def _of_data_source(self, data: Resource, document: Document) -> list[Statement]:
        def read(value: Value, holder: Resource) -> list[Statement]:
            return self._read(value, holder, document, data.location, is_source=True)

        self.open.append(data)
        found = read_data_source(data, document, read)
        self.open.pop()
        return found

    def _kind(self, resource: Resource, kind: Kind) -> Kind:
        return "boundary" if resource.address in _boundaries(self.stack) else kind


def _placed(statement: Statement) -> Statement:
    """Return *statement*, which is in an argument of its owner, with the lines of the owner's elements."""
    owner, path = statement.document.owner, statement.path("Action").rpartition(".")[0]
    if statement.index is None or not owner.lines:
        return statement
    if path not in owner.lines:
        path = path.removesuffix(".0")  # `Statement` is one object and no list
    elements = {element: owner.at(f"{path}.{element}") for element in FIELDS}
    return replace(statement, location=owner.at(path), elements=elements)


@cached_per_stack
def _boundaries(stack: Stack) -> set[str]:
    """Addresses of the policies that are a permissions boundary, by use or name, and are not attached in the stack."""
    boundaries = {policy.address for policy in stack.managed("aws_iam_policy") if _is_named_boundary(policy)}
    limited = ((one, one.get(_BOUNDARY)) for one in stack.managed(*IDENTITIES))
    boundaries.update(policy for one, value in limited for policy in _policies(stack, one, value))
    if not boundaries:
        return boundaries
    attached = ((one, one.get(POLICY_ARNS[one.type])) for one in stack.managed(*POLICY_ARNS))
    return boundaries.difference(policy for one, value in attached for policy in _policies(stack, one, value))


def _is_named_boundary(policy: Resource) -> bool:
    names = (policy.name, *(policy.get(argument) for argument in ("name", "name_prefix")))
    return any("boundary" in quote(name).lower() for name in names if isinstance(name, (str, Unknown)))


def _policies(stack: Stack, owner: Resource, value: Value) -> Iterator[str]:
    """Yield the addresses of the managed policies of the stack that *value*, an argument of *owner*, refers to."""
    for member in value if isinstance(value, list) else (value,):
        if isinstance(member, Unknown):
            yield from (found.address for found in referents(stack, owner, member) if found.type == "aws_iam_policy")
        elif isinstance(member, str) and member in policy_arns(stack):
            yield policy_arns(stack)[member]


@cached_per_stack
def policy_arns(stack: Stack) -> dict[str, str]:
    """Return the addresses of the stack's managed policies by ARN, if it is known."""
    known = ((policy.get("arn"), policy.address) for policy in stack.managed("aws_iam_policy"))
    return {arn: address for arn, address in known if isinstance(arn, str)}
