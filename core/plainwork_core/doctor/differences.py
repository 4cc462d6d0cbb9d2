"""How the configured backend differs from the one that `terraform init` stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plainwork_core.doctor.facts import CachedBackend
from plainwork_core.doctor.settings import Setting, flat, is_whole, shown
from plainwork_core.model.values import Value

LOCATION = ("bucket", "key", "workspace_key_prefix", "endpoints.s3", "endpoint")
"""The arguments that decide which object is the state."""


class Difference(NamedTuple):
    """An argument with two values.

    Attributes:
        path: its path.
        setting: as configured; None if only the cache has it.
        cached: the value in the cache; None if only the configuration has it.
    """

    path: str
    setting: Setting | None
    cached: Value

    @property
    def text(self) -> str:
        """The difference for a reader."""
        configured = self.setting.shown if self.setting else "not set"
        before = "not set" if self.cached is None else shown(self.path, self.cached)
        return f"`{self.path}` is `{configured}`, but the cached backend has `{before}`"

    @property
    def moves_state(self) -> bool:
        """Whether the two are different places of the state."""
        return self.path in LOCATION


def differences(configured: Mapping[str, Setting], cached: CachedBackend) -> Iterator[Difference]:
    """Yield the arguments that are configured otherwise than they are cached.

    What only the cache has may be from an earlier `-backend-config`: its `setting` is None. Unknown values are skipped.
    """
    before = dict(flat(cached.values))
    for path, setting in configured.items():
        if is_whole(setting.value) and _normal(setting.value) != _normal(before.get(path)):
            yield Difference(path, setting, before.get(path))
    for path, value in before.items():
        if path not in configured:
            yield Difference(path, None, value)


def _normal(value: Value) -> Value:
    """Return *value* as Terraform compares it: `-backend-config` has text for a number, and a set has no order."""
    if isinstance(value, list):
        return sorted(map(str, value))
    if value is None or isinstance(value, Mapping):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
