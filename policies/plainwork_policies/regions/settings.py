"""The table `[regions]` of the settings file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.settings import Proposal, Table, setting


@frozen()
class RegionSettings(Table):
    """Which AWS Regions may be used.

    Raises:
        InputError: a Region is misspelled.
    """

    table: ClassVar[str] = "regions"

    allowed: tuple[str, ...] = setting(
        (),
        help="AWS Regions that providers and resources may use.",
        example=("eu-central-1",),
    )
    additional_regions: tuple[str, ...] = setting(
        (),
        help="Regions that ARNs and service names may have although no provider of the stack uses them.",
        example=("us-east-1",),
        formerly="elsewhere",
    )

    @classmethod
    def proposals(cls, stacks: Sequence[Stack]) -> Iterator[Proposal]:
        """Propose the Regions of the provider configurations."""
        from plainwork_policies.regions.proposals import allowed_regions  # noqa: PLC0415  only `plainwork init` needs it

        yield from allowed_regions(stacks)

    def __post_init__(self) -> None:
        for key in ("allowed", "additional_regions"):
            for region in getattr(self, key):
                _require_region(key, region)


def _require_region(key: str, name: str) -> None:
    """Check the name of a Region; one that AWS may have opened after the release is accepted."""
    from plainwork_core.aws.regions import may_be_new, region_names  # noqa: PLC0415  most runs set no Regions

    if name not in region_names() and not may_be_new(name):
        hint = did_you_mean(name, sorted(region_names()))
        raise InputError(f"`{key}` has {name!r}, which is not an AWS Region{hint}")


SETTINGS = RegionSettings
