"""Arguments as a person writes them: numbers as numbers, and no argument that has its default."""

from __future__ import annotations

from typing import Any

from plainwork_core.aws.provider_defaults import provider_default
from plainwork_core.eject import known
from plainwork_core.eject.bodies import Body
from plainwork_core.eject.known import Known, content
from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.conversions import to_boolean, to_number
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.schema import Schema
from plainwork_core.schema.model import Attribute, BlockSchema

_CONVERT = {"number": to_number, "bool": to_boolean}


@frozen()
class _Place:
    type: str
    path: str
    block: BlockSchema

    def inside(self, name: str) -> _Place | None:
        nested = self.block.blocks.get(name)
        return _Place(self.type, f"{self.path}{name}.", nested.block) if nested else None


def tidied(body: Body, mode: str, type_: str, schema: Schema) -> Body:
    """Return *body* of a resource or data source of *type_*."""
    block = schema.block("data" if mode == "data" else "resource", type_) if mode != "ephemeral" else None
    if block is None:
        return body
    return _tidied(body, _Place(type_, "", block))


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
        elif not _is_default(value, attribute, place, name):
            made[name] = _typed(value, attribute.type)
    return made


def _dynamic(body: Body, inner: _Place | None) -> Body:
    return {**body, "content": [_tidied(one, inner) for one in body["content"]]} if inner else body


def _is_default(value: Expression, attribute: Attribute, place: _Place, name: str) -> bool:
    if not attribute.optional:
        return False
    found = content(value)
    default = provider_default(place.type, f"{place.path}{name}")
    return default is not None and isinstance(found, nodes.Literal) and found.value == default


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
