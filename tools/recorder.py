"""Records what a policy in the explicit form looks at, by running its `subjects` on an empty stack."""

from __future__ import annotations

from typing import Any

from plainwork_core.iam import documents
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.subjects import ANY

_KINDS = {
    "providers": ("provider",),
    "module_calls": ("module",),
    "changes": ("change",),
    "backend": ("backend",),
    "resources": ("resource", "data"),
}


class _Recorder:
    """An empty stack that records which resource types and blocks are requested."""

    source, may_be_module, run, required_version = "", False, None, ""

    def __init__(self, format_: str) -> None:
        self.format = format_
        self.types: set[str] = set()

    def managed(self, *types: str) -> list[Any]:
        self.types.update(types or ("resource",))
        return []

    def data(self, *types: str) -> list[Any]:
        self.types.update([f"data.{type_}" for type_ in types] or ("data",))
        return []

    def backends(self, *_types: str) -> list[Any]:
        self.types.add("backend")
        return []

    def cached(self, make: Any, *arguments: Any) -> Any:
        if make is documents.statements.__wrapped__:  # type: ignore[attr-defined]  # functools.wraps sets it
            self.types.add("document")
            return ()
        return make(self, *arguments)

    def __getattr__(self, name: str) -> Any:
        self.types.update(_KINDS.get(name, (ANY,)))
        return None if name == "backend" else ()


def recorded_types(policy: Policy) -> set[str]:
    """Return the index keys (`Subjects.types`) of a policy."""
    found: set[str] = set()
    for format_ in ("hcl", "plan", "cdktf"):
        recorder: Any = _Recorder(format_)
        list(policy.subjects(recorder))
        found |= recorder.types
    return found or {ANY}
