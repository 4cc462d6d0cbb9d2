"""The values of expressions: known, unknown, or known with unknown members.

Nothing is guessed. A value is what Terraform would compute, or an `Unknown` that names the unknown reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from plainwork_core.hcl.read import operators
from plainwork_core.hcl.read.conversions import SetOfValues, kind, to_boolean, to_list, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.gaps import joined
from plainwork_core.hcl.read.maps import map_of
from plainwork_core.hcl.read.references import Attributes, Bound, Scope, Step, follow, part_of
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import Unknown, Value, merged, unknowns

_MOST_STEPS = 100


def evaluate(expression: Expression, scope: Scope) -> Value:
    """Return the value of *expression*; what Terraform would reject is unknown too, with the error as reason."""
    try:
        return value_of(expression, scope)
    except Rejected as error:
        return Unknown(f"line {expression.line} has no value: {error}")
    except Unsupported as error:
        return Unknown(f"line {expression.line} is not evaluated {error}")
    except RecursionError:
        return Unknown(f"line {expression.line} is nested too deeply to be evaluated")


def value_of(expression: Expression, scope: Scope) -> Value:
    """Return the value of *expression*.

    Raises:
        Rejected: Terraform would stop here with an error.
        Unsupported: it is not evaluated.
    """
    scope.budget.spend()
    return _VALUES[type(expression)](expression, scope)


def _literal(node: nodes.Literal, scope: Scope) -> Value:
    return scope.budget.use(node.value) if isinstance(node.value, str) else node.value


def _template(node: nodes.TemplateExpr, scope: Scope) -> Value:
    return joined([_text(value_of(part, scope)) for part in node.parts])


def _text(value: Value) -> str | Unknown:
    return value if isinstance(value, Unknown) else to_text(value)


def _template_if(node: nodes.TemplateIf, scope: Scope) -> Value:
    condition = value_of(node.condition, scope)
    if isinstance(condition, Unknown):
        return merged([condition])
    return value_of(node.then if to_boolean(condition) else node.otherwise, scope)


def _template_for(node: nodes.TemplateFor, scope: Scope) -> Value:
    collection = value_of(node.collection, scope)
    if isinstance(collection, Unknown):
        return merged([collection])
    inner = (Bound(scope, _bound(node, key, value)) for key, value in items(collection))
    return joined([_text(value_of(node.body, bound)) for bound in inner])


def _bound(node: nodes.For | nodes.TemplateFor, key: Value, value: Value) -> dict[str, Value]:
    return {node.value: value} if node.key is None else {node.key: key, node.value: value}


def items(collection: Value) -> Iterator[tuple[Value, Value]]:
    """Yield the keys and values of *collection* as in a `for`.

    Raises:
        Rejected: it is no collection.
    """
    if isinstance(collection, dict):
        yield from sorted(collection.items())
    elif isinstance(collection, SetOfValues):
        yield from ((member, member) for member in collection)
    elif isinstance(collection, list):
        yield from enumerate(collection)
    else:
        raise Rejected(f"a collection is required, not {kind(collection)}")


def _sequence(node: nodes.Sequence, scope: Scope) -> Value:
    return [value_of(item, scope) for item in node.items]


def _object(node: nodes.Object, scope: Scope) -> Value:
    return map_of((_text(value_of(member.key, scope)), value_of(member.value, scope)) for member in node.members)


def _for(node: nodes.For, scope: Scope) -> Value:
    collection = value_of(node.collection, scope)
    if isinstance(collection, Unknown):
        return merged([collection])
    found: list[tuple[Value, Value]] = []
    for key, value in items(collection):
        inner = Bound(scope, _bound(node, key, value))
        wanted = True if node.condition is None else value_of(node.condition, inner)
        result_key = None if node.result_key is None else value_of(node.result_key, inner)
        hidden = [part for part in (wanted, result_key) if isinstance(part, Unknown)]
        if hidden:
            return merged(hidden)
        if to_boolean(wanted):
            found.append((result_key, value_of(node.result, inner)))
    return [value for _, value in found] if node.result_key is None else _mapped(found, grouped=node.grouped)


def _mapped(found: list[tuple[Value, Value]], *, grouped: bool) -> Value:
    members: dict[str, Any] = {}
    for key, value in found:
        name = to_text(key)
        if grouped:
            members.setdefault(name, []).append(value)
        elif name in members:
            raise Rejected("two values of the `for` have the same key")
        else:
            members[name] = value
    return dict(sorted(members.items()))


def _reference(node: Expression, scope: Scope) -> Value:
    """Evaluate a chain of attributes and indices, which the scope is asked for as a whole where it starts at a name."""
    steps: list[Step] = []
    while isinstance(node, (nodes.GetAttribute, nodes.GetIndex)):
        scope.budget.spend()
        steps.append(_step(node, scope))
        node = node.target
    if len(steps) > _MOST_STEPS:
        raise Unsupported(f"beyond {_MOST_STEPS} steps of a reference")
    steps.reverse()
    if isinstance(node, nodes.Variable):
        return scope.budget.use(scope.look_up(node.name, tuple(steps)))
    return follow(value_of(node, scope), steps)


def _step(node: nodes.GetAttribute | nodes.GetIndex, scope: Scope) -> Step:
    if isinstance(node, nodes.GetIndex):
        return Step(value_of(node.key, scope), is_index=True)
    return Step(node.name)


def _splat(node: nodes.Splat, scope: Scope) -> Value:
    source = value_of(node.target, scope)
    if isinstance(source, Unknown) and not isinstance(source, Attributes):
        return part_of(source)
    members = source if isinstance(source, list) else [] if source is None else [source]
    return [value_of(node.each, Bound(scope, {"*": member})) for member in members]


def _call(node: nodes.Call, scope: Scope) -> Value:
    if node.name in ("try", "can"):
        return _attempt(node, scope)
    arguments = [value_of(argument, scope) for argument in node.arguments]
    if node.expanded:
        last = arguments.pop()
        if isinstance(last, Unknown):
            return merged([last])
        arguments += to_list(last)
    from plainwork_core.hcl.read.functions import call  # noqa: PLC0415  many a configuration calls no function

    return scope.budget.use(call(node.name, arguments, scope))


def _attempt(node: nodes.Call, scope: Scope) -> Value:
    """Evaluate `try` and `can`, which end at an unknown: it may or may not be an error."""
    for argument in node.arguments:
        try:
            value = value_of(argument, scope)
        except Rejected:
            continue
        if hidden := list(unknowns(value)):
            return merged(hidden)
        return value if node.name == "try" else True
    if node.name == "can":
        return False
    raise Rejected("`try()`: no argument has a value")


def _unary(node: nodes.Unary, scope: Scope) -> Value:
    return operators.unary(node.operator, value_of(node.operand, scope))


def _binary(node: nodes.Binary, scope: Scope) -> Value:
    return operators.binary(node.operator, value_of(node.left, scope), value_of(node.right, scope))


def _conditional(node: nodes.Conditional, scope: Scope) -> Value:
    condition = value_of(node.condition, scope)
    if isinstance(condition, Unknown):
        return merged([condition])
    used, unused = (node.then, node.otherwise) if to_boolean(condition) else (node.otherwise, node.then)
    return operators.in_common_type(value_of(used, scope), evaluate(unused, scope))


_VALUES: dict[type[nodes.Node], Callable[[Any, Scope], Value]] = {
    nodes.Literal: _literal,
    nodes.TemplateExpr: _template,
    nodes.TemplateIf: _template_if,
    nodes.TemplateFor: _template_for,
    nodes.Sequence: _sequence,
    nodes.Object: _object,
    nodes.For: _for,
    nodes.Variable: _reference,
    nodes.GetAttribute: _reference,
    nodes.GetIndex: _reference,
    nodes.Splat: _splat,
    nodes.Call: _call,
    nodes.Unary: _unary,
    nodes.Binary: _binary,
    nodes.Conditional: _conditional,
}
