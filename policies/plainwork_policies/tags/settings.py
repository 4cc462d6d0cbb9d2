"""The table `[tags]` of the settings file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.settings import Proposal, Table, require_pattern, setting


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

    @classmethod
    def proposals(cls, stacks: Sequence[Stack]) -> Iterator[Proposal]:
        """Propose the tag keys that most of the tagged resources have."""
        from plainwork_policies.tags.proposals import required_keys  # noqa: PLC0415  only `plainwork init` needs it

        yield from required_keys(stacks)

    def __post_init__(self) -> None:
        for key, pattern in self.value_patterns.items():
            require_pattern(f"value_patterns.{key}", pattern)


SETTINGS = TagSettings
