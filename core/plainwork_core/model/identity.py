"""Whether two arguments refer to the same object: a VPC, a hosted zone, a target group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from plainwork_core.addresses import KEY
from plainwork_core.frozen import frozen
from plainwork_core.model.references import only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import PartialString, Unknown, Value

_EACH_TIME = ("each.", "count.")
_UNKNOWN_PART = re.compile(r"\$\{[^}]*\}")
_SINGULAR = re.compile(r"(\]|[^s\]])$")  # an element of `data.aws_availability_zones.x.names` has no identity


@frozen()
class ReferenceTarget:
    """The target of an argument: a literal id or name, a managed resource of the stack, or another reference."""

    kind: Literal["literal", "resource", "reference"]
    text: str


def identity(value: Value, owner: Resource, stack: Stack) -> ReferenceTarget | Unknown:
    """Return the target of *value*, an argument of *owner*; `Unknown` if it may differ between evaluations."""
    if not isinstance(value, Unknown):
        is_text = not isinstance(value, (list, Mapping))
        return ReferenceTarget("literal", str(value)) if is_text else Unknown("a list or a map is not an id or a name")
    if value.is_derived or not value.references or not all(map(_names_one, value.references)):
        return value
    if isinstance(value, PartialString):
        return ReferenceTarget("reference", render(value) or "")
    found = only_referent(stack, owner, value)
    if found is not None and value.references[0] == found.address:
        return value  # one of its instances
    if found is not None:
        key = "" if found.address.endswith("]") else "".join(KEY.findall(value.references[0])[:1])
        return ReferenceTarget("resource" if found.mode == "managed" else "reference", found.address + key)
    return ReferenceTarget("reference", value.references[0]) if len(value.references) == 1 else value


def differs_between_instances(value: Value) -> bool:
    """Return whether *value* depends on `each` or `count`, so that it is another one for each instance."""
    return isinstance(value, Unknown) and any(word in text for text in value.references for word in _EACH_TIME)


def _names_one(reference: str) -> bool:
    return _SINGULAR.search(reference) is not None and not any(word in reference for word in _EACH_TIME)


def are_same(one: ReferenceTarget | Unknown, other: ReferenceTarget | Unknown) -> Ternary:
    """Return whether two targets are the same: two references may be, two resources are not.

    Two partly unknown strings are not the same if their known beginnings or ends differ, or if they differ only in
    known parts: `api.${var.domain}` and `www.${var.domain}`.
    """
    for target in (one, other):
        if isinstance(target, Unknown):
            return target
    if one == other:
        return True
    assert isinstance(one, ReferenceTarget) and isinstance(other, ReferenceTarget)  # noqa: S101, PT018  for mypy
    kinds = {one.kind, other.kind}
    if len(kinds) == 1 and "reference" not in kinds:
        return False
    if "resource" not in kinds and _has_other_text(one, other):
        return False
    return Unknown(f"`{one.text}` and `{other.text}` may be the same")


def are_named_same(one: ReferenceTarget | Unknown, other: ReferenceTarget | Unknown) -> Ternary:
    """As `are_same`, but two references are one only if they are written alike.

    For things that have a name each in ordinary code: `var.public_zone_id` and `var.private_zone_id` are two zones.
    """
    if isinstance(one, Unknown) or isinstance(other, Unknown) or {one.kind, other.kind} != {"reference"}:
        return are_same(one, other)
    return one == other


def are_same_ids(one: ReferenceTarget | Unknown, other: ReferenceTarget | Unknown) -> Ternary:
    """As `are_named_same`, for ids and ARNs, which AWS assigns: a resource of the stack has another than a literal one.

    It is not for names: a literal name may be that of a resource of the stack.
    """
    kinds = {target.kind for target in (one, other) if isinstance(target, ReferenceTarget)}
    return False if kinds == {"literal", "resource"} else are_named_same(one, other)


def _has_other_text(one: ReferenceTarget, other: ReferenceTarget) -> bool:
    known = [_known_parts(target) for target in (one, other)]
    unknown = [_UNKNOWN_PART.findall(target.text) for target in (one, other)]
    starts, ends = [parts[0] for parts in known], [parts[-1] for parts in known]
    one_begins_other = starts[0].startswith(starts[1]) or starts[1].startswith(starts[0])
    one_ends_other = ends[0].endswith(ends[1]) or ends[1].endswith(ends[0])
    return not one_begins_other or not one_ends_other or (unknown[0] == unknown[1] != [])


def _known_parts(target: ReferenceTarget) -> list[str]:
    is_reference = target.kind == "reference" and not _UNKNOWN_PART.search(target.text)
    return ["", ""] if is_reference else _UNKNOWN_PART.split(target.text)
