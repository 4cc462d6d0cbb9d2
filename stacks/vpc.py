"""The VPC of a deployment, read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from plainwork import PlainworkError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Vpc:
    """A VPC with DNS support, DNS hostnames and private subnets; it needs no internet access."""

    vpc_id: str
    cidr_ipv4: str
    subnets: dict[str, str]
    """Subnet IDs by Availability Zone ID, one in each zone: {"euw1-az1": "subnet-..."}."""
    route_table_ids: list[str]
    """The route tables of these subnets."""

    @classmethod
    def read(cls, file: Path) -> Vpc:
        try:
            data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise PlainworkError(f"the VPC's file {str(file)!r} cannot be read: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PlainworkError(f"the VPC's file {str(file)!r} is not TOML: {error}") from error
        if set(data) != (wanted := {field.name for field in fields(cls)}):
            raise PlainworkError(
                f"the VPC's file {str(file)!r} must have the keys {sorted(wanted)}: got {sorted(data)}"
            )
        return cls(**data)
