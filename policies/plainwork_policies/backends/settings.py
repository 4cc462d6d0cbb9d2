"""The table `[backends]` of the settings file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.settings import Proposal, Table, require_pattern, setting

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

    @classmethod
    def proposals(cls, stacks: Sequence[Stack]) -> Iterator[Proposal]:
        """Propose the strictest pattern that the keys of the S3 backends match."""
        from plainwork_policies.backends.proposals import key_pattern  # noqa: PLC0415  only `plainwork init` needs it

        yield from key_pattern(stacks)

    def __post_init__(self) -> None:
        if self.key_pattern is not None:
            require_pattern("key_pattern", self.key_pattern)


SETTINGS = BackendSettings
