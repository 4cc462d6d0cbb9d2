"""Settings: all that is a matter of taste, with defaults that a careful team would choose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plainwork_policies.errors import CannotJudge


@dataclass(frozen=True)
class TagSettings:
    """`[tags]`: `required` keys that every taggable resource must have after `default_tags`."""

    required: tuple[str, ...] = ("Environment", "Owner")


@dataclass(frozen=True)
class RegionSettings:
    """`[regions]`: `allowed` region names; empty means that nobody has said, so the policy is not evaluated."""

    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class BackendSettings:
    """`[backends]`: `key_pattern`, the regular expression that a whole state key must match.

    Raises:
        CannotJudge: `key_pattern` is no regular expression.
    """

    key_pattern: str = r"[\w.-]+(/[\w.-]+)+\.tfstate"

    def __post_init__(self) -> None:
        try:
            re.compile(self.key_pattern)
        except re.error as error:
            raise CannotJudge(f"[backends] key_pattern {self.key_pattern!r} is no regular expression: {error}") from None


@dataclass(frozen=True)
class Settings:
    """Everything a policy may be set by."""

    tags: TagSettings = field(default_factory=TagSettings)
    regions: RegionSettings = field(default_factory=RegionSettings)
    backends: BackendSettings = field(default_factory=BackendSettings)
