"""Arguments that HCL writes as blocks, and Terraform's JSON syntax as lists of objects.

https://developer.hashicorp.com/terraform/language/attr-as-blocks
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plainwork_core.schema import BlockSchema, TerraformType


def with_lists(body: Mapping[str, Any], schema: BlockSchema) -> dict[str, Any]:
    """Return a body of Terraform's JSON syntax in which a single block of such an argument is a list, too."""
    return {name: _argument(name, value, schema) for name, value in body.items()}


def _argument(name: str, value: Any, schema: BlockSchema) -> Any:
    if attribute := schema.attributes.get(name):
        return _listed(value, attribute.type)
    if nested := schema.blocks.get(name):
        if isinstance(value, list):
            return [with_lists(body, nested.block) if isinstance(body, Mapping) else body for body in value]
        return with_lists(value, nested.block) if isinstance(value, Mapping) and nested.nesting != "map" else value
    return value


def _listed(value: Any, type_: TerraformType) -> Any:
    match type_:
        case ["list" | "set", ["object", members, *_]] if isinstance(value, list | Mapping):
            bodies = value if isinstance(value, list) else [value]
            return [_members(body, members) if isinstance(body, Mapping) else body for body in bodies]
    return value


def _members(body: Mapping[str, Any], types: Mapping[str, TerraformType]) -> dict[str, Any]:
    return {name: _listed(value, types[name]) if name in types else value for name, value in body.items()}
