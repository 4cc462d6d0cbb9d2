"""Each resource of an ejected module: its block, its provider, what it depends on, and the move that takes it over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plainwork_core.eject import types
from plainwork_core.eject.bodies import Body, body_of
from plainwork_core.eject.context import context_of, repeated_call
from plainwork_core.eject.known import Instances, Invalid, Known, Outputs, content
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.scopes import ModuleScope
from plainwork_core.eject.shapes import key_text
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.eject.uses import needed
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.parser import parse_value
from plainwork_core.hcl.syntax.traversals import children
from plainwork_core.hcl.write.strings import expression_text

Move = tuple[str, str]


def block_of(placed: Placed) -> Body:
    """Return the block of *placed*.

    Raises:
        Invalid: an expression has no value.
    """
    body = body_of(placed.declared.block.body, context_of(placed))
    for name in types.ARGUMENTS.get(placed.type, ()):
        if name in body:
            body[name] = types.typed(placed, name, body[name])
    provider = provider_of(placed)
    head: Body = {"provider": provider} if provider != placed.type.partition("_")[0] else {}
    depends = depends_on(placed)
    repetition, body = _repetition(placed, body)
    return {**repetition, **head, **body, **({"depends_on": depends} if depends else {})}


def _repetition(placed: Placed, body: Body) -> tuple[Body, Body]:
    call = None if placed.is_shared else repeated_call(placed.scope)
    shape = call.shape if call else placed.shape
    if not shape.argument or (shape.is_one and call is None):
        return {}, body
    is_count = shape.argument == "count"
    expression, body = (shape.expression, body) if is_count else needed(shape.expression, body)
    return {shape.argument: expression}, body


def provider_of(placed: Placed) -> str:
    """Return the provider configuration of *placed* in the root module: `aws`, `aws.west`."""
    expression = placed.declared.block.body.attribute("provider")
    key = placed.type.partition("_")[0] if expression is None else _reference(expression)
    scope: Any = placed.scope
    while isinstance(scope, ModuleScope):
        passed = scope.call.block.body.attribute("providers")
        pairs = passed.members if isinstance(passed, nodes.Object) else ()
        key = next((_reference(pair.value) for pair in pairs if _reference(pair.key) == key), key)
        scope = scope.call.caller
    return key


def _reference(node: Expression) -> str:
    return str(node.value) if isinstance(node, nodes.Literal) else expression_text(node)


def depends_on(placed: Placed) -> list[Expression]:
    """Return what *placed* and the calls around it depend on, as references."""
    found = _listed(placed.declared.block.body, Around(placed.scope))
    scope: Any = placed.scope
    while isinstance(scope, ModuleScope):
        found += _listed(scope.call.block.body, scope.caller)
        scope = scope.call.caller
    return list(dict.fromkeys(found))


def _listed(body: nodes.Body, around: Around) -> list[Expression]:
    expression = body.attribute("depends_on")
    items = expression.items if isinstance(expression, nodes.Sequence) else ()
    nodes_ = [parse_value(str(item.value)) if isinstance(item, nodes.Literal) else item for item in items]
    return [reference for item in nodes_ for reference in references(item, around)]


def references(node: Expression, around: Around) -> list[Expression]:
    """Return the resources that *node* of a `depends_on` refers to, those of a whole module too."""
    try:
        return list(_resources(specialized(node, around)))
    except Invalid:
        return []


def _resources(node: Expression) -> Iterator[Expression]:
    if isinstance(node, (Known, Instances)):
        yield from _resources(content(node))
    elif isinstance(node, Outputs):
        yield from (reference for placed in resources_in(node.scope) for reference in _resources(placed.reference))
    elif isinstance(node, (nodes.GetIndex, nodes.For)):
        yield from _resources(node.result if isinstance(node, nodes.For) else node.target)
    elif (base := _base(node)) is not None:
        yield base
    else:
        for child in children(node):
            yield from _resources(child)


def _base(node: Expression) -> Expression | None:
    """Return `type.name` of a reference to a resource."""
    names: list[Expression] = []
    while isinstance(node, (nodes.GetAttribute, nodes.GetIndex)):
        names.insert(0, node)
        node = node.target
    if not isinstance(node, nodes.Variable) or node.name in ("var", "local", "each", "count", "path", "terraform"):
        return None
    depth = 2 if node.name in ("data", "ephemeral") else 1
    return names[depth - 1] if len(names) >= depth else None


def resources_in(scope: ModuleScope) -> Iterator[Placed]:
    """Yield the resources of an instance of a module, and of the modules that it calls."""
    yield from (placed for placed in scope.all_placed() if not placed.is_absent)
    for call in scope.calls.values():
        for inner in call.all_scopes():
            yield from (placed for placed in inner.all_placed() if not placed.is_absent)


def moves_of(placed: Placed, name: str) -> list[Move]:
    """Return the moves of the instances of *placed* to the resource *name* of the root module."""
    if placed.mode != "resource":
        return []
    new, old = f"{placed.type}.{name}", f"{placed.scope.path}.{placed.address}"
    own = placed.shape.old_key if placed.shape.is_one else ""
    call = repeated_call(placed.scope)
    if call is None:
        return [(old + own, new)]
    rest = old[len(call.path) :]
    return [(f"{call.path}{key_text(key)}{rest}{own}", f"{new}{key_text(key)}") for key in call.keys or ()]


def addresses_of(placed: Placed) -> list[str] | None:
    """Return the addresses of the instances of *placed* before the ejection; `None` if they are not known."""
    if placed.shape.keys is None:
        return None
    old = [before for before, _ in moves_of(placed, "")]
    if not placed.shape.argument or placed.shape.is_one:
        return old
    return [f"{one}{key_text(key)}" for one in old for key in placed.shape.keys]
