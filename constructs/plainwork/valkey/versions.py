"""Versions of Valkey: what each is called in the three places that must agree."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator


class Valkey(Enum):
    """A version, with the parameter family that goes with it and no other.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
    Some Regions, those of China among them, have the newest later than others; which, only AWS knows.
    """

    V7_2 = "7.2"
    V8_0 = "8.0"
    V8_1 = "8.1"
    V8_2 = "8.2"
    V9_0 = "9.0"
    V9_1 = "9.1"

    @property
    def engine_version(self) -> str:
        """What `aws_elasticache_replication_group` calls it: major and minor, no patch."""
        return str(self.value)

    @property
    def major_engine_version(self) -> str:
        """What `aws_elasticache_serverless_cache` calls it."""
        return self.engine_version.partition(".")[0]

    @property
    def family(self) -> str:
        """Of its parameter groups: `valkey8`."""
        return f"valkey{self.major_engine_version}"

    def parameter_group_name(self, name: str) -> str:
        """Of the parameter group of one cache: another for another family, because a group cannot change its own."""
        return f"{name}-{self.family}"


MAJORS = tuple(dict.fromkeys(version.major_engine_version for version in Valkey))


def version_problems(version: Any, upgraded_from: Any) -> Iterator[str]:
    """One sentence for what is no version, and one for a downgrade, which ElastiCache cannot do."""
    problems = [*identifiers.member("version", version, Valkey)]
    if upgraded_from is not None:
        problems += identifiers.member("upgraded_from", upgraded_from, Valkey)
    yield from problems
    if not problems and upgraded_from is not None:
        yield from downgrade_problems("version", version.engine_version, upgraded_from.engine_version)


def downgrade_problems(name: str, version: str, upgraded_from: str) -> Iterator[str]:
    """One sentence where a version, major and minor or major alone, is older than the one that runs."""
    if _order(version) < _order(upgraded_from):
        yield (
            f"{name} must not be older than upgraded_from, which is {upgraded_from!r}: ElastiCache cannot go back, so "
            f"Terraform would destroy the cache and make another: got {version!r}"
        )


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
