"""Settings: all that is a matter of taste, with defaults that a careful team would choose."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TagSettings:
    """`[tags]`: `required` keys that every taggable resource must have after `default_tags`."""

    required: tuple[str, ...] = ("Environment", "Owner")


@dataclass(frozen=True)
class RegionSettings:
    """`[regions]`: `allowed` region names; empty means that nobody has said, so the policy is not evaluated."""

    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Everything a policy may be set by."""

    tags: TagSettings = field(default_factory=TagSettings)
    regions: RegionSettings = field(default_factory=RegionSettings)
