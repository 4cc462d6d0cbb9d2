"""Durability, IP versions and Regions of a replication group, which AWS supports only in some combinations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from plainwork.checks import scalars
from plainwork.terraform import Resource
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.provider import required_version
from plainwork.valkey.capacity import Nodes, warn_of_family
from plainwork_core.aws.elasticache import (
    DURABLE_FAMILIES,
    DURABLE_FROM,
    GLOBAL_FAMILIES,
    NETWORK_TYPES,
    NODE_TYPE,
    SIZES_BELOW_LARGE,
    Valkey,
    has_data_tiering,
    has_ipv6,
    is_burstable,
)
from plainwork_core.frozen import frozen
from plainwork_core.version_constraints import may_be_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

Durability = Literal["sync", "async", "disabled"]
NetworkType = Literal["ipv4", "ipv6", "dual_stack"]
IpDiscovery = Literal["ipv4", "ipv6"]

_DURABILITY = ("sync", "async", "disabled")
_PROVIDER_WITH_DURABILITY = (6, 51, 0)
"""https://github.com/hashicorp/terraform-provider-aws/pull/48254"""

DATASTORE = "aws_elasticache_global_replication_group"

_SUFFIX = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MANAGED_GLOBALLY = ("engine_version", "node_type", "parameter_group_name")


@frozen()
class Topology:
    """What a replication group has besides its nodes.

    Attributes:
        nodes: its nodes.
        durability: see `ValkeyReplicationGroup`.
        network_type: see `ValkeyReplicationGroup`.
        ip_discovery: see `ValkeyReplicationGroup`.
        suffix: `global_replication_group_id_suffix` of a primary; see `ValkeyReplicationGroup`.
        datastore: `global_replication_group_id` of a secondary; see `ValkeyReplicationGroup`.
    """

    nodes: Nodes
    durability: Any = None
    network_type: Any = None
    ip_discovery: Any = None
    suffix: Any = None
    datastore: Any = None

    def problems(self, scope: Construct, version: Any, node_type: str, scaling: Any) -> Iterator[str]:
        """Yield the problems of each argument, and those of their combinations."""
        yield from self._durability_problems(scope, version, node_type)
        yield from network_type_problems(self.network_type)
        yield from self._ip_discovery_problems(node_type)
        if self.suffix is not None or self.datastore is not None:
            yield from self._global_problems(scope, node_type, scaling)

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_elasticache_replication_group`; the addresses of `ipv6` are IPv6."""
        arguments = {
            "durability": self.durability,
            "network_type": self.network_type,
            "ip_discovery": self.ip_discovery or ("ipv6" if self.network_type == "ipv6" else None),
            "global_replication_group_id": self.datastore,
        }
        return {name: value for name, value in arguments.items() if value is not None}

    def ignored(self) -> list[str]:
        """Return the arguments of a primary that change with its global datastore."""
        if self.suffix is None:
            return []
        return [*_MANAGED_GLOBALLY, *([] if self.nodes.shards is None else ["num_node_groups"])]

    def _durability_problems(self, scope: Construct, version: Any, node_type: str) -> Iterator[str]:
        """Yield the problems of `durability`.

        https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Durability.Limitations.html
        """
        if self.durability is None:
            return
        yield from scalars.choice_problems("durability", self.durability, _DURABILITY)
        if not may_be_from(required := required_version(scope), _PROVIDER_WITH_DURABILITY):
            yield f"durability needs provider 6.51 or later: this stack requires `{required}`"
        if self.durability == "disabled":
            return
        if isinstance(version, Valkey) and version.number < DURABLE_FROM:
            yield f"durability needs Valkey 9.0 or later: version is {version}"
        if self.nodes.shards is None:
            yield "durability needs cluster mode: set shards, to 1 or more"
        if is_burstable(str(node_type)) or has_data_tiering(str(node_type)):
            yield f"durability needs a node_type that is not burstable and has no data tiering: got {node_type!r}"
        elif (found := NODE_TYPE.fullmatch(str(node_type))) and found["family"] not in DURABLE_FAMILIES:
            warn_of_family(node_type, "may have no durability on", DURABLE_FAMILIES)

    def _ip_discovery_problems(self, node_type: str) -> Iterator[str]:
        if self.ip_discovery is not None:
            yield from scalars.choice_problems("ip_discovery", self.ip_discovery, ("ipv4", "ipv6"))
        if self.network_type == "dual_stack":
            if self.ip_discovery is None:
                yield "ip_discovery must be set with network_type 'dual_stack': the version of the addresses of nodes"
        elif self.ip_discovery not in (None, self.network_type or "ipv4") and not scalars.is_reference(
            self.network_type
        ):
            yield (
                f"ip_discovery must be {self.network_type or 'ipv4'!r} with network_type "
                f"{self.network_type or 'ipv4'!r}: got {self.ip_discovery!r}"
            )
        if self.network_type in ("ipv6", "dual_stack") and not has_ipv6(str(node_type)):
            yield f"network_type {self.network_type!r} needs a node_type of the Nitro system: got {node_type!r}"

    def _global_problems(self, scope: Construct, node_type: str, scaling: Any) -> Iterator[str]:
        """Yield the problems of a member of a global datastore.

        https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
        """
        if self.suffix is not None and self.datastore is not None:
            yield (
                "global_replication_group_id_suffix and global_replication_group_id are mutually exclusive: the first "
                "makes a primary, the second a secondary"
            )
        if self.suffix is not None and not _SUFFIX.fullmatch(str(self.suffix)):
            yield (
                "global_replication_group_id_suffix must have lowercase letters, digits and single hyphens, and begin "
                f"with a letter: got {self.suffix!r}"
            )
        if self.datastore is not None:
            yield from self._secondary_problems(scope)
        yield from _global_node_type_problems(node_type)
        unsupported = {
            "scaling": scaling,
            "cluster_mode": self.nodes.cluster_mode,
            "durability": None if self.durability == "disabled" else self.durability,
            "network_type": None if self.network_type == "ipv4" else self.network_type,
        }
        for name, value in unsupported.items():
            if value is not None:
                yield f"{name} must not be set in a global datastore: got {value!r}"

    def _secondary_problems(self, scope: Construct) -> Iterator[str]:
        if not naming_scope(scope).registry.schema_choice.has_regions:
            yield (
                "global_replication_group_id needs provider 6: provider 5 plans a secondary with the engine redis "
                "(https://github.com/hashicorp/terraform-provider-aws/issues/41713); this stack requires "
                f"`{required_version(scope)}`"
            )


def network_type_problems(network_type: Any) -> Iterator[str]:
    """Yield the problems of `network_type`."""
    if network_type is not None:
        yield from scalars.choice_problems("network_type", network_type, NETWORK_TYPES)


def argument_problems(scope: Construct, name: str, type_: str, argument: str) -> Iterator[str]:
    """Yield one sentence if the provider of the stack has no such argument.

    Args:
        scope: the scope of the construct.
        name: of the construct's own argument, for the message.
        type_: of the resource.
        argument: of the resource.
    """
    if difference := naming_scope(scope).registry.schema_choice.difference("resource", type_, argument):
        yield f"{name} is not available: {difference}"


def make_global_datastore(
    scope: Construct, topology: Topology, primary: Resource, arguments: dict[str, Any]
) -> Resource:
    """Return the global datastore of a primary, which changes node type, version and shards of all its members.

    The primary changes with a failover to another Region, which is a change outside of Terraform, so it is ignored:
    the provider would replace the datastore.

    Args:
        scope: the construct of the primary.
        topology: of the primary.
        primary: the `aws_elasticache_replication_group`.
        arguments: of the primary.
    """
    return Resource(
        scope,
        DATASTORE,
        global_replication_group_id_suffix=topology.suffix,
        global_replication_group_description=arguments["description"],
        primary_replication_group_id=primary["replication_group_id"],
        automatic_failover_enabled=True,
        cache_node_type=arguments["node_type"],
        engine_version=arguments["engine_version"],
        num_node_groups=topology.nodes.shards,
        parameter_group_name=arguments["parameter_group_name"],
        lifecycle={"ignore_changes": ["primary_replication_group_id"]},
    )


def lifecycle(ignore_changes: list[str], *, prevent_destroy: bool) -> dict[str, Any] | None:
    """Return the block `lifecycle`; None if it would be empty."""
    block = {"prevent_destroy": prevent_destroy or None, "ignore_changes": ignore_changes or None}
    return {name: value for name, value in block.items() if value} or None


def _global_node_type_problems(node_type: str) -> Iterator[str]:
    if (found := NODE_TYPE.fullmatch(str(node_type))) is None:
        return
    if is_burstable(found.group()) or found["size"] in SIZES_BELOW_LARGE:
        yield f"node_type must have at least the size large in a global datastore: got {node_type!r}"
    elif found["family"] not in GLOBAL_FAMILIES:
        warn_of_family(node_type, "may have no global datastore on", GLOBAL_FAMILIES)
