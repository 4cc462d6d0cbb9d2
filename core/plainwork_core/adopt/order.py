"""The order of blocks and `dynamic` blocks of one type, which Terraform's JSON syntax has in two places.

A `dynamic` block with one element is the same block and keeps its place, so the blocks around a `dynamic` one of a list
are written as such.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plainwork_core.hcl.syntax import nodes

if TYPE_CHECKING:
    from plainwork_core.schema import BlockSchema

_DYNAMIC, _CONTENT = "dynamic", "content"
_ONCE = nodes.Attribute("for_each", nodes.Sequence((nodes.Literal(1),)))


def in_order(body: nodes.Body, schema: BlockSchema | None, mixed: set[str]) -> nodes.Body:
    """Return a body in which no list has both blocks and `dynamic` blocks; add the names of those that had to *mixed*.

    Args:
        body: of a block that a provider defines.
        schema: of the block; None if it has none: every nested block may then be one of a list.
        mixed: the set to add to.
    """
    static = {block.type for block in body.blocks if block.type != _DYNAMIC}
    generated = {block.labels[0] for block in body.blocks if block.type == _DYNAMIC}
    here = {name for name in static & generated if _is_list(name, schema)}
    mixed |= here
    blocks = (_block(block, schema, mixed, is_generated=block.type in here) for block in body.blocks)
    return replace(body, blocks=tuple(blocks))


def _block(block: nodes.Block, schema: BlockSchema | None, mixed: set[str], *, is_generated: bool) -> nodes.Block:
    if block.type == _DYNAMIC:
        inner = _inside(block.labels[0], schema)
        contents = (
            replace(one, body=in_order(one.body, inner, mixed)) if one.type == _CONTENT else one
            for one in block.body.blocks
        )
        return replace(block, body=replace(block.body, blocks=tuple(contents)))
    body = in_order(block.body, _inside(block.type, schema), mixed)
    if not is_generated:
        return replace(block, body=body)
    content = nodes.Block(_CONTENT, (), body, line=block.line)
    return nodes.Block(_DYNAMIC, (block.type,), nodes.Body((_ONCE,), (content,)), line=block.line)


def _inside(name: str, schema: BlockSchema | None) -> BlockSchema | None:
    nested = schema.blocks.get(name) if schema else None
    return nested.block if nested else None


def _is_list(name: str, schema: BlockSchema | None) -> bool:
    """Return whether the order of the blocks *name* counts: not in a set."""
    if schema is None:
        return True
    if nested := schema.blocks.get(name):
        return nested.nesting == "list"
    attribute = schema.attributes.get(name)
    return attribute is not None and attribute.type[0] == "list"
