"""Schemas of what Terraform itself defines: the meta-arguments, and the blocks that no provider has.

Sources: https://developer.hashicorp.com/terraform/language/meta-arguments, .../language/values,
    .../language/moved, .../language/import and .../language/resources/syntax#removing-resources.
    `provisioner` and `connection` are not checked: they are arguments of any type here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from plainwork.arguments.targets import FOR_EACH, IGNORED, INSTANCE, PATH, PROVIDER, WHOLE
from plainwork_core.schema import Attribute, BlockSchema, Mode, NestedBlock, Schema, TerraformType


@dataclass(frozen=True, slots=True)
class OpenBlockSchema(BlockSchema):
    """A block whose schema is not known: besides the listed arguments it can have any other."""


def _optional(type_: TerraformType) -> Attribute:
    return Attribute(type_, optional=True)


def _required(type_: TerraformType) -> Attribute:
    return Attribute(type_, required=True)


_CONDITION = NestedBlock(
    "list", 0, 0, BlockSchema({"condition": _required("bool"), "error_message": _required("string")})
)
_CONDITIONS = {"precondition": _CONDITION, "postcondition": _CONDITION}

_REPEATED = {"count": _optional("number"), "for_each": _optional(FOR_EACH)}
_DEPENDS_ON = {"depends_on": _optional(["list", INSTANCE])}
_PROVIDER = {"provider": _optional(PROVIDER)}
_VALUE = {"description": _optional("string"), "sensitive": _optional("bool"), "ephemeral": _optional("bool")}

OUTPUT = BlockSchema({"value": _required("dynamic"), **_VALUE, **_DEPENDS_ON}, {"precondition": _CONDITION})
VARIABLE = BlockSchema(
    {"type": _optional("string"), "default": _optional("dynamic"), **_VALUE, "nullable": _optional("bool")},
    {"validation": _CONDITION},
)
MOVED = BlockSchema({"from": _required(INSTANCE), "to": _required(INSTANCE)})
IMPORT = BlockSchema(
    {"to": _required(INSTANCE), "id": _required("string"), "for_each": _optional(FOR_EACH), **_PROVIDER}
)
REMOVED = BlockSchema(
    {"from": _required(WHOLE)},
    {"lifecycle": NestedBlock("single", 1, 1, BlockSchema({"destroy": _required("bool")}))},
)


def _resource(own: BlockSchema | None) -> BlockSchema:
    lifecycle = {
        "create_before_destroy": _optional("bool"),
        "prevent_destroy": _optional("bool"),
        "ignore_changes": _optional([IGNORED, own]),
        "replace_triggered_by": _optional(["list", PATH]),
    }
    unchecked = {"provisioner": _optional("dynamic"), "connection": _optional("dynamic")}
    return BlockSchema(
        _REPEATED | _DEPENDS_ON | _PROVIDER | unchecked,
        {"lifecycle": NestedBlock("single", 0, 1, BlockSchema(lifecycle, _CONDITIONS))},
    )


def _data(_own: BlockSchema | None) -> BlockSchema:
    lifecycle = NestedBlock("single", 0, 1, BlockSchema({}, _CONDITIONS))
    return BlockSchema(_REPEATED | _DEPENDS_ON | _PROVIDER, {"lifecycle": lifecycle})


def _provider(_own: BlockSchema | None) -> BlockSchema:
    return BlockSchema({"alias": _optional("string")})


_META = {"resource": _resource, "data": _data, "provider": _provider}


@cache
def with_meta_arguments(schema: Schema, mode: Mode, type_: str) -> BlockSchema:
    """The arguments and nested blocks of a type together with its meta-arguments.

    Args:
        schema: of the providers.
        mode: of the block.
        type_: of the resource or data source, or the name of the provider. Where the schema does not contain it, the
            result is an `OpenBlockSchema` of the meta-arguments alone.
    """
    own = schema.block(mode, type_)
    meta = _META[mode](own)
    if own is None:
        return OpenBlockSchema(meta.attributes, meta.blocks)
    return BlockSchema({**meta.attributes, **own.attributes}, {**meta.blocks, **own.blocks})
