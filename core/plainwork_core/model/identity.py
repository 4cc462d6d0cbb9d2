"""Whether two arguments name the same thing: a VPC, a hosted zone, a target group."""

from __future__ import annotations

import re
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.references import only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import PartialString, Unknown, Value

_KEY = re.compile(r"\[[^\]]*\]")
_EACH_TIME = ("each.", "count.")
_SINGULAR = re.compile(r"(\]|[^s\]])$")  # of `data.aws_availability_zones.x.names` nobody can tell which one is meant


@frozen()
class ReferenceTarget:
    """What an argument names: a literal id or name, a managed resource of the stack, or some other reference."""

    kind: Literal["literal", "resource", "reference"]
    text: str


def identity(value: Value, owner: Resource, stack: Stack) -> ReferenceTarget | Unknown:
    """Return what *value*, an argument of *owner*, names; `Unknown` where it may differ each time it is asked."""
    if not isinstance(value, Unknown):
        return ReferenceTarget("literal", str(value))
    if not value.references or not all(map(_names_one, value.references)):
        return value
    if isinstance(value, PartialString):
        return ReferenceTarget("reference", render(value) or "")
    found = only_referent(stack, owner, value)
    if found is not None and value.references[0] == found.address:
        return value  # one of its instances
    if found is not None:
        key = "" if found.address.endswith("]") else "".join(_KEY.findall(value.references[0])[:1])
        return ReferenceTarget("resource" if found.mode == "managed" else "reference", found.address + key)
    return ReferenceTarget("reference", value.references[0]) if len(value.references) == 1 else value


def _names_one(reference: str) -> bool:
    return _SINGULAR.search(reference) is not None and not any(word in reference for word in _EACH_TIME)


def are_same(one: ReferenceTarget | Unknown, other: ReferenceTarget | Unknown) -> Ternary:
    """Tell whether two identities are one: two references may be one, two resources are not."""
    for each in (one, other):
        if isinstance(each, Unknown):
            return each
    if one == other:
        return True
    assert isinstance(one, ReferenceTarget) and isinstance(other, ReferenceTarget)  # noqa: S101, PT018  for mypy
    certain = one.kind == other.kind and one.kind != "reference"
    return False if certain else Unknown(f"`{one.text}` and `{other.text}` may be the same")
