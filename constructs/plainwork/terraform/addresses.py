"""Addresses: how a construct names the blocks that are made in it, and which addresses a stack has already.

A name consists of the ids of the constructs between the stack and the block, then the block's own id, joined by `_`.
There is no hash in it: the address `aws_iam_policy.state_read` is public API.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork.errors import AddressError
from plainwork.terraform.registry import AddressRegistry
from plainwork.tree import Construct, IConstruct, TerraformStack, is_a
from plainwork_core.frozen import frozen
from plainwork_core.schema.versions import AWS

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_IDENTIFIER_RULE = "letters, digits, underscores and hyphens, beginning with a letter or an underscore"


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
