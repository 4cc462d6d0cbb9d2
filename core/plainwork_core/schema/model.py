"""The schema of one type."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Mode: TypeAlias = Literal["resource", "data", "ephemeral", "action", "provider"]
Nesting: TypeAlias = Literal["single", "list", "set", "map", "group"]

TerraformType: TypeAlias = Any
"""Terraform's own JSON spelling: `"string"`, `["list", "string"]`, `["object", {"name": "string"}, ["optional"]]`."""

FLAGS = {
    "r": "required",
    "o": "optional",
    "c": "computed",
    "d": "deprecated",
    "s": "sensitive",
    "w": "write_only",
}


@frozen(slots=True)
class Attribute:
    """An argument, an attribute that the provider computes, or both (`optional` and `computed`)."""

    type: TerraformType
    required: bool = False
    optional: bool = False
    computed: bool = False
    deprecated: bool = False
    sensitive: bool = False
    write_only: bool = False

    @property
    def settable(self) -> bool:
        """Whether a configuration may give it a value."""
        return self.required or self.optional


@frozen(slots=True)
class NestedBlock:
    """A block inside a block; `max_items` is 0 where the number is unbounded."""

    nesting: Nesting
    min_items: int
    max_items: int
    block: BlockSchema
    deprecated: bool = False

    @property
    def is_one(self) -> bool:
        """Whether there can be no second one."""
        return self.nesting in {"single", "group"} or self.max_items == 1


@frozen(slots=True)
class BlockSchema:
    """The arguments and nested blocks of a resource, a data source, a provider or a nested block."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    blocks: Mapping[str, NestedBlock] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of all arguments and nested blocks."""
        return [*self.attributes, *self.blocks]

    @property
    def settable_names(self) -> list[str]:
        """The names of the arguments and nested blocks that a configuration may set."""
        return [*(name for name, attribute in self.attributes.items() if attribute.settable), *self.blocks]


def from_distinct_blocks(distinct: Sequence[Mapping[str, Any]]) -> BlockSchema:
    """Return the type that `plainwork_core.schema.reduction.distinct_blocks` wrote."""
    built: list[BlockSchema] = []
    for encoded in distinct:
        attributes = {name: _attribute(*each) for name, each in encoded.get("attributes", {}).items()}
        blocks = {name: _nested(each, built) for name, each in encoded.get("blocks", {}).items()}
        built.append(BlockSchema(attributes, blocks))
    return built[-1]


def _attribute(type_: TerraformType, flags: str) -> Attribute:
    return Attribute(type_, **{FLAGS[flag]: True for flag in flags})


def _nested(encoded: Sequence[Any], built: Sequence[BlockSchema]) -> NestedBlock:
    nesting, min_items, max_items, flags, place = encoded
    return NestedBlock(nesting, min_items, max_items, built[place], deprecated="d" in flags)
