"""Valkey replication group: a primary and its replicas, or several of both in cluster mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from plainwork.alarms import AlarmActions, alarm_actions_of, alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError
from plainwork.security_group import make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.valkey import autoscaling
from plainwork.valkey.capacity import Nodes, node_type_problems
from plainwork.valkey.connections import PORT, Cache
from plainwork.valkey.engine import (
    Eviction,
    make_parameter_group,
    parameter_problems,
    version_problems,
)
from plainwork.valkey.monitoring import (
    DEFAULT_CONNECTIONS_THRESHOLD,
    connections_threshold_problems,
    log_retention_problems,
    make_logs,
    make_node_alarms,
    node_alarms,
)
from plainwork.valkey.schedule import snapshot_retention_problems, window_problems
from plainwork.valkey.topology import Durability, IpDiscovery, NetworkType, Topology, make_global_datastore
from plainwork.valkey.users import CacheUser, Users, name_problems, user_problems
from plainwork_core.aws.elasticache import ValkeyVersion, has_data_tiering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork.clients import Clients
    from plainwork.references import Reference
    from plainwork_core.waivers import Waiver

_ENCRYPTION = {
    "transit_encryption_enabled": True,
    "transit_encryption_mode": "required",
    "at_rest_encryption_enabled": True,
}
"""A secondary of a global datastore has these from its primary."""


class ValkeyReplicationGroup(Cache):
    """A Valkey replication group in several Availability Zones with automatic failover.

    Clients must use TLS and a named user. Changes are applied in the maintenance window.

    Args:
        scope: the stack, or a construct in one.
        id_: name of the resources: `sessions` for `aws_elasticache_replication_group.sessions`.
        replication_group_id: id in ElastiCache, at most 32 characters, because the default user's id adds 8.
        description: description of the cache.
        engine_version: version of Valkey; it determines the parameter group and its family.
        current_engine_version: version that runs while `engine_version` is a newer one; an older `engine_version` is
            rejected. Only the state contains the version that runs, so that this value is not verified;
            `prevent_destroy` does not depend on it.
        eviction: whether keys may be evicted; it determines `maxmemory-policy`, alarms and the final snapshot.
        node_type: node type, as `cache.r7g.large`.
        replicas: replicas of each primary, 1 to 5.
        shards: shards in cluster mode, 1 to 500; None is one shard with cluster mode disabled.
        cluster_mode: `compatible` on the way from disabled to enabled, while clients change to the cluster protocol.
        durability: `sync` or `async` writes to a log in several Availability Zones, or `disabled`. It needs Valkey 9.0,
            cluster mode and provider 6.51; None is ElastiCache's default, `disabled`.
        network_type: `ipv4`, `ipv6` or `dual_stack`; the subnets must have such addresses. None is `ipv4`. A change
            replaces the cache.
        ip_discovery: version of the addresses that clients discover, with `dual_stack`.
        global_replication_group_id_suffix: makes the cache the primary of a global datastore of this name. Node type,
            version and shards then change with the datastore, in all Regions.
        global_replication_group_id: of a global datastore; makes the cache a secondary, which only reads. Version,
            eviction, node type and shards must be those of the primary.
        scaling: auto scaling of shards or replicas, which needs cluster mode; Terraform then ignores their number.
        parameters: additional engine parameters, as `{"notify-keyspace-events": "Ex"}`.
        region: Region of the resources; that of the stack's provider by default, and always with provider 5.
        vpc_id: VPC of the security group.
        subnets: one subnet for each Availability Zone ID; at least two.
        clients: names to sources of ingress rules.
        users: users by name. Id and name of a user in ElastiCache are `<replication_group_id>-<name>`.
        kms_key_id: ARN of the KMS key for disks and snapshots; None is a key that AWS owns. A change replaces the
            cache, so there is no default.
        snapshot_retention_limit: days that daily snapshots are kept, 0 to 35; at least 1 with `Eviction.STORE`.
        snapshot_window: time of the snapshots in UTC, at least an hour: `03:00-04:00`.
        maintenance_window: time of changes and patches in UTC, at least an hour: `sun:04:00-sun:05:00`.
        log_retention_in_days: retention of slow log and engine log.
        alarm_actions: actions of the alarms; by default those of the stack.
        connections_alarm_threshold: client connections of one node, 1 to 65,000; more are an alarm.
        prevent_destroy: whether Terraform rejects plans that replace the cache, for example a downgrade.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that Terraform or AWS would reject, all in one error.

    Attributes:
        replication_group: the `aws_elasticache_replication_group`.
        global_datastore: the `aws_elasticache_global_replication_group` of a primary, or None.
        security_group: the `aws_security_group` of its nodes.
        users: the `aws_elasticache_user` of each name: `cache.users["web"]`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        replication_group_id: str,
        description: str,
        engine_version: ValkeyVersion,
        current_engine_version: ValkeyVersion | None = None,
        eviction: Eviction,
        node_type: str,
        replicas: int,
        shards: int | None = None,
        cluster_mode: Literal["compatible"] | None = None,
        durability: Durability | None = None,
        network_type: NetworkType | None = None,
        ip_discovery: IpDiscovery | None = None,
        global_replication_group_id_suffix: str | None = None,
        global_replication_group_id: str | None = None,
        scaling: autoscaling.Scaling | None = None,
        parameters: Mapping[str, str] | None = None,
        region: str | None = None,
        vpc_id: str,
        subnets: Mapping[str, str],
        clients: Clients,
        users: Mapping[str, CacheUser],
        kms_key_id: str | None,
        snapshot_retention_limit: int,
        snapshot_window: str,
        maintenance_window: str,
        log_retention_in_days: int,
        alarm_actions: AlarmActions | None = None,
        connections_alarm_threshold: int = DEFAULT_CONNECTIONS_THRESHOLD,
        prevent_destroy: bool = True,
        waive: Iterable[Waiver] = (),
    ) -> None:
        name, nodes = replication_group_id, Nodes(replicas, shards, cluster_mode)
        topology = Topology(
            nodes,
            durability=durability,
            network_type=network_type,
            ip_discovery=ip_discovery,
            suffix=global_replication_group_id_suffix,
            datastore=global_replication_group_id,
        )
        parameters = {} if parameters is None else parameters
        region, alarm_actions = region_of(scope, region), alarm_actions_of(scope, alarm_actions)
        problems = [
            *name_problems("replication_group_id", name),
            *version_problems(engine_version, current_engine_version, "engine_version"),
            *scalars.enum_problems("eviction", eviction, Eviction),
            *node_type_problems(node_type),
            *nodes.problems(),
            *topology.problems(scope, engine_version, node_type, scaling),
            *autoscaling.scaling_problems(scaling, nodes, node_type),
            *parameter_problems(parameters),
            *region_problems(scope, region),
            *identifiers.resource_id_problems("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region, least=2),
            *client_problems("clients", clients),
            *user_problems(scope, str(name), users),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *snapshot_retention_problems(snapshot_retention_limit, eviction),
            *window_problems(snapshot_window, maintenance_window),
            *log_retention_problems(log_retention_in_days),
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *connections_threshold_problems(connections_alarm_threshold),
            *scalars.boolean_problems("prevent_destroy", prevent_destroy),
        ]
        if problems:
            raise ArgumentsError(f"ValkeyReplicationGroup {id_!r}", problems)
        super().__init__(scope, id_, region=region, waive=waive)
        self._clients = clients
        self._in_cluster_mode = nodes.is_in_cluster_mode
        self.security_group = make_security_group(
            self, vpc_id=vpc_id, name=name, description=f"Valkey {name}", port=PORT, clients=clients
        )
        subnet_group = Resource(
            self, "aws_elasticache_subnet_group", name=name, description=description, subnet_ids=[*subnets.values()]
        )
        if topology.datastore is None:
            parameter_group = make_parameter_group(self, name, engine_version, eviction, parameters, nodes=nodes)
            own = {
                "engine": "valkey",
                "engine_version": engine_version.engine_version,
                "parameter_group_name": parameter_group["name"],
                "node_type": node_type,
                **nodes.arguments(),
                "data_tiering_enabled": True if has_data_tiering(node_type) else None,
                **_ENCRYPTION,
            }
        else:
            own = nodes.secondary_arguments()
        self.users = Users(self, name, users)
        arguments = {
            "replication_group_id": name,
            "description": description,
            **own,
            "automatic_failover_enabled": True,
            "multi_az_enabled": True,
            "port": PORT,
            "subnet_group_name": subnet_group["name"],
            "security_group_ids": [self.security_group["id"]],
            "user_group_ids": [self.users.group["user_group_id"]],
            **topology.arguments(),
            "kms_key_id": kms_key_id,
            "snapshot_retention_limit": snapshot_retention_limit,
            "snapshot_window": snapshot_window,
            "final_snapshot_identifier": f"{name}-final" if eviction is Eviction.STORE else None,
            "maintenance_window": maintenance_window,
            "auto_minor_version_upgrade": False,
            "apply_immediately": False,
            "log_delivery_configuration": make_logs(self, name, log_retention_in_days),
            "lifecycle": _lifecycle(
                [*autoscaling.scaled_arguments(scaling), *topology.ignored()], prevent_destroy=prevent_destroy
            ),
        }
        self.replication_group = self._cache = Resource(self, "aws_elasticache_replication_group", **arguments)
        self.global_datastore = None
        if topology.suffix is not None:
            self.global_datastore = make_global_datastore(self, topology, self.replication_group, arguments)
        if scaling:
            autoscaling.make_scaling(self, name, self.replication_group, scaling)
        alarms = node_alarms(node_type, eviction, connections_alarm_threshold)
        make_node_alarms(self, name, autoscaling.max_nodes(nodes, scaling).ids(), alarms, alarm_actions)

    @property
    def endpoint(self) -> Reference:
        """Host name for clients; port 6379 with TLS."""
        name = "configuration_endpoint_address" if self._in_cluster_mode else "primary_endpoint_address"
        return self.replication_group[name]


def _lifecycle(ignore_changes: list[str], *, prevent_destroy: bool) -> dict[str, Any] | None:
    lifecycle: dict[str, Any] = {}
    if prevent_destroy:
        lifecycle["prevent_destroy"] = True
    if ignore_changes:
        lifecycle["ignore_changes"] = ignore_changes
    return lifecycle or None
