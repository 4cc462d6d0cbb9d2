"""The table `[tags]` of the settings file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, require_pattern, setting


@frozen()
class TagSettings(Table):
    """What tags resources must have.

    Raises:
        InputError: a pattern is not a regular expression.
    """

    table: ClassVar[str] = "tags"

    required: tuple[str, ...] = setting(
        (),
        help="Tag keys that every taggable resource must have, default tags included.",
        example=("Environment", "Owner"),
    )
    allowed_values: Mapping[str, tuple[str, ...]] = setting(
        {}, help="Allowed values by tag key.", example={"Environment": ("dev", "prod")}, formerly="allowed"
    )
    value_patterns: Mapping[str, str] = setting(
        {},
        help="Regular expression by tag key that the whole value must match.",
        example={"CostCenter": "cc-[0-9]{4}"},
        formerly="patterns",
    )
    propagate_to: tuple[Literal["instance", "volume", "network-interface", "task"], ...] = setting(
        ("instance", "volume"),
        help="What launch templates and ECS services must tag: `instance`, `volume`, `network-interface`, `task`.",
        formerly="launched",
    )

    def __post_init__(self) -> None:
        for key, pattern in self.value_patterns.items():
            require_pattern(f"[tags.value_patterns] {key}", pattern)


SETTINGS = TagSettings
