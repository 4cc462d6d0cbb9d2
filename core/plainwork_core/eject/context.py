"""The names around the arguments of a resource, and the form of an argument that differs between its instances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.calls import Call
from plainwork_core.eject.finish import Finished
from plainwork_core.eject.known import Invalid
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.scopes import ModuleScope
from plainwork_core.eject.shapes import COUNT_INDEX, EACH_KEY
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.eject.unification import unified
from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.traversals import rebuilt
from plainwork_core.hcl.write.strings import expression_text

_BLANK = Finished({}, {})
_EASE = 10
"""Characters that a list of literals may be longer than an expression that makes them."""


@frozen()
class Context:
    """The names around an expression in a resource.

    Attributes:
        around: in any instance; `None` if there are only those of the single instances.
        instances: in each instance, if the resource is repeated for known keys.
        key: of the instance, as an expression.
        keys: of the instances.
    """

    around: Around | None
    instances: tuple[Around, ...] = ()
    key: Expression = EACH_KEY
    keys: tuple[Any, ...] = ()

    def with_names(self, names: Mapping[str, Expression] | None, each: list[dict[str, Expression]]) -> Context:
        """Return the context with more names, in any instance and in *each* of them."""
        around = self.around.with_names(names) if self.around and names is not None else None
        instances = tuple(one.with_names(own) for one, own in zip(self.instances, each, strict=True))
        return Context(around, instances, self.key, self.keys)

    def value(self, expression: Expression) -> Expression:
        """Return *expression* as it is written: the same for all instances if it is the same, else the shortest form.

        Raises:
            Invalid: it has no value.
        """
        written = None
        if self.around is not None:
            try:
                written = specialized(expression, self.around)
            except Invalid:
                if not self.instances:
                    raise
        if self.instances and (written is None or _differs(written)):
            return self._projected(expression, written)
        return written

    def _projected(self, expression: Expression, written: Expression | None) -> Expression:
        try:
            values = [specialized(expression, one) for one in self.instances]
        except Invalid:
            if written is None:
                raise
            return written
        return self._best(values, written)

    def _best(self, values: list[Expression], written: Expression | None) -> Expression:
        """Return the form of *values*, one for each instance, that is read fastest; *written* has the key itself."""
        if all(value == values[0] for value in values):
            return values[0]
        if isinstance(written, nodes.Object) and (members := _members(values, written)) is not None:
            return known.object_of({key: self._best(of_each, own) for key, (of_each, own) in members.items()})
        forms = [self._listed(values), *self._generalized(values), *([] if written is None else [written])]
        return min(reversed(forms), key=_reading)

    def _generalized(self, values: list[Expression]) -> list[Expression]:
        """Return *values* as one expression with the key of the instance, if they differ by it alone."""
        made = unified([_plain(value) for value in values], self.keys, self.key)
        return [] if made is None else [made]

    def _listed(self, values: list[Expression]) -> Expression:
        if self.key == COUNT_INDEX:
            return nodes.GetIndex(nodes.Sequence(tuple(values)), self.key)
        members = dict(zip(map(str, self.keys), values, strict=True))
        return nodes.GetIndex(known.object_of(members), self.key)


def _members(values: list[Expression], written: nodes.Object) -> dict[str, tuple[list[Expression], Expression]] | None:
    """Return the members of objects with the same keys: of *values*, and of *written*; `None` if there are others."""
    own = known.members_of(written)
    each = [known.members_of(value) if isinstance(value, nodes.Object) else None for value in values]
    if own is None or any(one is None or one.keys() != own.keys() for one in each):
        return None
    return {key: ([one[key] for one in each if one], own[key]) for key in own}


def _plain(node: Any) -> Any:
    """Return *node* as it is written if no local values are kept."""
    if isinstance(node, known.Known):
        return _plain(node.content if node.names else node.written)
    return rebuilt(node, _plain)


def _differs(node: Expression) -> bool:
    return any(isinstance(one, nodes.Variable) and one.name in ("each", "count") for one in known.walk(node))


def _reading(node: Expression) -> int:
    """Return the length of *node*; a list of literals is read faster than a string with a list in it."""
    text = expression_text(_BLANK.finished(node))
    is_listed = isinstance(node, nodes.GetIndex) and known.is_literal(node.target)
    return len(text) - (_EASE if is_listed else 0)


def context_of(placed: Placed) -> Context:
    """Return the names around the arguments of *placed*."""
    scope, shape = placed.scope, placed.shape
    if shape.argument and not shape.is_one:
        if shape.keys is None:
            return Context(Around(scope))
        key = COUNT_INDEX if shape.argument == "count" else EACH_KEY
        instances = tuple(Around(scope, shape.bound(one)) for one in shape.keys)
        return Context(Around(scope), instances, key, shape.keys)
    repeated = repeated_call(scope)
    if repeated is None or repeated.shape.keys is None:
        return Context(placed.around)
    keys = repeated.keys or ()
    copies = [_same(scope, repeated.at(nodes.Literal(key))).placed(placed.address).around for key in keys]
    return Context(placed.around, tuple(copies), scope.index, keys)


def repeated_call(scope: Any) -> Call | None:
    """Return the call around *scope* whose module's resources are repeated in its place."""
    while scope.index is not None:
        call: Call = scope.call
        if call.repeats:
            return call
        scope = scope.call.caller
    return None


def _same(scope: ModuleScope, instance: ModuleScope) -> ModuleScope:
    """Return the scope in *instance* that *scope* is in the module that is repeated."""
    names: list[tuple[str, Any]] = []
    inner: Any = scope
    while not inner.call.repeats:
        names.insert(0, (inner.call.name, next(key for key, one in inner.call.scopes.items() if one is inner)))
        inner = inner.call.caller
    for name, key in names:
        instance = instance.calls[name].scopes[key]
    return instance
