"""Valkey engine: version, eviction and the parameter group that follows from both."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

from plainwork.checks import scalars
from plainwork.terraform import Resource
from plainwork_core.aws.elasticache import MAXMEMORY_POLICY, NO_EVICTION, Valkey, has_data_tiering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct
    from plainwork.valkey.capacity import Nodes

VersionArgument = Literal["engine_version", "major_engine_version"]
"""The Terraform argument that a version is written to."""

_DERIVED_PARAMETERS = {MAXMEMORY_POLICY: "eviction", "cluster-enabled": "shards"}


class Eviction(Enum):
    """Whether the cache may evict keys.

    There is no default. ElastiCache's own default, `volatile-lru`, evicts only keys with a time to live and rejects
    writes when no such key is left
    (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html).
    """

    CACHE = "allkeys-lru"
    """Keys can be computed again: the least recently used keys are evicted. Full memory is the normal state."""

    STORE = NO_EVICTION
    """Keys must not be lost: writes fail when the memory is full. Full memory is an outage."""


def version_problems(version: Any, current: Any, argument: VersionArgument) -> Iterator[str]:
    """Yield the problems of `version` and `current_version`; ElastiCache has no downgrade.

    Args:
        version: the version to deploy.
        current: the version that runs; None if it is `version` or there is no cache yet.
        argument: the Terraform argument; a serverless cache has only a major version.
    """
    problems = [*scalars.enum_problems("version", version, Valkey)]
    if current is not None:
        problems += scalars.enum_problems("current_version", current, Valkey)
    yield from problems
    if problems or current is None:
        return
    new, old = getattr(version, argument), getattr(current, argument)
    if new != old and version.number < current.number:
        yield (
            f"version must not be older than current_version, which is {old!r}: ElastiCache cannot downgrade, so "
            f"Terraform would replace the cache: got {new!r}"
        )


def parameter_problems(parameters: Any) -> Iterator[str]:
    """Yield the problems of `parameters`; other arguments set some of them."""
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
    version: Valkey,
    eviction: Eviction,
    parameters: Mapping[str, str],
    *,
    nodes: Nodes,
) -> Resource:
    """Return the parameter group of the version's family. An upgrade to a new family creates the new group first.

    Its name contains the family, because a group cannot change its family. `cluster-enabled` cannot change while the
    group is in use, so that the cluster mode `compatible` has a group of another name.
    """
    derived = {MAXMEMORY_POLICY: eviction.value, **({"cluster-enabled": "yes"} if nodes.is_in_cluster_mode else {})}
    suffix = f"-{nodes.cluster_mode}" if nodes.cluster_mode else ""
    return Resource(
        scope,
        "aws_elasticache_parameter_group",
        name=f"{name}-{version.family}{suffix}",
        description=f"Parameters of {name}",
        family=version.family,
        parameter=[{"name": parameter, "value": value} for parameter, value in {**derived, **parameters}.items()],
        lifecycle={"create_before_destroy": True},
    )


def primary_arguments(version: Valkey, parameter_group: Resource, node_type: str, nodes: Nodes) -> dict[str, Any]:
    """Return what a secondary of a global datastore has from its primary, and any other cache has itself."""
    return {
        "engine": "valkey",
        "engine_version": version.engine_version,
        "parameter_group_name": parameter_group["name"],
        "node_type": node_type,
        **nodes.arguments(),
        "data_tiering_enabled": True if has_data_tiering(node_type) else None,
        "transit_encryption_enabled": True,
        "transit_encryption_mode": "required",
        "at_rest_encryption_enabled": True,
    }
