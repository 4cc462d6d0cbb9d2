"""Schemas of what Terraform itself defines: the meta-arguments, and the blocks that no provider has.

They are made of core's table of the language. `provisioner` and `connection` are not checked: they are arguments of
any type here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from plainwork.arguments.targets import (
    ACTION,
    FOR_EACH,
    IGNORED,
    INSTANCE,
    KEYWORD,
    LITERAL,
    METHOD,
    PATH,
    PROVIDER,
    WHOLE,
)
from plainwork_core.frozen import frozen
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.schema import Attribute, BlockSchema, Mode, NestedBlock, Schema, TerraformType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork_core.hcl.definitions import Argument, Block
    from plainwork_core.schema.model import Nesting


@frozen(slots=True)
class OpenBlockSchema(BlockSchema):
    """A block whose schema is not known: besides the listed arguments it can have any other."""


_UNCHECKED = {"provisioner", "connection"}
EVENTS = ("before_create", "after_create", "before_update", "after_update", "before_destroy", "after_destroy")
"""Those of an `action_trigger`; https://developer.hashicorp.com/terraform/language/block/resource#action_trigger."""

_TYPES: dict[str, TerraformType] = {
    "for_each": FOR_EACH,
    "depends_on": ["list", INSTANCE],
    "provider": PROVIDER,
    "replace_triggered_by": ["list", PATH],
    "from": INSTANCE,
    "to": INSTANCE,
    "actions": ["list", ACTION],
    "events": ["list", [KEYWORD, EVENTS]],
    "on_failure": [KEYWORD, ("halt", "taint", "continue")],
}
"""Types that are narrower than those of Terraform, by the argument's name."""


def _schema(block: Block, types: Mapping[str, TerraformType]) -> BlockSchema:
    attributes = {
        name: Attribute(_type(name, argument, types), required=argument.required, optional=not argument.required)
        for name, argument in block.arguments.items()
        if not argument.deprecated
    }
    attributes |= {name: Attribute("dynamic", optional=True) for name in block.blocks if name in _UNCHECKED}
    checked = {name: inner for name, inner in block.blocks.items() if name not in {*_UNCHECKED, "dynamic"}}
    return BlockSchema(attributes, {name: _nested(inner, types) for name, inner in checked.items()})


def _type(name: str, argument: Argument, types: Mapping[str, TerraformType]) -> TerraformType:
    return types.get(name, [LITERAL, argument.type] if argument.form == "literal" else argument.type)


def _nested(block: Block, types: Mapping[str, TerraformType]) -> NestedBlock:
    if block.labels:
        return NestedBlock("map", 0, 0, OpenBlockSchema() if block.labels > 1 else _schema(block, types))
    nesting: Nesting = "single" if block.is_single else "list"
    return NestedBlock(nesting, int(block.required), int(block.is_single), _schema(block, types))


OUTPUT, VARIABLE, MOVED, IMPORT = (
    _schema(LANGUAGE[name], _TYPES) for name in ("output", "variable", "moved", "import")
)
_MODULE = _schema(LANGUAGE["module"], _TYPES | {"providers": ["map", PROVIDER]})
MODULE = OpenBlockSchema(_MODULE.attributes, _MODULE.blocks)
ENCRYPTION = _schema(LANGUAGE["terraform"].blocks["encryption"], {"method": METHOD})
REMOVED = _schema(LANGUAGE["removed"], _TYPES | {"from": WHOLE})


@cache
def with_meta_arguments(schema: Schema, mode: Mode, type_: str) -> BlockSchema:
    """Return the arguments and nested blocks of a type together with its meta-arguments.

    Args:
        schema: of the providers.
        mode: of the block.
        type_: of the resource or data source, or the name of the provider. Where the schema does not contain it, the
            result is an `OpenBlockSchema` of the meta-arguments alone.
    """
    own = schema.block(mode, type_)
    meta = _schema(LANGUAGE[mode], _TYPES | {"ignore_changes": [IGNORED, own]})
    if mode == "action":
        return BlockSchema(meta.attributes, {"config": _config(own)})
    if own is None:
        return OpenBlockSchema(meta.attributes, meta.blocks)
    return BlockSchema({**meta.attributes, **own.attributes}, {**meta.blocks, **own.blocks})


def _config(own: BlockSchema | None) -> NestedBlock:
    """Return the block `config` of an action, which has the arguments of its type."""
    if own is None:
        return NestedBlock("single", 0, 1, OpenBlockSchema())
    required = any(attribute.required for attribute in own.attributes.values())
    is_required = required or any(nested.min_items for nested in own.blocks.values())
    return NestedBlock("single", int(is_required), 1, own)


def check_block(schema: Schema, data_types: Iterable[str]) -> BlockSchema:
    """Return what a `check` block has, if it contains data sources of these types.

    Terraform allows no `count`, `for_each` and `lifecycle` in its data source:
    https://developer.hashicorp.com/terraform/language/block/check
    """
    own = {type_: with_meta_arguments(schema, "data", type_) for type_ in data_types}
    scoped = {type_: NestedBlock("map", 0, 0, _without(block, _NOT_SCOPED)) for type_, block in own.items()}
    asserts = _schema(LANGUAGE["check"], _TYPES).blocks["assert"]
    return BlockSchema(blocks={"assert": asserts, "data": NestedBlock("single", 0, 1, BlockSchema(blocks=scoped))})


_NOT_SCOPED = {"count", "for_each", "lifecycle"}


def _without(block: BlockSchema, names: set[str]) -> BlockSchema:
    attributes = {name: attribute for name, attribute in block.attributes.items() if name not in names}
    return replace(block, attributes=attributes, blocks={n: b for n, b in block.blocks.items() if n not in names})
