"""An argument of the backend: its value, what sets it, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from plainwork_core.doctor.diagnosis import Evidence
from plainwork_core.model.blocks import Location
from plainwork_core.model.values import Unknown, Value, unknowns
from plainwork_core.secrets import HIDDEN, is_secret_name


class Origin(StrEnum):
    """Where Terraform's S3 backend takes an argument from, the first that has it."""

    GIVEN = "--backend-config"
    BLOCK = "the backend block"
    CACHE = "the cached backend"
    ENVIRONMENT = "the environment"
    DEFAULT = "Terraform's default"


NESTED = ("assume_role", "assume_role_with_web_identity", "endpoints")
"""The arguments that are objects; the arguments in them have a path with a dot."""


def flat(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield each argument that is set, by path."""
    for name, value in values.items():
        if name in NESTED and isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", member) for inner, member in value.items() if member is not None)
        elif value is not None:
            yield name, value


def shown(path: str, value: Value) -> str:
    """Return the *value* of the argument at *path* for a reader: `(sensitive)` for a credential."""
    if is_secret_name(path.rpartition(".")[2]) or path == "access_key":
        return HIDDEN
    if isinstance(value, Unknown):
        return "unknown"
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_whole(value: Value) -> bool:
    """Return whether *value* and all its members are known."""
    return next(unknowns(value), None) is None


class Setting(NamedTuple):
    """An argument of the backend.

    Attributes:
        path: its name, with a dot before that of a nested one: `region`, `assume_role.role_arn`, `endpoints.s3`.
        value: as Terraform uses it; may be `Unknown`, and may be a secret: print `shown`.
        origin: what sets it.
        place: where: `main.tf:4`, `AWS_REGION`, `.terraform/terraform.tfstate`.
        location: the same for a file of the configuration.
    """

    path: str
    value: Value
    origin: Origin
    place: str
    location: Location | None = None

    @property
    def shown(self) -> str:
        """The value for a reader: `(sensitive)` for a credential."""
        return shown(self.path, self.value)

    @property
    def evidence(self) -> Evidence:
        """The setting as evidence."""
        return Evidence(f"`{self.path}` is `{self.shown}`", self.place)
