"""What bindings do not state, from the schema of an older version of the provider, for the names that both have."""

from __future__ import annotations

from typing import Any

from plainwork_core.schema import Attribute, BlockSchema, NestedBlock

Block = dict[str, Any]


def carried_over(new: Block, old: BlockSchema) -> Block:
    """Return the block *new* of the bindings with what only *old* states.

    That is `sensitive` and `deprecated`; limits above one; whether a single object is an argument or a block; and the
    content of a value whose type the bindings give as any.
    """
    block: Block = {"attributes": {}, "block_types": {}}
    for name, attribute in new["attributes"].items():
        if name in old.blocks and attribute["type"] == "dynamic":
            block["block_types"][name] = _raw_nested(old.blocks[name])
        else:
            block["attributes"][name] = _attribute(attribute, old.attributes.get(name))
    for name, nested in new["block_types"].items():
        known = old.attributes.get(name)
        if known and nested["nesting_mode"] == "single":
            block["attributes"][name] = _raw_attribute(known)
        else:
            block["block_types"][name] = _nested(nested, old.blocks.get(name))
    return block


def _attribute(new: Block, old: Attribute | None) -> Block:
    if old is None:
        return new
    kept = {flag: True for flag in ("sensitive", "deprecated") if getattr(old, flag)}
    return {**new, **kept, "type": old.type if new["type"] == "dynamic" else new["type"]}


def _nested(new: Block, old: NestedBlock | None) -> Block:
    if old is None:
        return new
    limits: Block = {}
    if new.get("min_items"):
        limits["min_items"] = old.min_items if old.nesting == "single" else max(old.min_items, new["min_items"])
    if not new.get("max_items"):
        limits["max_items"] = old.max_items if old.max_items > 1 else 0
    deprecated = {"deprecated": True} if old.deprecated else {}
    return {**new, **limits, "block": {**carried_over(new["block"], old.block), **deprecated}}


def _raw_attribute(attribute: Attribute) -> Block:
    flags = ("required", "optional", "computed", "sensitive", "deprecated")
    return {"type": attribute.type, **{flag: True for flag in flags if getattr(attribute, flag)}}


def _raw_nested(nested: NestedBlock) -> Block:
    block = nested.block
    return {
        "nesting_mode": nested.nesting,
        "min_items": nested.min_items,
        "max_items": nested.max_items,
        "block": {
            "attributes": {name: _raw_attribute(each) for name, each in block.attributes.items()},
            "block_types": {name: _raw_nested(each) for name, each in block.blocks.items()},
        },
    }
