"""The blocks of resources in the terms of the root module, with expressions that are not written yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.context import Context
from plainwork_core.eject.folding import pairs
from plainwork_core.eject.known import Invalid, content
from plainwork_core.eject.specialize import Around, specialized
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.write.strings import expression_text

Body = dict[str, Any]
"""Arguments by name, a list of bodies for nested blocks, and text for what is written as it is."""
_META = frozenset(("count", "for_each", "provider", "depends_on"))


def body_of(block: nodes.Body, context: Context, skipped: frozenset[str] = _META) -> Body:
    """Return *block* in the terms of the root module."""
    made: Body = {}
    for attribute in block.attributes:
        if attribute.name not in skipped:
            value = context.value(attribute.expression)
            if not known.is_null(value):
                made[attribute.name] = value
    for nested in block.blocks:
        _add(made, nested, context)
    return made


def _add(made: Body, nested: nodes.Block, context: Context) -> None:
    if nested.type == "lifecycle":
        if lifecycle := _lifecycle(nested.body, context):
            made["lifecycle"] = [lifecycle]
    elif nested.type == "provisioner":
        inner = body_of(nested.body, context, frozenset(("when", "on_failure")))
        raw = {one.name: one.expression for one in nested.body.attributes if one.name in ("when", "on_failure")}
        texts = {name: expression_text(expression) for name, expression in raw.items()}
        made.setdefault("provisioner", []).append({nested.labels[0]: [texts | inner]})
    elif nested.type == "dynamic":
        name = nested.labels[0]
        for is_dynamic, body in _generated(nested, context):
            place = made.setdefault("dynamic", {}) if is_dynamic else made
            place.setdefault(name, []).append(body)
    else:
        made.setdefault(nested.type, []).append(body_of(nested.body, context, frozenset()))


def _generated(block: nodes.Block, context: Context) -> Iterator[tuple[bool, Body]]:
    """Yield the blocks that a `dynamic` block makes, or the `dynamic` block if they are not known."""
    expression = block.body.attribute("for_each")
    name = _iterator(block)
    inner = next((one.body for one in block.body.blocks if one.type == "content"), nodes.Body())
    items = _items(expression, context.around) if context.around else None
    each = [_items(expression, one) for one in context.instances]
    lengths = {len(one) if one is not None else -1 for one in each}
    if items is not None and (not each or all(one is not None and len(one) == len(items) for one in each)):
        for place, pair in enumerate(items):
            own = [{name: _pair(*one[place])} for one in each if one is not None]
            yield False, body_of(inner, context.with_names({name: _pair(*pair)}, own), frozenset())
    elif len(lengths) == 1 and lengths != {-1}:
        for place in range(lengths.pop()):
            own = [{name: _pair(*one[place])} for one in each if one is not None]
            yield False, body_of(inner, context.with_names(None, own), frozenset())
    else:
        free = {name: nodes.Variable(name)}
        content_ = body_of(inner, context.with_names(free, [free for _ in each]), frozenset())
        iterator = {"iterator": name} if name != block.labels[0] else {}
        yield True, {"for_each": context.value(expression), **iterator, "content": [content_]}


def _pair(key: Expression, value: Expression) -> Expression:
    return known.object_of({"key": key, "value": value})


def _items(expression: Expression, around: Around) -> list[tuple[Expression, Expression]] | None:
    try:
        collection = specialized(expression, around)
    except Invalid:
        return None
    return [] if known.is_null(collection) else pairs(collection)


def _iterator(block: nodes.Block) -> str:
    match block.body.attribute("iterator"):
        case nodes.Variable(name) | nodes.Literal(str(name)):
            return name
    return block.labels[0]


def _lifecycle(body: nodes.Body, context: Context) -> Body:
    made: Body = {}
    for attribute in body.attributes:
        if attribute.name == "ignore_changes":
            made[attribute.name] = _names(attribute.expression)
        elif attribute.name == "replace_triggered_by":
            made[attribute.name] = _flat(content(context.value(attribute.expression)))
        else:
            made[attribute.name] = attribute.expression
    for nested in body.blocks:
        condition = body_of(nested.body, context, frozenset())
        if content(condition["condition"]) != nodes.Literal(value=True):
            made.setdefault(nested.type, []).append(condition)
    return made


def _flat(node: Expression) -> Expression:
    """Return a list of references, in which a resource with `count` is itself a list."""
    items = known.items_of(node) or []
    inner = [one for item in items for one in (content(item).items if isinstance(item, nodes.Sequence) else (item,))]
    return nodes.Sequence(tuple(inner))


def _names(node: Expression) -> str | list[str]:
    if isinstance(node, nodes.Sequence):
        return [expression_text(item) for item in node.items]
    return expression_text(node)
