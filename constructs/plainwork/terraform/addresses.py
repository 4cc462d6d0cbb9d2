"""Addresses: how a construct names the blocks that are made in it, and which addresses a stack has already.

A name consists of the ids of the constructs between the stack and the block, then the block's own id, joined by `_`.
There is no hash in it: the address `aws_iam_policy.state_read` is public API.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork.errors import AddressError
from plainwork.tree import Construct, IConstruct, TerraformStack, is_a
from plainwork_core.callers import calling_line
from plainwork_core.frozen import frozen
from plainwork_core.schema.versions import AWS, SchemaChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plainwork.terraform.target import Feature, Target
    from plainwork_core.schema import Mode

LOWEST_VERSION = (1, 10)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_IDENTIFIER_RULE = "letters, digits, underscores and hyphens, beginning with a letter or an underscore"


@frozen(slots=True)
class EarlyBlock:
    """A resource or data source that was created before the version of the AWS provider is known.

    Attributes:
        address: of the block.
        mode: of the block.
        type: of the resource or data source.
        arguments: as the user wrote them.
        body: that was made of them.
    """

    address: str
    mode: Mode
    type: str
    arguments: Mapping[str, Any]
    body: Mapping[str, Any]


@dataclass(slots=True)
class AddressRegistry:
    """The addresses, warnings and providers of one stack.

    Attributes:
        stack: the id of the stack.
        root: the app, which distinguishes the stacks of one app from those of another.
        addresses: the construct path of each address, in the order of creation.
        warnings: the subjects of the warnings that were shown.
        providers: the source and version of each provider.
        regions: the Region of each configuration of the AWS provider, such as `aws.replica`, if it is not a reference.
        account_id: the only account that the default configuration of the AWS provider allows.
        alarm_actions: the `AlarmActions` of the alarms of the stack.
        waivers: of the constructs that have no block yet, by their ids.
        version: the lowest version of the target that has everything that the stack uses.
        early: the blocks that precede the version of the AWS provider, with which they are checked again.
        lines: the Python line that creates each block, by address: absolute path and number.
    outputs: the body of each output, by name.
    """

    stack: str
    root: IConstruct
    addresses: dict[str, str] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)
    providers: dict[str, dict[str, str]] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    account_id: str | None = None
    alarm_actions: Any = None
    waivers: dict[tuple[str, ...], list[dict[str, str]]] = field(default_factory=dict)
    version: tuple[int, ...] = LOWEST_VERSION
    early: list[EarlyBlock] = field(default_factory=list)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    outputs: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def schema_choice(self) -> SchemaChoice:
        """The choice of the schema for the version of the AWS provider that the stack requires."""
        return SchemaChoice(self.providers.get(AWS, {}).get("version", ""))

    @property
    def target(self) -> Target:
        """The target of the app; that of an app of CDKTF itself is Terraform."""
        target: Target = getattr(self.root, "target", "terraform")
        return target

    def require(self, features: Iterable[Feature]) -> list[str]:
        """Require the versions that have the features, and return a sentence for each that the target does not have."""
        problems = []
        for feature in features:
            if version := feature.version(self.target):
                self.version = max(self.version, tuple(map(int, version.split("."))))
            else:
                problems.append(feature.problem(self.target))
        return problems

    def register(self, address: str, path: str, *, kind: str = "", remedy: str = "change one of the ids") -> int:
        """Register an address and return its position in the stack, from 1.

        Args:
            address: such as `aws_s3_bucket.state` or `output.bucket`.
            path: of the construct.
            kind: of the block, where the address does not begin with it: `resource`.
            remedy: for a duplicate.

        Raises:
            AddressError: the address is registered already.
        """
        if address in self.addresses:
            raise AddressError(
                f"duplicate {f'{kind} ' if kind else ''}{address} in stack {self.stack!r}: "
                f"{self.addresses[address]!r} and {path!r}; {remedy}"
            )
        self.addresses[address] = path
        self.record_line(address)
        return len(self.addresses)

    def record_line(self, address: str) -> None:
        """Record the Python line that creates the block."""
        if line := calling_line():
            self.lines[address] = line

    def is_first_warning(self, subject: str) -> bool:
        """Return whether there was no warning about the subject yet; records it."""
        is_first = subject not in self.warnings
        self.warnings.add(subject)
        return is_first


def check_identifier(name: Any, subject: str) -> str:
    """Return a Terraform identifier unchanged.

    Args:
        name: the value to check.
        subject: what the error calls it: `provider name`.

    Raises:
        AddressError: the value is not a Terraform identifier.
    """
    if not isinstance(name, str) or not _IDENTIFIER.fullmatch(name):
        raise AddressError(f"{subject} {name!r} is not a Terraform identifier: use {_IDENTIFIER_RULE}")
    return name


@frozen(slots=True)
class NamingScope:
    """A stack or construct, as the names of the blocks that are made in it need it.

    Attributes:
        registry: of the stack.
        ids: of the constructs from the stack to this one, outermost first; empty for the stack itself.
        construct: class and path of the construct, such as `S3StateBackend state`; None for the stack itself.
        region: the Region of the construct's resources; None for that of their provider.
    """

    registry: AddressRegistry
    ids: tuple[str, ...] = ()
    construct: str | None = None
    region: str | None = None

    @property
    def other_region(self) -> str | None:
        """The Region of the construct's resources if the default AWS provider of the stack is in another one."""
        own = self.registry.regions.get(AWS, self.region)
        return None if own == self.region else self.region

    def name(self, id_: str | None, kind: str) -> str:
        """Return the Terraform name of a block that is made here.

        Args:
            id_: the block's own id; None uses the ids of the constructs alone.
            kind: of the block, for errors: `aws_s3_bucket`, `output`.

        Raises:
            AddressError: there is no id at all, or the name is not a Terraform identifier.
        """
        if not isinstance(id_, str | None):
            raise AddressError(f"the id of {kind} must be a string (got {id_!r})")
        ids = [*self.ids, *([id_] if id_ is not None else [])]
        if not ids:
            raise AddressError(f"{kind} needs an id, because its scope is stack {self.registry.stack!r} itself")
        name = "_".join(ids)
        if not _IDENTIFIER.fullmatch(name):
            raise AddressError(
                f"the ids {ids} make the {kind} name {name!r}, which is not a Terraform identifier: "
                f"use {_IDENTIFIER_RULE}"
            )
        return name

    def path(self, node_id: str) -> str:
        """Return the construct path of a node that is made here."""
        return "/".join((self.registry.stack, *self.ids, node_id))


_SCOPES: WeakKeyDictionary[IConstruct, NamingScope] = WeakKeyDictionary()


def naming_scope(scope: IConstruct) -> NamingScope:
    """Return the naming scope of a stack or construct.

    Raises:
        AddressError: the value is not a construct, or the construct is not in a stack.
    """
    if scope not in _SCOPES:
        _SCOPES[scope] = _new_scope(scope)
    return _SCOPES[scope]


def set_region(construct: IConstruct, region: str) -> None:
    """Set the Region of the resources of a construct, before it makes any."""
    _SCOPES[construct] = replace(naming_scope(construct), region=region)


def stacks_of(app: IConstruct) -> list[TerraformStack]:
    """Return the stacks of an app that contain a block of this library."""
    return [
        construct
        for construct, scope in _SCOPES.items()
        if is_a(construct, TerraformStack) and scope.registry.root is app
    ]


def other_registries(stack: TerraformStack) -> Iterator[AddressRegistry]:
    """Yield the registries of the other stacks in the same app."""
    app = naming_scope(stack).registry.root
    return (naming_scope(other).registry for other in stacks_of(app) if other is not stack)


def _new_scope(construct: IConstruct) -> NamingScope:
    if not is_a(construct, Construct):
        raise AddressError(f"the scope must be a Stack or a construct in a stack (got {construct!r})")
    node = construct.node
    if is_a(construct, TerraformStack):
        from plainwork.terraform.reference_check import validate_references  # noqa: PLC0415  it imports this module

        validate_references(construct)
        return NamingScope(AddressRegistry(node.path, node.root))
    parent = node.scope
    class_ = type(construct).__name__
    if parent is None:
        raise AddressError(f"{class_} {node.path!r} is not in a stack: use a Stack or a construct in a stack as scope")
    above = naming_scope(parent)
    ids = (*above.ids, node.id)
    return NamingScope(above.registry, ids, f"{class_} {'/'.join(ids)}", above.region)
