"""Expressions whose content is known, although a person would write a reference to it.

`local.zones` is written as `local.zones`; that it has three members decides how many subnets there are. The nodes
here are part of trees of `plainwork_core.hcl.syntax.nodes` until they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

from plainwork_core.errors import PlainworkError
from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.conversions import SetOfValues
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.traversals import children
from plainwork_core.model.values import Value

_SMALL = 7
"""Nodes of an expression that is repeated rather than kept as a local value."""
_SHORT = 25
"""Nodes of an expression that is written within another one."""
PATH = "\0"
"""Encloses the directory of a module in a string, where `path.module` was."""
OPEN = "[]"
"""Follows the place of a resource whose instances are not known."""


class Invalid(PlainworkError):  # noqa: N818  an expression is invalid: Terraform would reject it
    """An expression without a value: Terraform would stop with an error, unless `try` is around it."""


class NotLiteral(Exception):  # noqa: N818  control flow, caught where a value is tried
    """An expression is not a literal value."""


@frozen(slots=True)
class Known(nodes.Node):
    """An expression and what it is known to be.

    Attributes:
        written: as a person would write it.
        content: the same, without the references that are resolved.
        names: the local values that *written* refers to and that are made by the ejection. *content* is written unless
            all of them are kept.
        is_whole: whether *written* has other members than *content*, so that it is written only for the whole.
    """

    written: Expression
    content: Expression
    names: frozenset[str] = frozenset()
    is_whole: bool = False


@frozen(slots=True)
class Outputs(nodes.Node):
    """A call of an ejected module.

    Attributes:
        scope: the instance of the module, of which an output is asked for by name.
        path: its address; `index`: of the instance, in resources that are repeated in place of the module.
    """

    scope: Any = field(compare=False)
    path: str = ""
    index: Expression | None = None


@frozen(slots=True)
class Instances(nodes.Node):
    """The instances of a call with `count` or `for_each`.

    Attributes:
        members: by key.
        at: returns the instance at a key that is not known; `None` if each instance has resources of its own.
    """

    members: Expression
    at: Callable[[Expression], Expression] | None = field(default=None, compare=False)


@frozen(slots=True)
class Chosen(nodes.Node):
    """One of *members*, instances that have resources of their own, by a *key* that is not known."""

    members: Expression
    key: Expression


def content(node: Expression) -> Expression:
    """Return what *node* is known to be, without what is written for it."""
    while isinstance(node, (Known, Instances)):
        node = node.content if isinstance(node, Known) else node.members
    return node


def names_of(node: Expression) -> frozenset[str]:
    """Return the local values that the ejection makes and that *node* itself refers to."""
    return node.names if isinstance(node, Known) else frozenset()


def together(made: Expression, folded: Expression, operands: tuple[Expression, ...]) -> Expression:
    """Return *folded*, the content of *made*, as what a person would write: *made*, if it refers to a known value."""
    known = [operand for operand in operands if isinstance(operand, Known)]
    names = frozenset(name for operand in known for name in operand.names)
    if not known or (names and is_small(folded)):
        return folded
    return Known(made, folded, names)


def is_small(node: Expression) -> bool:
    """Return whether *node* is so short that a person would repeat it."""
    return sum(1 for _ in walk(node)) <= _SMALL


def is_short(node: Expression) -> bool:
    """Return whether *node* fits on one line."""
    return sum(1 for _ in walk(node)) <= _SHORT


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the nodes in *node*, as they are written if all local values are kept."""
    if isinstance(node, Known):
        yield from walk(node.written)
        return
    yield node
    for child in children(node) if not isinstance(node, Outputs) else ():
        yield from walk(child)


def literal_of(node: Expression) -> Value:
    """Return the value of *node*.

    Raises:
        NotLiteral: a part of it is not literal.
    """
    node = content(node)
    match node:
        case nodes.Literal(value) if not (isinstance(value, str) and PATH in value):
            return value
        case nodes.Sequence(items):
            return [literal_of(item) for item in items]
        case nodes.Object(members):
            return {_text(literal_of(member.key)): literal_of(member.value) for member in members}
        case nodes.Call("toset", (inner,)):
            return SetOfValues(sorted(dict.fromkeys(literal_of(inner)), key=lambda one: (str(type(one)), one)))
    raise NotLiteral


def is_literal(node: Expression) -> bool:
    """Return whether all of *node* is literal."""
    try:
        literal_of(node)
    except (NotLiteral, TypeError):
        return False
    return True


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def node_of(value: Value) -> Expression:
    """Return the expression of a *value*, of which all parts are known."""
    if isinstance(value, SetOfValues):
        return nodes.Call("toset", (nodes.Sequence(tuple(map(node_of, value))),))
    if isinstance(value, list):
        return nodes.Sequence(tuple(map(node_of, value)))
    if isinstance(value, dict):
        return object_of({key: node_of(member) for key, member in value.items()})
    return nodes.Literal(value)


def object_of(members: dict[str, Expression]) -> nodes.Object:
    """Return the object with *members*."""
    return nodes.Object(tuple(nodes.Member(nodes.Literal(key), value) for key, value in members.items()))


def members_of(node: Expression) -> dict[str, Expression] | None:
    """Return the members of an object by key; `None` if *node* is no object, or one of its keys is not literal."""
    node = content(node)
    if not isinstance(node, nodes.Object):
        return None
    keys = [content(member.key) for member in node.members]
    if not all(isinstance(key, nodes.Literal) and key.value is not None for key in keys):
        return None
    return {_text(key.value): member.value for key, member in zip(keys, node.members, strict=True)}


def items_of(node: Expression) -> list[Expression] | None:
    """Return the members of a list or set; `None` if *node* is none, or they are not known."""
    match content(node):
        case nodes.Sequence(items):
            return list(items)
        case nodes.Call("toset", (inner,)) if (found := items_of(inner)) is not None:
            return sorted(dict.fromkeys(found), key=_order)
    return None


def _order(node: Expression) -> str:
    found = content(node)
    return str(found.value) if isinstance(found, nodes.Literal) else ""


NULL = nodes.Literal(None)


def is_null(node: Expression) -> bool:
    """Return whether *node* is null."""
    return bool(content(node) == NULL)


def is_known_instance(node: Expression) -> bool:
    """Return whether *node* is an ejected resource with known instances, whose name is its place."""
    return isinstance(node, nodes.GetAttribute) and "." in node.name and not node.name.endswith(OPEN)
