"""The provider requirements of ejected modules that the root module does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plainwork_core.eject import known
from plainwork_core.eject.alignment import aligned_at
from plainwork_core.eject.known import NotLiteral
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.resources import provider_of
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.outline import outline
from plainwork_core.hcl.write.literals import quoted
from plainwork_core.read.modules import Module

_KEPT = ("source", "version")


def missing_requirements(placed: Iterable[Placed], root: Module) -> dict[str, dict[str, Any]]:
    """Return the entries for `required_providers` by local name: those of modules, for providers that *root* omits."""
    found: dict[str, dict[str, Any]] = {}
    for one in placed:
        name = provider_of(one).partition(".")[0]
        declared = one.scope.module.declarations.required_providers.get(name)
        if name not in root.declarations.required_providers and declared is not None:
            entry = _entry(declared[0].expression)
            if entry:
                found.setdefault(name, entry)
    return found


def _entry(expression: Any) -> dict[str, Any]:
    members = expression.members if isinstance(expression, nodes.Object) else ()
    found: dict[str, Any] = {}
    for member in members:
        key = member.key.value if isinstance(member.key, nodes.Literal) else ""
        if key in _KEPT:
            try:
                found[key] = known.literal_of(member.value)
            except NotLiteral:
                continue
    return found


def with_requirements(text: str, missing: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return *text* with *missing* in its `required_providers`; `None` if it has no such block of several lines."""
    for block in outline(text).blocks:
        for nested in block.blocks if block.type == "terraform" else ():
            if nested.type == "required_providers" and "\n" in text[nested.open : nested.close]:
                lines = [line for name, entry in missing.items() for line in _requirement(name, entry)]
                start = text.rfind("\n", 0, nested.close) + 1
                added = f"{text[:start]}{''.join(lines)}{text[start:]}"
                return aligned_at(added, [nested.open])
    return None


def _requirement(name: str, entry: Mapping[str, Any]) -> list[str]:
    width = max(map(len, entry))
    members = [f"      {key:{width}} = {quoted(value)}\n" for key, value in entry.items()]
    return [f"    {name} = {{\n", *members, "    }\n"]
