"""Expressions of a module in the terms of the root module: what is known is resolved, what refers to resources stays.

`count = var.create ? 1 : 0` of a call with `create = true` is `1`; `vpc_id = var.vpc_id` of one with
`vpc_id = aws_vpc.main.id` is `aws_vpc.main.id`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any, Protocol

from plainwork_core.eject import folding, functions, known
from plainwork_core.eject.known import Instances, Invalid, Known, content
from plainwork_core.eject.templates import as_template, template
from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression


class Scope(Protocol):
    """The names of one instance of a module."""

    def look_up(self, name: str, steps: tuple[Expression, ...]) -> tuple[Expression, int]:
        """Return what *name* and the first of *steps* are, and the number of steps that count."""

    def file(self, node: nodes.Call) -> Expression | None:
        """Return the result of a function that reads a file; `None` if it is not known."""


@frozen(slots=True)
class Around:
    """The names around an expression: those of a module, and *bound* ones, of loops and instances."""

    scope: Scope
    bound: Mapping[str, Expression] = field(default_factory=dict)

    def with_names(self, names: Mapping[str, Expression]) -> Around:
        """Return the same with more names."""
        return Around(self.scope, {**self.bound, **names})


def specialized(node: Expression, around: Around) -> Expression:
    """Return *node* in the terms of the root module.

    Raises:
        Invalid: it has no value.
    """
    try:
        return _OF[type(node)](node, around)
    except Rejected as error:
        raise Invalid(str(error)) from error


def _same(node: Expression, around: Around) -> Expression:  # noqa: ARG001  the table calls all alike
    return node


def _chain(node: Expression, around: Around) -> Expression:
    steps: list[Any] = []
    while isinstance(node, (nodes.GetAttribute, nodes.GetIndex)):
        steps.insert(0, node)
        node = node.target
    used = 0
    if isinstance(node, nodes.Variable) and node.name in around.bound:
        target = around.bound[node.name]
    elif isinstance(node, nodes.Variable):
        target, used = around.scope.look_up(node.name, tuple(steps))
    else:
        target = specialized(node, around)
    for step in steps[used:]:
        if isinstance(step, nodes.GetAttribute):
            target = folding.attribute(step, target)
        else:
            target = folding.index(step, target, specialized(step.key, around))
    return target


def _splat(node: nodes.Splat, around: Around) -> Expression:
    target = specialized(node.target, around)
    return folding.splat(node, target, lambda item: specialized(node.each, around.with_names({"*": item})))


def _template(node: nodes.TemplateExpr, around: Around) -> Expression:
    return template([specialized(part, around) for part in node.parts], line=node.line)


def _template_if(node: nodes.TemplateIf, around: Around) -> Expression:
    condition = specialized(node.condition, around)
    decided = folding.truth(condition)
    if decided is not None:
        return specialized(node.then if decided else node.otherwise, around)
    then, otherwise = (as_template(specialized(part, around)) for part in (node.then, node.otherwise))
    return replace(node, condition=condition, then=then, otherwise=otherwise)


def _template_for(node: nodes.TemplateFor, around: Around) -> Expression:
    collection = specialized(node.collection, around)
    items = folding.pairs(collection)
    if items is None:
        key, value, inner = _fresh(node, around)
        body = as_template(specialized(node.body, inner))
        return replace(node, key=key, value=value, collection=collection, body=body)
    return template([specialized(node.body, _inner(node, around, *pair)) for pair in items])


def _inner(node: nodes.For | nodes.TemplateFor, around: Around, key: Expression, value: Expression) -> Around:
    return around.with_names({node.value: value} if node.key is None else {node.key: key, node.value: value})


def _fresh(node: nodes.For | nodes.TemplateFor, around: Around) -> tuple[str | None, str, Around]:
    """Return names for a loop that stays, other than those in the values of the names around it."""
    others = [bound for name, bound in around.bound.items() if name not in (node.key, node.value)]
    taken = {one.name for bound in others for one in known.walk(bound) if isinstance(one, nodes.Variable)}
    names = {name: _free(name, taken) for name in (node.key, node.value) if name is not None}
    inner = around.with_names({name: nodes.Variable(new) for name, new in names.items()})
    return (None if node.key is None else names[node.key]), names[node.value], inner


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"{name}_"
    return name


def _sequence(node: nodes.Sequence, around: Around) -> Expression:
    return replace(node, items=tuple(specialized(item, around) for item in node.items))


def _object(node: nodes.Object, around: Around) -> Expression:
    return replace(node, members=tuple(_member(member, around) for member in node.members))


def _member(member: nodes.Member, around: Around) -> nodes.Member:
    key = replace(member.key, parenthesized=False)
    is_name = isinstance(key, nodes.Literal)
    key = key if is_name else content(specialized(key, around))
    return replace(member, key=key, value=specialized(member.value, around))


def _for(node: nodes.For, around: Around) -> Expression:
    collection = specialized(node.collection, around)
    items = folding.pairs(collection)
    found = None if items is None else _unrolled(node, around, items)
    is_of_root = isinstance(collection, Known) and not collection.names
    if found is not None and not is_of_root:
        return found
    made = _kept_for(node, around, collection)
    return made if found is None else Known(made, found)


def _kept_for(node: nodes.For, around: Around, collection: Expression) -> Expression:
    if is_open := isinstance(collection, Instances) and isinstance(collection.members, nodes.For):
        names = {one.name for one in known.walk(node) if isinstance(one, nodes.Variable)}
        node = replace(node, key=node.key or _free("key", {*names, node.value}))
    key, value, inner = _fresh(node, around)
    if is_open and key:
        inner = inner.with_names({node.value: collection.at(nodes.Variable(key))})
        collection = collection.members.collection
    return replace(
        node,
        key=key,
        value=value,
        collection=collection,
        result_key=None if node.result_key is None else specialized(node.result_key, inner),
        result=specialized(node.result, inner),
        condition=None if node.condition is None else specialized(node.condition, inner),
    )


def _unrolled(node: nodes.For, around: Around, items: list[tuple[Expression, Expression]]) -> Expression | None:
    """Return the list or object that a `for` makes; `None` if a condition or a key is not known."""
    results: list[Expression] = []
    members: dict[str, list[Expression]] = {}
    for pair in items:
        inner = _inner(node, around, *pair)
        wanted = True if node.condition is None else folding.truth(specialized(node.condition, inner))
        if wanted is None:
            return None
        if not wanted:
            continue
        result = specialized(node.result, inner)
        if node.result_key is None:
            results.append(result)
            continue
        name = content(specialized(node.result_key, inner))
        if not isinstance(name, nodes.Literal) or name.value is None:
            return None
        members.setdefault(str(name.value), []).append(result)
    if node.result_key is None:
        return nodes.Sequence(tuple(results))
    if node.grouped:
        return known.object_of({key: nodes.Sequence(tuple(values)) for key, values in members.items()})
    if any(len(values) > 1 for values in members.values()):
        raise Invalid("two values of a `for` have the same key")
    return known.object_of({key: values[0] for key, values in members.items()})


_OF_FILES = frozenset(("file", "fileset", "fileexists"))


def _call(node: nodes.Call, around: Around) -> Expression:
    if node.name in ("try", "can"):
        return functions.attempt(node, lambda argument: specialized(argument, around))
    made = functions.call(node, tuple(specialized(argument, around) for argument in node.arguments))
    if isinstance(made, nodes.Call) and made.name in _OF_FILES:
        found = around.scope.file(made)
        return made if found is None else Known(made, found)
    return made


def _unary(node: nodes.Unary, around: Around) -> Expression:
    return folding.unary(node, specialized(node.operand, around))


def _binary(node: nodes.Binary, around: Around) -> Expression:
    left = specialized(node.left, around)
    decided = folding.truth(left) if node.operator in ("&&", "||") else None
    if decided is not None and decided == (node.operator == "||"):
        return nodes.Literal(decided)
    return folding.binary(node, left, specialized(node.right, around))


def _conditional(node: nodes.Conditional, around: Around) -> Expression:
    condition = specialized(node.condition, around)
    return folding.conditional(node, condition, lambda branch: specialized(branch, around))


_OF: dict[type, Callable[[Any, Around], Expression]] = {
    **dict.fromkeys((nodes.Literal, Known, known.Outputs, known.Instances, known.Chosen), _same),
    nodes.TemplateExpr: _template,
    nodes.TemplateIf: _template_if,
    nodes.TemplateFor: _template_for,
    nodes.Sequence: _sequence,
    nodes.Object: _object,
    nodes.For: _for,
    nodes.Variable: _chain,
    nodes.GetAttribute: _chain,
    nodes.GetIndex: _chain,
    nodes.Splat: _splat,
    nodes.Call: _call,
    nodes.Unary: _unary,
    nodes.Binary: _binary,
    nodes.Conditional: _conditional,
}
