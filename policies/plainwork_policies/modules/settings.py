"""The table `[modules]` of the settings file."""

from __future__ import annotations

from typing import ClassVar, Literal

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, setting


@frozen()
class ModuleSettings(Table):
    """How modules are pinned, nested and used.

    Raises:
        InputError: a number is below 1.
    """

    table: ClassVar[str] = "modules"

    git_ref: Literal["tag", "commit"] = setting(
        "tag", help="How a module from Git must be pinned: `tag` (any `ref` except a branch) or `commit`."
    )
    exact_version: bool = setting(
        default=False, help="Whether a registry module must have one version instead of a range."
    )
    max_depth: int = setting(
        None, help="Maximum number of local modules nested in each other.", example=2, formerly="deepest"
    )
    min_uses: int = setting(None, help="Minimum number of calls of a local module.", example=3, formerly="fewest_uses")

    def __post_init__(self) -> None:
        for name in ("max_depth", "min_uses"):
            if (value := getattr(self, name)) is not None and value < 1:
                raise InputError(f"`{name}` is {value}; the minimum is 1")


SETTINGS = ModuleSettings
