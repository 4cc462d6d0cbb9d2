"""The meta-arguments, which Terraform itself takes in every resource and data source, as schemas.

Source: https://developer.hashicorp.com/terraform/language/meta-arguments. The two that this library does not look
    into, `provisioner` and `connection`, are arguments of any type here.
"""

from __future__ import annotations

from functools import cache

from plainwork_core.schema import Attribute, BlockSchema, Mode, NestedBlock, Schema, TerraformType


def _optional(type_: TerraformType) -> Attribute:
    return Attribute(type_, optional=True)


CONDITION = NestedBlock(
    "list",
    0,
    0,
    BlockSchema({"condition": Attribute("bool", required=True), "error_message": Attribute("string", required=True)}),
)
_CONDITIONS = {"precondition": CONDITION, "postcondition": CONDITION}
_LIFECYCLE = {
    "create_before_destroy": _optional("bool"),
    "prevent_destroy": _optional("bool"),
    "ignore_changes": _optional("dynamic"),
    "replace_triggered_by": _optional(["list", "string"]),
}
_SHARED = {
    "count": _optional("number"),
    "for_each": _optional("dynamic"),
    "depends_on": _optional(["list", "string"]),
    "provider": _optional("string"),
}
_RESOURCE_ONLY = {"provisioner": _optional("dynamic"), "connection": _optional("dynamic")}

META: dict[Mode, BlockSchema] = {
    "resource": BlockSchema(
        _SHARED | _RESOURCE_ONLY, {"lifecycle": NestedBlock("single", 0, 1, BlockSchema(_LIFECYCLE, _CONDITIONS))}
    ),
    "data": BlockSchema(_SHARED, {"lifecycle": NestedBlock("single", 0, 1, BlockSchema({}, _CONDITIONS))}),
    "provider": BlockSchema({"alias": _optional("string")}),
}


@cache
def with_meta(schema: Schema, mode: Mode, type_: str) -> BlockSchema | None:
    """What a type takes together with its meta-arguments, or None where the type is unknown."""
    own = schema.block(mode, type_)
    meta = META[mode]
    if own is None:
        return None
    return BlockSchema({**meta.attributes, **own.attributes}, {**meta.blocks, **own.blocks})
