"""The table `[canaries]` of the settings file."""

from __future__ import annotations

from typing import ClassVar

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, setting


@frozen()
class CanarySettings(Table):
    """How canary deployments start.

    Raises:
        InputError: it is not a percentage.
    """

    table: ClassVar[str] = "canaries"

    max_initial_percent: int = setting(
        None,
        help="Maximum percentage of the traffic that a new variant may start with.",
        example=10,
        formerly="largest_start",
    )

    def __post_init__(self) -> None:
        if self.max_initial_percent is not None and self.max_initial_percent not in range(101):
            raise InputError(f"`max_initial_percent` is {self.max_initial_percent}; the range is 0 to 100")


SETTINGS = CanarySettings
