"""The steps, operators and conditionals of expressions of which parts are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plainwork_core.eject import certainty, known
from plainwork_core.eject.known import Chosen, Instances, Invalid, Known, NotLiteral, Outputs, content, together
from plainwork_core.hcl.read import operators
from plainwork_core.hcl.read.conversions import to_boolean, to_integer, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import is_known


def attribute(node: nodes.GetAttribute, target: Expression) -> Expression:
    """Return *node*, `.name`, of *target*."""
    return _stepped(replace(node, target=target), target, nodes.Literal(node.name))


def index(node: nodes.GetIndex, target: Expression, key: Expression) -> Expression:
    """Return *node*, `[key]`, of *target*."""
    return _stepped(replace(node, target=target, key=key), target, key)


def _stepped(made: Expression, target: Expression, key: Expression) -> Expression:
    if isinstance(target, Instances):
        return _instance(target, key)
    if isinstance(target, Chosen):
        return nodes.GetIndex(_of_each(target.members, made, key), target.key)
    if content(target) in (nodes.Sequence(()), nodes.Object(())) and not isinstance(target, Instances):
        raise Invalid("an empty collection has no members")
    found = _member(content(target), key, made)
    if found is None:
        return _pushed(made, target, key)
    if isinstance(target, Known) and (target.is_whole or isinstance(target.written, (nodes.Splat, nodes.Call))):
        return found
    return together(made, found, (target,)) if found != made else made


def _instance(target: Instances, key: Expression) -> Expression:
    if isinstance(content(key), nodes.Literal) and not isinstance(target.members, nodes.For):
        found = _member(target.members, key, key)
        return target if found is None else found
    return Chosen(target.members, key) if target.at is None else target.at(key)


def _of_each(members: Expression, made: Expression, key: Expression) -> Expression:
    """Return the step *made* of each of *members*."""
    if isinstance(members, nodes.Sequence):
        return replace(members, items=tuple(_stepped(made, item, key) for item in members.items))
    pairs = tuple(replace(member, value=_stepped(made, member.value, key)) for member in members.members)
    return replace(members, members=pairs)


def _pushed(made: Expression, target: Expression, key: Expression) -> Expression:
    """Return a step into something that is not resolved: into each branch of a conditional."""
    found = content(target)
    name = content(key)
    if (
        isinstance(found, nodes.Conditional)
        and isinstance(name, nodes.Literal)
        and isinstance(target, nodes.Conditional)
    ):
        branches = [_branch(made, branch, key) for branch in (found.then, found.otherwise)]
        if None not in branches:
            return replace(found, then=branches[0], otherwise=branches[1])
    return made


def _branch(made: Expression, branch: Expression, key: Expression) -> Expression | None:
    try:
        return _stepped(replace(made, target=branch), branch, key)
    except Invalid:
        return None


def _member(target: Expression, key: Expression, made: Expression) -> Expression | None:
    """Return the member of *target* at *key*; `None` if it is not known.

    Raises:
        Invalid: there is no such member.
    """
    name = content(key)
    if isinstance(target, Outputs):
        return target.scope.output(str(name.value)) if isinstance(name, nodes.Literal) else None
    if not isinstance(name, nodes.Literal) or name.value is None:
        return None
    if (members := known.members_of(target)) is not None:
        text = to_text(name.value)
        if text not in members:
            raise Invalid(f"there is no `{text}` in an object of {len(members)} members")
        return members[text]
    if isinstance(target, nodes.Sequence) and not isinstance(made, nodes.GetAttribute):
        try:
            place = to_integer(name.value)
        except Rejected as error:
            raise Invalid(str(error)) from error
        if not 0 <= place < len(target.items):
            raise Invalid(f"there is no element {place} of {len(target.items)}")
        return target.items[place]
    if isinstance(target, nodes.Literal):
        raise Invalid("a value without members has no such member")
    return None


def splat(node: nodes.Splat, target: Expression, each: Callable[[Expression], Expression]) -> Expression:
    """Return *node* of *target*; *each* returns what follows `[*]`, of one member."""
    found = content(target)
    if isinstance(found, nodes.Literal) and found.value is None:
        return nodes.Sequence(())
    if isinstance(found, nodes.For) and isinstance(found.result, Outputs) and found.result_key is None:
        return replace(found, result=each(found.result))
    items = known.items_of(found)
    if items is None and (isinstance(found, (nodes.Object, Outputs)) or known.is_known_instance(found)):
        items = [found]
    made = replace(node, target=target)
    if items is None:
        return made
    return together(made, nodes.Sequence(tuple(map(each, items))), (target,))


def conditional(
    node: nodes.Conditional, condition: Expression, branch: Callable[[Expression], Expression]
) -> Expression:
    """Return the branch of *node* that *condition* decides, or the conditional; *branch* returns one of them."""
    decided = truth(condition)
    if decided is not None:
        return branch(node.then if decided else node.otherwise)
    then, otherwise = _valid(branch, node.then), _valid(branch, node.otherwise)
    if then is None or otherwise is None:
        return branch(node.then if otherwise is None else node.otherwise)
    return then if then == otherwise else replace(node, condition=condition, then=then, otherwise=otherwise)


def _valid(branch: Callable[[Expression], Expression], node: Expression) -> Expression | None:
    """Return a branch of a conditional; `None` if it has no value, so that the condition chooses the other one."""
    try:
        return branch(node)
    except Invalid:
        return None


def truth(node: Expression) -> bool | None:
    """Return the value of a condition; `None` if it is not known.

    Raises:
        Invalid: it is null.
    """
    found = content(node)
    if not isinstance(found, nodes.Literal):
        return None
    if found.value is None:
        raise Invalid("a condition is null")
    return to_boolean(found.value)


def unary(node: nodes.Unary, operand: Expression) -> Expression:
    """Return *node* of *operand*."""
    found = content(operand)
    if isinstance(found, nodes.Literal):
        return nodes.Literal(operators.unary(node.operator, found.value))
    return replace(node, operand=operand)


def binary(node: nodes.Binary, left: Expression, right: Expression) -> Expression:
    """Return *node* of *left* and *right*."""
    made = replace(node, left=left, right=right)
    if node.operator in ("&&", "||"):
        return _logic(made)
    if node.operator in ("==", "!=") and (equal := _is_equal(left, right)) is not None:
        return nodes.Literal(equal == (node.operator == "=="))
    try:
        value = operators.binary(node.operator, known.literal_of(left), known.literal_of(right))
    except (NotLiteral, Rejected, Unsupported, TypeError):
        return made
    return known.node_of(value) if is_known(value) else made


def _logic(node: nodes.Binary) -> Expression:
    decisive = node.operator == "||"
    for side, other in ((node.left, node.right), (node.right, node.left)):
        decided = truth(side)
        if decided is not None:
            return nodes.Literal(decisive) if decided == decisive else other
    return node


def _is_equal(left: Expression, right: Expression) -> bool | None:
    for side, other in ((left, right), (right, left)):
        if known.is_null(side):
            return True if known.is_null(other) else False if certainty.is_never_null(other) else None
        if content(side) == nodes.Literal(""):
            is_other = known.is_null(other) or certainty.is_filled(other) or _is_collection(other)
            return False if is_other else None if content(other) != nodes.Literal("") else True
        if _is_collection(side) and _is_collection(other) and _length(side) != _length(other):
            return False
    return None


def _is_collection(node: Expression) -> bool:
    return isinstance(content(node), (nodes.Sequence, nodes.Object))


def _length(node: Expression) -> int:
    found = content(node)
    return len(found.items) if isinstance(found, nodes.Sequence) else len(found.members)


def pairs(collection: Expression) -> list[tuple[Expression, Expression]] | None:
    """Return the keys and values of *collection* as in a `for`; `None` if they are not known."""
    if (members := known.members_of(collection)) is not None:
        return [(nodes.Literal(key), members[key]) for key in sorted(members)]
    items = known.items_of(collection)
    if items is None:
        return None
    if isinstance(content(collection), nodes.Call):
        return [(item, item) for item in items] if known.is_literal(collection) else None
    return [(nodes.Literal(place), item) for place, item in enumerate(items)]
