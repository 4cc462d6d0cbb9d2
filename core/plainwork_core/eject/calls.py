"""The calls of ejected modules: their instances, and whether the resources are repeated in place of the module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.folding import index
from plainwork_core.eject.known import Instances, Invalid
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.scopes import ModuleScope, RootScope
from plainwork_core.eject.shapes import COUNT_INDEX, EACH, EACH_KEY, Key, Shape, key_text, shape_of
from plainwork_core.eject.specialize import Around
from plainwork_core.eject.tree import Tree
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression

Keys = Mapping[str, Sequence[Key]]


class Call:
    """One `module` block in one instance of the module around it.

    Args:
        tree: the block and the files of the module.
        caller: the scope around it.
        listed: the keys of the instances of each call in a plan or state, by address; `None` if there is neither.
        kept: collects the values that may be written as local values.
    """

    def __init__(
        self, tree: Tree, caller: RootScope | ModuleScope, listed: Keys | None, kept: dict[str, Expression]
    ) -> None:
        self.tree, self.caller, self.listed, self.kept = tree, caller, listed, kept
        self.name, self.block, self.module, self.directory = tree.name, tree.declared.block, tree.module, tree.directory

    @property
    def path(self) -> str:
        """The address of the call."""
        return f"{self.caller.path}.module.{self.name}".removeprefix(".")

    @property
    def _index(self) -> Expression | None:
        return self.caller.index if isinstance(self.caller, ModuleScope) else None

    @cached_property
    def shape(self) -> Shape:
        """The instances of the call."""
        return shape_of(self.block, Around(self.caller))

    @cached_property
    def scopes(self) -> dict[Key, ModuleScope]:
        """The instances whose resources are written each for itself, by key."""
        shape = self.shape
        if not shape.argument:
            return {"": self._made({}, self.path, self._index)}
        if self.repeats or shape.keys is None:
            return {}
        return {key: self._made(shape.bound(key), self.path + key_text(key), self._index) for key in shape.keys}

    @cached_property
    def keys(self) -> tuple[Key, ...] | None:
        """The keys of the instances: those of the configuration, otherwise those of the plan or state."""
        found = self.shape.keys
        return found if found is not None or self.listed is None else tuple(self.listed.get(self.path, ()))

    @cached_property
    def repeats(self) -> bool:
        """Whether each resource of the module is repeated in place of the module: each is there once an instance."""
        if self.keys is None or (len(self.keys) <= 1 and self.shape.keys is not None) or self._index is not None:
            return False
        try:
            every = _signature(self.generic)
            return every is not None and all(_signature(self.at(nodes.Literal(key))) == every for key in self.keys)
        except Invalid:
            return False

    @cached_property
    def generic(self) -> ModuleScope:
        """Any of the instances, of resources that are repeated in place of the module."""
        if self.shape.argument == "count":
            return self._made({}, self.path, COUNT_INDEX)
        return self._made({"each": EACH}, self.path, EACH_KEY)

    def at(self, key: Expression) -> ModuleScope:
        """Return the instance *key*, of resources that are repeated in place of the module."""
        if self.shape.argument == "count":
            return self._made({"count": known.object_of({"index": key})}, self.path, key)
        if isinstance(key, nodes.Literal) and isinstance(key.value, (str, int)) and self.shape.keys is not None:
            return self._made(self.shape.bound(key.value), self.path, key)
        given = self.shape.expression
        is_set = isinstance(known.content(given), nodes.Call) and known.content(given).name == "toset"
        value = key if is_set else index(nodes.GetIndex(given, key), given, key)
        return self._made({"each": known.object_of({"key": key, "value": value})}, self.path, key)

    def _made(self, bound: dict[str, Expression], path: str, place: Expression | None) -> ModuleScope:
        scope = ModuleScope(self, bound, path, place)
        scope.calls |= {name: Call(tree, scope, self.listed, self.kept) for name, tree in self.tree.children.items()}
        return scope

    @property
    def value(self) -> Expression:
        """The call as an expression."""
        if not self.shape.argument:
            return self.scopes[""].outputs
        if self.shape.keys is None:
            return Instances(self._every(), lambda key: self.at(key).outputs)
        keys = self.keys or ()
        found: dict[Key, Any] = {
            key: (self.at(nodes.Literal(key)) if self.repeats else self.scopes[key]).outputs for key in keys
        }
        members = (
            nodes.Sequence(tuple(found.values()))
            if self.shape.argument == "count"
            else known.object_of({str(key): one for key, one in found.items()})
        )
        return Instances(members, (lambda key: self.at(key).outputs) if self.repeats else None)

    def _every(self) -> Expression:
        """Return the instances of a call whose number another environment may change."""
        given, key = self.shape.expression, nodes.Variable("key")
        result = self.at(key).outputs
        if self.shape.argument == "count":
            return nodes.For(None, "key", nodes.Call("range", (given,)), None, result, None)
        return nodes.For("key", "value", given, key, result, None)

    def all_scopes(self) -> Iterator[ModuleScope]:
        """Yield the instances whose resources are written, and those of the modules that they call."""
        for scope in [self.generic] if self.repeats else self.scopes.values():
            yield scope
            for call in scope.calls.values():
                yield from call.all_scopes()


def _signature(scope: ModuleScope) -> dict[str, str] | None:
    """Return the resources of *scope* and the key that each has in its address; `None` if one is repeated."""
    found: dict[str, str] = {}
    for placed in scope.all_placed():
        if not (placed.shape.is_one or placed.is_absent):
            return None
        found[placed.address] = "-" if placed.is_absent else placed.shape.old_key
    for call in scope.calls.values():
        if call.shape.argument and not (call.shape.is_one or call.shape.keys == ()):
            return None
        for inner in call.scopes.values():
            below = _signature(inner)
            if below is None:
                return None
            found |= {f"{inner.path}.{address}": key for address, key in below.items()}
    return found


def placed_in(call: Call) -> list[Placed]:
    """Return the resources and data sources to write for *call*."""
    return [placed for scope in call.all_scopes() for placed in scope.all_placed() if not placed.is_absent]
