"""Valkey replication group: a primary and its replicas, or several of both in cluster mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import AlarmActions, alarm_actions_of, alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError
from plainwork.security_group import client_egress_rule, make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.valkey import autoscaling
from plainwork.valkey.capacity import Nodes, node_type_problems
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
from plainwork.valkey.users import CacheUser, Users, name_problems, user_problems
from plainwork_core.aws.elasticache import ValkeyVersion, has_data_tiering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork.clients import Clients
    from plainwork.references import Reference
    from plainwork_core.waivers import Waiver

_PORT = 6379


class ValkeyReplicationGroup(UniqueConstruct):
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
        name, nodes = replication_group_id, Nodes(replicas, shards)
        parameters = {} if parameters is None else parameters
        region, alarm_actions = region_of(scope, region), alarm_actions_of(scope, alarm_actions)
        problems = [
            *name_problems("replication_group_id", name),
            *version_problems(engine_version, current_engine_version, "engine_version"),
            *scalars.enum_problems("eviction", eviction, Eviction),
            *node_type_problems(node_type),
            *nodes.problems(),
            *autoscaling.scaling_problems(scaling, nodes, node_type),
            *parameter_problems(parameters),
            *region_problems(scope, region),
            *identifiers.resource_id_problems("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region, least=2),
            *client_problems("clients", clients),
            *user_problems(str(name), users),
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
        self._in_cluster_mode = shards is not None
        self.security_group = make_security_group(
            self, vpc_id=vpc_id, name=name, description=f"Valkey {name}", port=_PORT, clients=clients
        )
        subnet_group = Resource(
            self, "aws_elasticache_subnet_group", name=name, description=description, subnet_ids=[*subnets.values()]
        )
        parameter_group = make_parameter_group(
            self, name, engine_version, eviction, parameters, cluster=self._in_cluster_mode
        )
        self.users = Users(self, name, users)
        self.replication_group = Resource(
            self,
            "aws_elasticache_replication_group",
            replication_group_id=name,
            description=description,
            engine="valkey",
            engine_version=engine_version.engine_version,
            parameter_group_name=parameter_group["name"],
            node_type=node_type,
            **nodes.arguments(),
            data_tiering_enabled=True if has_data_tiering(node_type) else None,
            automatic_failover_enabled=True,
            multi_az_enabled=True,
            port=_PORT,
            subnet_group_name=subnet_group["name"],
            security_group_ids=[self.security_group["id"]],
            user_group_ids=[self.users.group["user_group_id"]],
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            at_rest_encryption_enabled=True,
            kms_key_id=kms_key_id,
            snapshot_retention_limit=snapshot_retention_limit,
            snapshot_window=snapshot_window,
            final_snapshot_identifier=f"{name}-final" if eviction is Eviction.STORE else None,
            maintenance_window=maintenance_window,
            auto_minor_version_upgrade=False,
            apply_immediately=False,
            log_delivery_configuration=make_logs(self, name, log_retention_in_days),
            lifecycle=_lifecycle(autoscaling.scaled_arguments(scaling), prevent_destroy=prevent_destroy),
        )
        if scaling:
            autoscaling.make_scaling(self, name, self.replication_group, scaling)
        alarms = node_alarms(node_type, eviction, connections_alarm_threshold)
        make_node_alarms(self, name, autoscaling.max_nodes(nodes, scaling).ids(), alarms, alarm_actions)

    @property
    def endpoint(self) -> Reference:
        """Host name for clients; port 6379 with TLS."""
        name = "configuration_endpoint_address" if self._in_cluster_mode else "primary_endpoint_address"
        return self.replication_group[name]

    def client_egress_rule(self, client: str) -> Resource:
        """Return the egress rule of a client's security group; see `plainwork.security_group.client_egress_rule`.

        Args:
            client: a name in `clients` whose source is a security group.

        Raises:
            ArgumentsError: `clients` has no such security group.
        """
        return client_egress_rule(self, client, self._clients, self.security_group, port=_PORT)

    def grant_connect(self, role: str, *, user: str) -> Resource:
        """Allow an IAM role to connect as a user.

        Args:
            role: the name of a role of this account, or `role["name"]` of a role in this stack.
            user: a name in `users`.

        Raises:
            GrantError: `role` is not a role, or `user` is not in `users`.
            AddressError: the role has the grant already; a role connects as one user.
        """
        return self.users.grant_connect(role, user, self.replication_group)


def _lifecycle(ignore_changes: list[str], *, prevent_destroy: bool) -> dict[str, Any] | None:
    lifecycle: dict[str, Any] = {}
    if prevent_destroy:
        lifecycle["prevent_destroy"] = True
    if ignore_changes:
        lifecycle["ignore_changes"] = ignore_changes
    return lifecycle or None
