"""Schemas of what Terraform itself defines: the meta-arguments, and the blocks that no provider has.

They are made of core's table of the language. `provisioner` and `connection` are not checked: they are arguments of
any type here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from plainwork.arguments.targets import FOR_EACH, IGNORED, INSTANCE, PATH, PROVIDER, WHOLE
from plainwork_core.frozen import frozen
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.schema import Attribute, BlockSchema, Mode, NestedBlock, Schema, TerraformType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork_core.hcl.language import Block
    from plainwork_core.schema.model import Nesting


@frozen(slots=True)
class OpenBlockSchema(BlockSchema):
    """A block whose schema is not known: besides the listed arguments it can have any other."""


_UNCHECKED = {"provisioner", "connection"}
_TYPES: dict[str, TerraformType] = {
    "for_each": FOR_EACH,
    "depends_on": ["list", INSTANCE],
    "provider": PROVIDER,
    "replace_triggered_by": ["list", PATH],
    "from": INSTANCE,
    "to": INSTANCE,
}
"""Types that are narrower than those of Terraform, by the argument's name."""


def _schema(block: Block, types: Mapping[str, TerraformType]) -> BlockSchema:
    attributes = {
        name: Attribute(types.get(name, argument.type), required=argument.required, optional=not argument.required)
        for name, argument in block.arguments.items()
        if not argument.deprecated
    }
    attributes |= {name: Attribute("dynamic", optional=True) for name in block.blocks if name in _UNCHECKED}
    checked = {name: inner for name, inner in block.blocks.items() if name not in {*_UNCHECKED, "dynamic"}}
    return BlockSchema(attributes, {name: _nested(inner, types) for name, inner in checked.items()})


def _nested(block: Block, types: Mapping[str, TerraformType]) -> NestedBlock:
    nesting: Nesting = "single" if block.is_single else "list"
    return NestedBlock(nesting, int(block.required), int(block.is_single), _schema(block, types))


OUTPUT, VARIABLE, MOVED, IMPORT = (
    _schema(LANGUAGE[name], _TYPES) for name in ("output", "variable", "moved", "import")
)
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
    if own is None:
        return OpenBlockSchema(meta.attributes, meta.blocks)
    return BlockSchema({**meta.attributes, **own.attributes}, {**meta.blocks, **own.blocks})
