"""The references in an expression: the names that each begins with, up to its first index; and the function calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plainwork_core.hcl.syntax import nodes


def traversals(node: Any, bound: frozenset[str] = frozenset()) -> Iterator[tuple[str, ...]]:
    """Yield `("aws_s3_bucket", "logs", "arn")` for `aws_s3_bucket.logs.arn`, for each reference in *node*.

    Args:
        node: an expression, or a tuple of them.
        bound: variables of the enclosing `for` expressions, which refer to nothing outside.
    """
    if isinstance(node, tuple):
        for member in node:
            yield from traversals(member, bound)
    elif isinstance(node, nodes.For | nodes.TemplateFor):
        yield from traversals(node.collection, bound)
        yield from _members(node, bound | {node.value, node.key or node.value}, skipped="collection")
    elif isinstance(node, nodes.Variable | nodes.GetAttribute):
        yield from _chain(node, bound)
    elif isinstance(node, nodes.Node):
        yield from _members(node, bound)


def calls(node: Any) -> Iterator[str]:
    """Yield the name of each function that *node* calls, an expression or a tuple of them."""
    if isinstance(node, nodes.Call):
        yield node.name
    members = node if isinstance(node, tuple) else _values(node) if isinstance(node, nodes.Node) else ()
    for member in members:
        yield from calls(member)


def _values(node: nodes.Node, skipped: str = "") -> Iterator[Any]:
    return (getattr(node, name) for name in type(node).__slots__ if name != skipped)


def _members(node: nodes.Node, bound: frozenset[str], skipped: str = "") -> Iterator[tuple[str, ...]]:
    for member in _values(node, skipped):
        yield from traversals(member, bound)


def _chain(node: nodes.Expression, bound: frozenset[str]) -> Iterator[tuple[str, ...]]:
    names: list[str] = []
    while isinstance(node, nodes.GetAttribute):
        names.insert(0, node.name)
        node = node.target
    if not isinstance(node, nodes.Variable):
        yield from traversals(node, bound)
    elif node.name != "*" and node.name not in bound:
        yield (node.name, *names)
