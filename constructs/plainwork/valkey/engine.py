"""Valkey engine: version, eviction and the parameter group that follows from both."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

from plainwork.checks import scalars
from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

VersionArgument = Literal["engine_version", "major_engine_version"]
"""The Terraform argument that a version is written to."""

_DERIVED_PARAMETERS = {"maxmemory-policy": "eviction", "cluster-enabled": "shards"}


class ValkeyVersion(Enum):
    """Versions of Valkey on ElastiCache.

    A new version is available in some Regions, for example in China, later than in others; this is not checked.

    Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
    """

    V7_2 = "7.2"
    V8_0 = "8.0"
    V8_1 = "8.1"
    V8_2 = "8.2"
    V9_0 = "9.0"
    V9_1 = "9.1"

    @property
    def engine_version(self) -> str:
        """Major and minor version, as `aws_elasticache_replication_group` takes it: `8.1`."""
        return str(self.value)

    @property
    def major_engine_version(self) -> str:
        """Major version, as `aws_elasticache_serverless_cache` takes it: `8`."""
        return self.engine_version.partition(".")[0]

    @property
    def family(self) -> str:
        """Family of the version's parameter groups: `valkey8`."""
        return f"valkey{self.major_engine_version}"

    def parameter_group_name(self, name: str) -> str:
        """Name of a cache's parameter group; it contains the family, because a group cannot change its family."""
        return f"{name}-{self.family}"


class Eviction(Enum):
    """Whether the cache may evict keys.

    There is no default. ElastiCache's own default, `volatile-lru`, evicts only keys with a time to live and rejects
    writes when no such key is left
    (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html).
    """

    CACHE = "allkeys-lru"
    """Keys can be computed again: the least recently used keys are evicted. Full memory is the normal state."""

    STORE = "noeviction"
    """Keys must not be lost: writes fail when the memory is full. Full memory is an outage."""


def version_problems(version: Any, current: Any, argument: VersionArgument) -> Iterator[str]:
    """Problems of `engine_version` and `current_engine_version`; ElastiCache has no downgrade.

    Args:
        version: the version to deploy.
        current: the version that runs; None if it is `version` or there is no cache yet.
        argument: the Terraform argument; a serverless cache has only a major version.
    """
    problems = [*scalars.enum_problems("engine_version", version, ValkeyVersion)]
    if current is not None:
        problems += scalars.enum_problems("current_engine_version", current, ValkeyVersion)
    yield from problems
    if problems or current is None:
        return
    new, old = getattr(version, argument), getattr(current, argument)
    if _version_key(new) < _version_key(old):
        yield (
            f"engine_version must not be older than current_engine_version, which is {old!r}: ElastiCache cannot "
            f"downgrade, so Terraform would replace the cache: got {new!r}"
        )


def parameter_problems(parameters: Any) -> Iterator[str]:
    """Problems of `parameters`; other arguments set some of them."""
    if not isinstance(parameters, Mapping):
        yield f"parameters must be a mapping of names to values, as {{'timeout': '300'}}: got {parameters!r}"
        return
    for name in parameters.keys() & _DERIVED_PARAMETERS.keys():
        yield (
            f"parameters must not contain {name!r}, which {_DERIVED_PARAMETERS[name]} sets: got {parameters[name]!r}"
        )


def make_parameter_group(
    scope: Construct,
    name: str,
    version: ValkeyVersion,
    eviction: Eviction,
    parameters: Mapping[str, str],
    *,
    cluster: bool,
) -> Resource:
    """The parameter group of the version's family. An upgrade to a new family creates the new group first."""
    derived = {"maxmemory-policy": eviction.value, **({"cluster-enabled": "yes"} if cluster else {})}
    return Resource(
        scope,
        "aws_elasticache_parameter_group",
        name=version.parameter_group_name(name),
        description=f"Parameters of {name}",
        family=version.family,
        parameter=[{"name": parameter, "value": value} for parameter, value in {**derived, **parameters}.items()],
        lifecycle={"create_before_destroy": True},
    )


def _version_key(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
