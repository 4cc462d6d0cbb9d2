"""What is in an expression: its parts, the references with the names up to the first index, and the function calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from plainwork_core.hcl.syntax import nodes


def traversals(node: Any, bound: frozenset[str] = frozenset()) -> Iterator[tuple[str, ...]]:
    """Yield `("aws_s3_bucket", "logs", "arn")` for `aws_s3_bucket.logs.arn`, for each reference in *node*.

    Args:
        node: an expression, or a tuple of them.
        bound: variables of the enclosing `for` expressions, which refer to nothing outside.
    """
    if isinstance(node, nodes.Variable | nodes.GetAttribute):
        yield from _chain(node, bound)
        return
    is_loop = isinstance(node, nodes.For | nodes.TemplateFor)
    inner = bound | {node.value, node.key or node.value} if is_loop else bound
    for child in children(node):
        yield from traversals(child, bound if is_loop and child is node.collection else inner)


def calls(node: Any) -> Iterator[str]:
    """Yield the name of each function that *node* calls, an expression or a tuple of them."""
    if isinstance(node, nodes.Call):
        yield node.name
    for child in children(node):
        yield from calls(child)


def children(node: Any) -> Iterator[nodes.Node]:
    """Yield the nodes that are directly in *node*, an expression or a tuple of them."""
    values = node if isinstance(node, tuple) else [getattr(node, name) for name in type(node).__slots__]
    for value in values:
        if isinstance(value, nodes.Node):
            yield value
        elif isinstance(value, tuple):
            yield from (member for member in value if isinstance(member, nodes.Node))


def rebuilt(node: Any, change: Callable[[Any], Any]) -> Any:
    """Return *node* with *change* made to each node that is directly in it."""

    def changed(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        return change(value) if isinstance(value, nodes.Node) else value

    return replace(node, **{name: changed(getattr(node, name)) for name in type(node).__slots__})


def _chain(node: nodes.Expression, bound: frozenset[str]) -> Iterator[tuple[str, ...]]:
    names: list[str] = []
    while isinstance(node, nodes.GetAttribute):
        names.insert(0, node.name)
        node = node.target
    if not isinstance(node, nodes.Variable):
        yield from traversals(node, bound)
    elif node.name != "*" and node.name not in bound:
        yield (node.name, *names)
