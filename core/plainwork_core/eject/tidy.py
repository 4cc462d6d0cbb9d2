"""Arguments as a person writes them: numbers as numbers, and no argument that has its default."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from plainwork_core.aws.redundant_arguments import NONE, RedundantArguments, redundant_arguments
from plainwork_core.eject import known
from plainwork_core.eject.bodies import Body
from plainwork_core.eject.known import Known, NotLiteral, literal_of
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.schema import RequiredProvider
from plainwork_core.eject.uses import WHOLE, Blocks, read_arguments
from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.conversions import to_boolean, to_number, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.schema.model import BlockSchema

_CONVERT = {"number": to_number, "bool": to_boolean}


@frozen()
class _Place:
    """A block.

    Attributes:
        path: the names of the nested blocks up to it, each with a dot.
        block: its schema.
        redundant: the arguments of the resource that may be omitted.
        read: the arguments and nested blocks of the resource that an expression refers to; `WHOLE` for all of them.
    """

    path: str
    block: BlockSchema
    redundant: RedundantArguments
    read: Collection[str]

    def inside(self, name: str) -> _Place | None:
        nested = self.block.blocks.get(name)
        return _Place(f"{self.path}{name}.", nested.block, self.redundant, self.read) if nested else None


def tidied_blocks(blocks: Mapping[str, Blocks], others: Iterable[Any], provider: RequiredProvider) -> dict[str, Blocks]:
    """Return the blocks of each call, tidy.

    Args:
        blocks: by call, with all arguments.
        others: the other expressions that refer to the blocks.
        provider: of the root module.
    """
    read = read_arguments([pair for each in blocks.values() for pair in each], others)
    return {
        name: [
            (placed, _tidied(body, place) if (place := _place(placed, provider, read)) else body)
            for placed, body in each
        ]
        for name, each in blocks.items()
    }


def _place(placed: Placed, provider: RequiredProvider, read: Mapping[str, Collection[str]]) -> _Place | None:
    is_resource = placed.mode == "resource"
    block = provider.schema.block("resource" if is_resource else "data", placed.type)
    if block is None or placed.mode == "ephemeral":
        return None
    redundant = redundant_arguments(placed.type, provider.major) if is_resource else NONE
    return _Place("", block, redundant, read.get(placed.place, ()))


def _tidied(body: Body, place: _Place) -> Body:
    made: Body = {}
    for name, value in body.items():
        attribute, inner = place.block.attributes.get(name), place.inside(name)
        if name == "dynamic":
            made[name] = {label: [_dynamic(one, place.inside(label)) for one in each] for label, each in value.items()}
        elif inner is not None and isinstance(value, list):
            made[name] = [_tidied(one, inner) if isinstance(one, dict) else one for one in value]
        elif attribute is None or not isinstance(value, nodes.Node):
            made[name] = value
        else:
            made[name] = _typed(value, attribute.type)
    kept = {name: value for name, value in made.items() if not _is_redundant(name, value, place)}
    return kept if kept or not place.path else made


def _dynamic(body: Body, inner: _Place | None) -> Body:
    return {**body, "content": [_tidied(one, inner) for one in body["content"]]} if inner else body


def _is_redundant(name: str, value: Any, place: _Place) -> bool:
    """Return whether an argument has a value that it has without being set, and that is no reference."""
    attribute, path = place.block.attributes.get(name), f"{place.path}{name}"
    if attribute is None or not isinstance(value, nodes.Node) or (isinstance(value, Known) and not value.names):
        return False
    try:
        found = literal_of(value)
        found = to_text(found) if attribute.type == "string" else found
    except (NotLiteral, TypeError, Rejected, Unsupported):
        return False
    return place.redundant.has(path, found, is_read=not {path.partition(".")[0], WHOLE}.isdisjoint(place.read))


def _typed(value: Expression, type_: Any) -> Expression:
    """Return a literal of the argument's type; what is written as a reference stays."""
    if isinstance(value, Known) or not isinstance(type_, str) or type_ not in _CONVERT:
        return value
    if isinstance(value, nodes.GetIndex) and (items := known.items_of(value.target)) is not None:
        return nodes.GetIndex(nodes.Sequence(tuple(_typed(item, type_) for item in items)), value.key)
    if isinstance(value, nodes.Literal) and isinstance(value.value, str):
        try:
            return nodes.Literal(_CONVERT[type_](value.value))
        except (Rejected, Unsupported):
            return value
    return value
