"""The table `[backends]` of the settings file."""

from __future__ import annotations

from typing import ClassVar

from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, require_pattern, setting

ENVIRONMENT_AND_COMPONENT = r"[\w.-]+(/[\w.-]+)+\.tfstate"
"""The pattern of the keys `environment/component.tfstate`."""


@frozen()
class BackendSettings(Table):
    """Names of state keys and environments.

    Raises:
        InputError: `key_pattern` is not a regular expression.
    """

    table: ClassVar[str] = "backends"

    key_pattern: str = setting(
        None,
        help="Regular expression that the whole `key` of an S3 backend must match. With the pattern of the example, "
        "a key must also not be `terraform.tfstate`, nor contain a word such as `final` or `tmp`.",
        example=ENVIRONMENT_AND_COMPONENT,
    )
    environments: tuple[str, ...] = setting(
        (),
        help="Names of environments in bucket names and keys, if each must have a state bucket of its own; `|` joins "
        "synonyms.",
        example=("dev|development", "prod|production"),
    )

    def __post_init__(self) -> None:
        if self.key_pattern is not None:
            require_pattern("[backends] key_pattern", self.key_pattern)


SETTINGS = BackendSettings
