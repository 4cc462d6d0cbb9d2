"""The table `[regions]` of the settings file."""

from __future__ import annotations

from typing import ClassVar

from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, setting


@frozen()
class RegionSettings(Table):
    """Which AWS Regions may be used."""

    table: ClassVar[str] = "regions"

    allowed: tuple[str, ...] = setting(
        (),
        help="AWS Regions that providers and resources may use.",
        example=("eu-central-1",),
    )
    additional_regions: tuple[str, ...] = setting(
        (),
        help="Regions that ARNs may refer to although no provider of the stack uses them.",
        example=("us-east-1",),
        formerly="elsewhere",
    )


SETTINGS = RegionSettings
