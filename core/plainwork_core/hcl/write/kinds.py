"""Kinds of blocks: which of their properties are blocks, how values are written, and the order of arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from plainwork_core.frozen import frozen
from plainwork_core.hcl.write.values import bare, template

if TYPE_CHECKING:
    from plainwork_core.hcl.write.values import Writer
    from plainwork_core.schema import BlockSchema

CUSTOMARY_ORDER = (
    *("zone_id", "vpc_id", "name", "name_prefix", "bucket", "key", "region", "description"),
    *("sid", "effect", "actions", "not_actions", "resources", "not_resources", "principals", "not_principals"),
    *("type", "identifiers", "test", "variable", "values", "id", "status", "filter"),
    *("role", "policy", "engine", "engine_version", "node_type"),
    *("from_port", "to_port", "port", "ip_protocol", "protocol"),
)
"""The first arguments in the documentation of AWS resources; CDKTF sorts arguments by name."""


@frozen(slots=True, kw_only=True)
class Kind:
    """How blocks of one kind are written.

    Attributes:
        labels: how many labels follow the block's name.
        head: the first arguments, a paragraph for each group.
        order: arguments and blocks that precede the others, in this order.
        closing: arguments between the other arguments and the blocks.
        tail: the last arguments and blocks, in this order, each a paragraph.
        writers: how the values of some arguments are written.
        writer: how the values of the other arguments are written.
        blocks: the nested blocks that Terraform itself defines.
        by_label: kinds that differ with the block's first label.
        tight: whether there are no blank lines between arguments of several lines.
        omits_null: whether a null is omitted, because it is the default.
    """

    labels: int = 0
    head: tuple[tuple[str, ...], ...] = ()
    order: tuple[str, ...] = CUSTOMARY_ORDER
    closing: tuple[str, ...] = ("tags",)
    tail: tuple[str, ...] = ()
    writers: Mapping[str, Writer] = field(default_factory=dict)
    writer: Writer = template
    blocks: Mapping[str, Kind] = field(default_factory=dict)
    by_label: Mapping[str, Kind] = field(default_factory=dict)
    tight: bool = False
    omits_null: bool = False

    def rank(self, name: str) -> int:
        """Return the position of *name* among the arguments and blocks; 0 for those in neither list."""
        if name in self.order:
            return self.order.index(name) - len(self.order)
        return self.closing.index(name) + 1 if name in self.closing else 0

    def nested(self, name: str, value: Any) -> Kind | None:
        """Return the kind of the block *name*, or None where it is an argument."""
        return self.blocks.get(name) or self._of_provider(name, value)

    def labelled(self, label: str) -> Kind:
        """Return the kind of the block with this first label."""
        return self.by_label.get(label, self)

    def _of_provider(self, name: str, value: Any) -> Kind | None:  # noqa: ARG002  the subclasses ask
        return None


@frozen(slots=True, kw_only=True)
class ByValue(Kind):
    """A block without a schema: a list of objects is read as blocks, an object as a map."""

    def _of_provider(self, name: str, value: Any) -> Kind | None:
        if name == "dynamic":
            return _generators(self)
        return ByValue() if _is_bodies(value) or value == [{}] else None


@frozen(slots=True, kw_only=True)
class ByPath(Kind):
    """A block whose nested blocks are listed by dotted paths, as in the metadata of a type without schema."""

    paths: tuple[str, ...] = ()

    def _of_provider(self, name: str, value: Any) -> Kind | None:  # noqa: ARG002  the paths alone decide
        if name == "dynamic":
            return _generators(self)
        inside = tuple(path.removeprefix(f"{name}.") for path in self.paths if path.startswith(f"{name}."))
        return ByPath(paths=inside) if inside or name in self.paths else None


@frozen(slots=True, kw_only=True)
class BySchema(Kind):
    """A block that a provider's schema describes.

    Lists of objects that the provider takes as arguments are written as blocks too, as its documentation does:
    https://developer.hashicorp.com/terraform/language/attr-as-blocks
    """

    schema: BlockSchema

    def _of_provider(self, name: str, value: Any) -> Kind | None:
        if block := self.schema.blocks.get(name):
            return BySchema(labels=int(block.nesting == "map"), schema=block.block)
        if attribute := self.schema.attributes.get(name):
            return Kind(omits_null=True) if _is_list_of_objects(attribute.type) and _is_bodies(value) else None
        return _generators(self) if name == "dynamic" else None


@frozen(slots=True, kw_only=True)
class ByType(Kind):
    """A nested data source, whose first label is its type; `of` is the kind of each type."""

    of: Callable[[str], Kind]

    def labelled(self, label: str) -> Kind:
        """Return the kind of the type *label*."""
        return self.of(label)


@frozen(slots=True, kw_only=True)
class Generated(Kind):
    """`dynamic "name"`: a generator of the blocks *name* of a *parent*."""

    parent: Kind

    def labelled(self, label: str) -> Kind:
        """Return the kind with `content` of the parent's block *label*."""
        return replace(self, blocks={"content": self.parent.nested(label, [{"": None}]) or ByValue()})


def _generators(parent: Kind) -> Kind:
    return Generated(labels=1, order=("for_each", "iterator", "labels"), writers={"iterator": bare}, parent=parent)


def _is_bodies(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(body, Mapping) and body for body in value)


def _is_list_of_objects(type_: Any) -> bool:
    """Return whether *type_* is a list or set of objects; a third member marks nested attributes, never blocks."""
    match type_:
        case ["list" | "set", ["object", _]]:
            return True
    return False
