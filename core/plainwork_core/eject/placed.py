"""A resource or data source of an ejected module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.eject import known
from plainwork_core.eject.known import OPEN, Known
from plainwork_core.eject.shapes import Key, Shape
from plainwork_core.eject.specialize import Around
from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

if TYPE_CHECKING:
    from plainwork_core.eject.scopes import ModuleScope
    from plainwork_core.read.declarations import Declared

MODES = ("data", "ephemeral")


@frozen()
class Placed:
    """A resource, data source or ephemeral resource of a module.

    Attributes:
        scope: the instance of the module that declares it.
        declared: its block.
        address: in its module: `aws_subnet.private`, `data.aws_region.here`.
        shape: its instances.
    """

    scope: ModuleScope
    declared: Declared
    address: str
    shape: Shape

    @property
    def mode(self) -> str:
        """`resource`, `data` or `ephemeral`."""
        return self.declared.block.type

    @property
    def type(self) -> str:
        """The type of the resource."""
        return self.declared.block.labels[0]

    @property
    def name(self) -> str:
        """The name in the module."""
        return self.declared.block.labels[1]

    @property
    def place(self) -> str:
        """The name until all names are known: the address with the path of the module."""
        return f"{self.scope.path}.{self.address}"

    @property
    def around(self) -> Around:
        """The names around its arguments."""
        shape = self.shape
        bound = shape.bound(shape.keys[0]) if shape.argument and shape.keys and shape.is_one else {}
        return Around(self.scope, bound)

    @property
    def is_absent(self) -> bool:
        """Whether it has no instance."""
        return self.shape.keys == ()

    @property
    def is_shared(self) -> bool:
        """Whether a data source without arguments, such as `aws_region`, is one for all instances of the module."""
        body = self.declared.block.body
        return self.mode == "data" and not body.blocks and all(one.name == "provider" for one in body.attributes)

    @property
    def reference(self) -> Expression:
        """The resource as an expression."""
        first = nodes.Variable(self.mode) if self.mode in MODES else None
        typed = nodes.GetAttribute(first, self.type) if first else nodes.Variable(self.type)
        is_open = self.shape.keys is None or self.scope.is_open
        base: Expression = nodes.GetAttribute(typed, self.place + OPEN * is_open)
        if self.scope.index is not None and not self.is_shared:
            base = nodes.GetIndex(base, self.scope.index)
        shape = self.shape
        if not shape.argument or shape.keys is None:
            return base
        if shape.argument == "count":
            items = nodes.Sequence(tuple(self._instance(base, key) for key in shape.keys))
            return items if len(shape.keys) <= 1 else Known(base, items)
        members = known.object_of({str(key): self._instance(base, key) for key in shape.keys})
        return members if len(shape.keys) <= 1 else Known(base, members)

    def _instance(self, base: Expression, key: Key) -> Expression:
        return base if self.shape.is_one else nodes.GetIndex(base, nodes.Literal(key))
