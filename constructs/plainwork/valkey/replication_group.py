"""Valkey replication group: a primary and its replicas, or several of both in cluster mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from plainwork.alarms import AlarmActions, alarm_actions_of, alarm_actions_problems
from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError
from plainwork.kms import AWS_OWNED_KEY
from plainwork.network import Network, network_problems
from plainwork.security_group import make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.valkey import autoscaling
from plainwork.valkey.capacity import Nodes, node_type_problems
from plainwork.valkey.connections import PORT, Cache, cache_name
from plainwork.valkey.engine import (
    Eviction,
    make_parameter_group,
    parameter_problems,
    primary_arguments,
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
from plainwork.valkey.schedule import retention_of, retention_problems, window_problems, windows_of
from plainwork.valkey.topology import (
    DATASTORE,
    Durability,
    IpDiscovery,
    NetworkType,
    Topology,
    lifecycle,
    make_global_datastore,
)
from plainwork.valkey.users import CacheUser, Users, name_problems, user_problems
from plainwork_core.aws.elasticache import Valkey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork.clients import Clients
    from plainwork.references import Reference
    from plainwork.terraform import DataSource
    from plainwork_core.waivers import Waiver


class ValkeyReplicationGroup(Cache):
    """A Valkey replication group in several Availability Zones with automatic failover.

    Clients must use TLS and a named user. Changes are applied in the maintenance window.

    Args:
        scope: the stack, or a construct in one.
        id_: name of the resources: `sessions` for `aws_elasticache_replication_group.sessions`.
        version: version of Valkey; it determines the parameter group and its family.
        eviction: whether keys may be evicted; it determines `maxmemory-policy`, alarms and snapshots.
        node_type: node type, as `cache.r7g.large`.
        replicas: replicas of each primary, 1 to 5.
        network: VPC, and one subnet for each Availability Zone ID; at least two.
        clients: sources of ingress rules; see `plainwork.clients.Clients`.
        users: access strings by name, for users that authenticate with IAM, or `CacheUser`. Id and name of a user in
            ElastiCache are `<replication_group_id>-<name>`.
        replication_group_id: id in ElastiCache, at most 32 characters; by default the ids of stack and construct, as
            `shop-sessions`. A change replaces the cache.
        description: description of the cache; by default `Valkey <replication_group_id>`.
        current_version: version that runs while `version` is a newer one; an older `version` is rejected. Only the
            state contains the version that runs, so that this value is not verified; `prevent_destroy` does not depend
            on it.
        shards: shards in cluster mode, 1 to 500; None is one shard with cluster mode disabled.
        cluster_mode: `compatible` on the way from disabled to enabled, while clients change to the cluster protocol.
        scaling: auto scaling of shards or replicas, which needs cluster mode; Terraform then ignores their number.
        durability: `sync` or `async` writes to a log in several Availability Zones, or `disabled`. It needs Valkey 9.0,
            cluster mode and provider 6.51; None is ElastiCache's default, `disabled`.
        network_type: `ipv4`, `ipv6` or `dual_stack`; the subnets must have such addresses. None is `ipv4`. A change
            replaces the cache.
        ip_discovery: version of the addresses that clients discover, with `dual_stack`.
        global_replication_group_id_suffix: makes the cache the primary of a global datastore of this name. Node type,
            version and shards then change with the datastore, in all Regions.
        global_replication_group_id: a global datastore, by resource or id; makes the cache a secondary, which only
            reads. Version, eviction, node type and shards must be those of the primary.
        parameters: additional engine parameters, as `{"notify-keyspace-events": "Ex"}`.
        region: Region of the resources; that of the stack's provider by default, and always with provider 5.
        kms_key_id: KMS key for disks and snapshots, by resource or ARN. A change replaces the cache.
        snapshot_retention_limit: days that daily snapshots are kept, 0 to 35; by default 7 with `Eviction.STORE`, which
            requires at least 1, and otherwise 0.
        snapshot_window: time of the snapshots in UTC, at least an hour: `03:00-04:00`. This and the next window are by
            default an hour in the quiet hours of the Region, which depends on the name.
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
        version: Valkey,
        eviction: Eviction,
        node_type: str,
        replicas: int,
        network: Network,
        clients: Clients,
        users: Mapping[str, str | CacheUser],
        replication_group_id: str | None = None,
        description: str | None = None,
        current_version: Valkey | None = None,
        shards: int | None = None,
        cluster_mode: Literal["compatible"] | None = None,
        scaling: autoscaling.Scaling | None = None,
        durability: Durability | None = None,
        network_type: NetworkType | None = None,
        ip_discovery: IpDiscovery | None = None,
        global_replication_group_id_suffix: str | None = None,
        global_replication_group_id: str | Resource | None = None,
        parameters: Mapping[str, str] | None = None,
        region: str | None = None,
        kms_key_id: str | Resource | DataSource | None = AWS_OWNED_KEY,
        snapshot_retention_limit: int | None = None,
        snapshot_window: str | None = None,
        maintenance_window: str | None = None,
        log_retention_in_days: int = 30,
        alarm_actions: AlarmActions | None = None,
        connections_alarm_threshold: int = DEFAULT_CONNECTIONS_THRESHOLD,
        prevent_destroy: bool = True,
        waive: Iterable[Waiver] = (),
    ) -> None:
        name = cache_name(scope, id_, replication_group_id)
        region, alarm_actions = region_of(scope, region), alarm_actions_of(scope, alarm_actions)
        kms_key_id = attribute_of(kms_key_id, "arn", "aws_kms_key")
        nodes, parameters = Nodes(replicas, shards, cluster_mode), {} if parameters is None else parameters
        topology = Topology(
            nodes,
            durability=durability,
            network_type=network_type,
            ip_discovery=ip_discovery,
            suffix=global_replication_group_id_suffix,
            datastore=attribute_of(global_replication_group_id, "global_replication_group_id", DATASTORE),
        )
        retention = retention_of(snapshot_retention_limit, eviction)
        daily, weekly = windows_of(name, region, snapshot_window, maintenance_window)
        problems = [
            *name_problems("replication_group_id", name),
            *version_problems(version, current_version, "engine_version"),
            *scalars.enum_problems("eviction", eviction, Eviction),
            *node_type_problems(node_type),
            *nodes.problems(),
            *topology.problems(scope, version, node_type, scaling),
            *autoscaling.scaling_problems(scaling, nodes, node_type),
            *parameter_problems(parameters),
            *region_problems(scope, region),
            *network_problems(network, region=region, least=2),
            *client_problems("clients", clients),
            *user_problems(scope, name, users),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *retention_problems(retention, eviction),
            *window_problems(daily, weekly),
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
            self, vpc_id=network.vpc_id, name=name, description=f"Valkey {name}", port=PORT, clients=clients
        )
        description = f"Valkey {name}" if description is None else description
        subnet_ids = [*network.subnets.values()]
        subnet_group = Resource(
            self, "aws_elasticache_subnet_group", name=name, description=description, subnet_ids=subnet_ids
        )
        own = nodes.secondary_arguments()
        if topology.datastore is None:
            parameter_group = make_parameter_group(self, name, version, eviction, parameters, nodes=nodes)
            own = primary_arguments(version, parameter_group, node_type, nodes)
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
            "snapshot_retention_limit": retention,
            "snapshot_window": daily,
            "final_snapshot_identifier": f"{name}-final" if eviction is Eviction.STORE else None,
            "maintenance_window": weekly,
            "auto_minor_version_upgrade": False,
            "apply_immediately": False,
            "log_delivery_configuration": make_logs(self, name, log_retention_in_days),
            "lifecycle": lifecycle(
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
