"""Valkey on nodes: a primary and its replicas, or many of both in cluster mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import AlarmActions, alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.errors import ArgumentsError
from plainwork.security_group import IngressSource, client_egress_rule, make_security_group, source_problems
from plainwork.terraform import Construct, Resource
from plainwork.valkey import autoscaling, logs, snapshots
from plainwork.valkey.alarms import MOST_CONNECTIONS, make_node_alarms, node_alarms
from plainwork.valkey.eviction import Eviction
from plainwork.valkey.names import name_problems
from plainwork.valkey.node_types import has_data_tiering, node_type_problems
from plainwork.valkey.nodes import Nodes
from plainwork.valkey.parameters import make_parameter_group, parameter_problems
from plainwork.valkey.users import IamUser, Users, user_problems
from plainwork.valkey.versions import Valkey, version_problems
from plainwork.valkey.windows import window_problems
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.references import Reference

_PORT = 6379


class ValkeyReplicationGroup(Construct):
    """A replication group in several zones, which fails over by itself.

    It lets in over TLS and as a named user only, and changes in its maintenance window.

    Args:
        scope: the stack that it is made in.
        id_: the name of the resources: `sessions` makes `aws_elasticache_replication_group.sessions`.
        replication_group_id: what ElastiCache calls it, at most 40 characters.
        description: what it is for.
        version: of Valkey; parameter family and parameter group follow.
        upgraded_from: the version that runs now, for as long as `version` is another: an older `version` is refused.
            What runs is in the state, which nothing here can see, so this is your word; the guard that does not depend
            on it is `prevent_destroy`.
        eviction: what happens when the memory is full.
        node_type: as `cache.r7g.large`.
        replicas: of each primary, 1 to 5.
        shards: in cluster mode, 1 to 500. None is cluster mode disabled: one shard, and clients need not know of any.
        scaling: of shards or replicas, in cluster mode. Terraform then leaves their number alone.
        parameters: more of the engine's, as `{"notify-keyspace-events": "Ex"}`.
        region: of the stack's provider.
        vpc_id: where the security group is.
        subnets: one in each zone, by zone id, in two zones at least.
        clients: who may connect.
        users: as whom, by name. The user's id and name are `<replication_group_id>-<name>`.
        kms_key_id: the ARN of the KMS key that disks and snapshots are encrypted with; None is a key that AWS owns.
            It cannot change without a new cache, so there is no default.
        snapshot_retention_limit: how many days daily snapshots are kept, 0 to 35; a store has at least 1.
        snapshot_window: when they are taken, in UTC, at least an hour: `03:00-04:00`.
        maintenance_window: when changes and patches are applied, in UTC, at least an hour: `sun:04:00-sun:05:00`.
        log_retention_in_days: how long slow log and engine log are kept.
        alarm_actions: whom alarms tell.
        connections_alarm: how many clients on one node are too many, of 65,000.
        prevent_destroy: let Terraform stop where a change, a downgrade for one, would replace the cache.

    Raises:
        ArgumentsError: naming every argument that Terraform or AWS would reject.

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
        version: Valkey,
        upgraded_from: Valkey | None = None,
        eviction: Eviction,
        node_type: str,
        replicas: int,
        shards: int | None = None,
        scaling: autoscaling.Scaling | None = None,
        parameters: Mapping[str, str] | None = None,
        region: str,
        vpc_id: str,
        subnets: Mapping[str, str],
        clients: Mapping[str, IngressSource],
        users: Mapping[str, IamUser],
        kms_key_id: str | None,
        snapshot_retention_limit: int,
        snapshot_window: str,
        maintenance_window: str,
        log_retention_in_days: int,
        alarm_actions: AlarmActions,
        connections_alarm: int = MOST_CONNECTIONS * 8 // 10,
        prevent_destroy: bool = True,
    ) -> None:
        name, nodes = replication_group_id, Nodes(replicas, shards)
        parameters = {} if parameters is None else parameters
        problems = [
            *name_problems("replication_group_id", name),
            *version_problems(version, upgraded_from),
            *identifiers.member("eviction", eviction, Eviction),
            *node_type_problems(node_type),
            *nodes.problems(),
            *autoscaling.scaling_problems(scaling, nodes, node_type),
            *parameter_problems(parameters),
            *identifiers.region("region", region),
            *identifiers.identifier("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region, least=2),
            *source_problems("clients", clients),
            *user_problems(str(name), users),
            *identifiers.kms_key("kms_key_id", kms_key_id, region),
            *snapshots.retention_problems(snapshot_retention_limit, eviction),
            *window_problems(snapshot_window, maintenance_window),
            *logs.retention_problems(log_retention_in_days),
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *identifiers.whole_number("connections_alarm", connections_alarm, 1, MOST_CONNECTIONS),
            *identifiers.boolean("prevent_destroy", prevent_destroy),
        ]
        if problems:
            raise ArgumentsError(f"ValkeyReplicationGroup {id_!r}", problems)
        super().__init__(scope, id_)
        self._allow_from = clients
        self._in_cluster_mode = shards is not None
        self.security_group = make_security_group(
            self, vpc_id=vpc_id, name=name, description=f"Valkey {name}", port=_PORT, sources=clients
        )
        subnet_group = Resource(
            self, "aws_elasticache_subnet_group", name=name, description=description, subnet_ids=[*subnets.values()]
        )
        parameter_group = make_parameter_group(self, name, version, eviction, parameters, cluster=self._in_cluster_mode)
        self.users = Users(self, name, users)
        self.replication_group = Resource(
            self,
            "aws_elasticache_replication_group",
            replication_group_id=name,
            description=description,
            engine="valkey",
            engine_version=version.engine_version,
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
            log_delivery_configuration=logs.make_logs(self, name, log_retention_in_days),
            lifecycle=_lifecycle(autoscaling.ignored(scaling), prevent_destroy=prevent_destroy),
        )
        if scaling:
            autoscaling.make_scaling(self, name, self.replication_group, scaling)
        rows = node_alarms(node_type, eviction, connections_alarm)
        make_node_alarms(self, name, autoscaling.largest(nodes, scaling).ids(), rows, alarm_actions)

    @property
    def endpoint(self) -> Reference:
        """The host that clients connect to, on port 6379 with TLS."""
        name = "configuration_endpoint_address" if self._in_cluster_mode else "primary_endpoint_address"
        return self.replication_group[name]

    def client_egress_rule(self, source: str) -> Resource:
        """The other half of a rule of `clients`; see `plainwork.security_group.client_egress_rule`.

        Args:
            source: a name in `clients` that stands for a security group.

        Raises:
            ArgumentsError: there is no such name, or it is no security group.
        """
        return client_egress_rule(self, source, self._allow_from, self.security_group, port=_PORT)

    def grant_connect(self, role: str, *, user: str) -> Resource:
        """Let an IAM role connect as a user.

        Args:
            role: the name of a role of this account, or `role["name"]` of one in this stack.
            user: one of the names in `users`.

        Raises:
            GrantError: the role or the user is none.
            AddressError: the role may connect already: a role connects as one user.
        """
        return self.users.grant_connect(role, user, self.replication_group)


def _lifecycle(ignore_changes: list[str], *, prevent_destroy: bool) -> dict[str, Any] | None:
    lifecycle: dict[str, Any] = {}
    if prevent_destroy:
        lifecycle["prevent_destroy"] = True
    if ignore_changes:
        lifecycle["ignore_changes"] = ignore_changes
    return lifecycle or None
