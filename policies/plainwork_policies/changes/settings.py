"""The table `[plan]` of the settings file."""

from __future__ import annotations

from typing import ClassVar

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, setting


@frozen()
class PlanSettings(Table):
    """What one plan may change and destroy.

    Raises:
        InputError: a number is below 0.
    """

    table: ClassVar[str] = "plan"
    former_table: ClassVar[str] = "changes"

    max_changed: int = setting(
        None,
        help="Maximum number of existing resources that one plan may update, replace or delete.",
        example=50,
        formerly="most_touched",
    )
    max_destroyed: int = setting(
        None,
        help="Maximum number of existing resources that one plan may replace or delete.",
        example=10,
        formerly="most_destroyed",
    )
    stateful_types: tuple[str, ...] = setting(
        (),
        help="Resource types to treat as stateful, in addition to the built-in list.",
        example=("aws_instance",),
        formerly="stateful",
    )
    allow_destroy: tuple[str, ...] = setting(
        (),
        help="Addresses of resources that may be destroyed.",
        example=("aws_db_instance.old",),
        formerly="may_destroy",
    )
    fail_on_new_access: bool = setting(
        None,
        help="Whether a change must not allow a principal anything new, or open the network (`new-access`).",
        example=True,
    )
    tag_only_threshold: int = setting(
        None,
        help="Number of tag-only changes from which a plan must not change anything else.",
        example=5,
        formerly="tag_changes",
    )

    def __post_init__(self) -> None:
        for name in ("max_changed", "max_destroyed", "tag_only_threshold"):
            if (value := getattr(self, name)) is not None and value < 0:
                raise InputError(f"`{name}` is {value}; the minimum is 0")


SETTINGS = PlanSettings
