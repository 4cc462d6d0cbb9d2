"""The values in a block that has no instance by default, as they are where it has some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.references import Step
from plainwork_core.hcl.syntax.traversals import traversals
from plainwork_core.model.values import Unknown, Value

if TYPE_CHECKING:
    from plainwork_core.read.module_scope import ModuleScope

_DECIDING = ("var", "local")


@frozen(slots=True)
class InstanceScope:
    """The scope of an instance of a block that has none by default.

    `count = length(var.buckets) > 0 ? 1 : 0` is 0 with the default `[]` of the variable. Where the block has an
    instance, the variable has another value, so that it is unknown there.

    Args:
        module: the scope of the module.
        address: of the block in it.
        empty: the references in its `count` or `for_each` that are empty, false or zero: `("var", "buckets")`.
    """

    module: ModuleScope
    address: str
    empty: tuple[tuple[str, ...], ...]

    @property
    def budget(self) -> Budget:
        """What the scope of the module has."""
        return self.module.budget

    @property
    def files(self) -> Files:
        """What the scope of the module has."""
        return self.module.files

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value of *name* followed by *steps*."""
        path = (name, *(step.key for step in steps))
        if any(path[: len(empty)] == empty for empty in self.empty):
            return self.module.unknown(f"has another value if `{self.address}` exists; check a plan", name, steps)
        return self.module.look_up(name, steps)


def instance_scope(module: ModuleScope, address: str) -> InstanceScope:
    """Return the scope of an instance of the block at *address*, which has none by default."""
    return InstanceScope(module, address, tuple(dict.fromkeys(_empty(module, address))))


def _empty(module: ModuleScope, address: str) -> Iterator[tuple[str, ...]]:
    body = module.blocks[address].block.body
    for name, *rest in traversals((body.attribute("count"), body.attribute("for_each"))):
        if name in _DECIDING and rest and _is_empty(module, name, rest):
            yield (name, *rest)


def _is_empty(module: ModuleScope, name: str, rest: list[str]) -> bool:
    try:
        value = module.look_up(name, tuple(map(Step, rest)))
    except (Rejected, Unsupported):
        return False
    return not isinstance(value, Unknown) and not value
