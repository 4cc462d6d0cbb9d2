"""The table `[backends]` of the settings file."""

from __future__ import annotations

from typing import ClassVar

from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, require_pattern, setting


@frozen()
class BackendSettings(Table):
    """Names of state keys and environments.

    Raises:
        InputError: `key_pattern` is not a regular expression.
    """

    table: ClassVar[str] = "backends"

    key_pattern: str = setting(
        r"[\w.-]+(/[\w.-]+)+\.tfstate",
        help="Regular expression that the whole `key` of an S3 backend must match. A pattern of your own also replaces "
        "the words and names that the default does not allow.",
    )
    environments: tuple[str, ...] = setting(
        ("dev|development", "test|testing", "stage|staging", "prod|production"),
        help="Environment names in bucket names and keys; `|` joins synonyms.",
    )

    def __post_init__(self) -> None:
        require_pattern("[backends] key_pattern", self.key_pattern)


SETTINGS = BackendSettings
