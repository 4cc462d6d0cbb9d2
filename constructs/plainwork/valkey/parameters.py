"""The parameter group of a replication group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct
    from plainwork.valkey.eviction import Eviction
    from plainwork.valkey.versions import Valkey

_OURS = {"maxmemory-policy": "eviction", "cluster-enabled": "shards"}


def parameter_problems(parameters: Any) -> Iterator[str]:
    """One sentence for each parameter that another argument decides."""
    if not isinstance(parameters, Mapping):
        yield f"parameters must be names to values, as {{'timeout': '300'}}: got {parameters!r}"
        return
    for name in parameters.keys() & _OURS.keys():
        yield f"parameters must not have {name!r}, which follows from {_OURS[name]}: got {parameters[name]!r}"


def make_parameter_group(
    scope: Construct, name: str, version: Valkey, eviction: Eviction, parameters: Mapping[str, str], *, cluster: bool
) -> Resource:
    """The group, of the version's family. A new family is a new group, made before the old one goes."""
    ours = {"maxmemory-policy": eviction.value, **({"cluster-enabled": "yes"} if cluster else {})}
    return Resource(
        scope,
        "aws_elasticache_parameter_group",
        name=version.parameter_group_name(name),
        description=f"Parameters of {name}",
        family=version.family,
        parameter=[{"name": each, "value": value} for each, value in {**ours, **parameters}.items()],
        lifecycle={"create_before_destroy": True},
    )
