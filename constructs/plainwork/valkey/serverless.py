"""Valkey serverless cache: it scales between its usage limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import AlarmActions, alarm_actions_of, alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError, PlainworkWarning, warn
from plainwork.security_group import make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.terraform.provider import required_version
from plainwork.valkey.capacity import CacheUsageLimits, usage_limit_problems
from plainwork.valkey.connections import PORT, READER_PORT, Cache
from plainwork.valkey.engine import Eviction, version_problems
from plainwork.valkey.monitoring import (
    DEFAULT_CONNECTIONS_THRESHOLD,
    connections_threshold_problems,
    make_serverless_alarms,
    serverless_alarms,
)
from plainwork.valkey.schedule import snapshot_retention_problems, snapshot_time_problems
from plainwork.valkey.topology import NetworkType, argument_problems, network_type_problems
from plainwork.valkey.users import CacheUser, Users, name_problems, user_problems
from plainwork_core.aws.elasticache import ValkeyVersion
from plainwork_core.version_constraints import may_be_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plainwork.clients import Clients
    from plainwork.references import Reference
    from plainwork_core.waivers import Waiver

_TYPE = "aws_elasticache_serverless_cache"


UPGRADE_IN_PLACE = (6, 31, 0)
"""The version of the provider from which on a new major version is an update in place.

https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md
"""


class ReplacementWarning(PlainworkWarning):
    """An upgrade for which the provider replaces the cache."""


class ValkeyServerless(Cache):
    """A Valkey serverless cache with TLS, encryption at rest and usage limits; it is always in cluster mode.

    Args:
        scope: the stack, or a construct in one.
        id_: name of the resources: `web` for `aws_elasticache_serverless_cache.web`.
        name: name in ElastiCache, at most 32 characters, because the default user's id adds 8.
        description: description of the cache.
        engine_version: version of Valkey. Only its major version is configured; ElastiCache selects the minor version.
        current_engine_version: version that runs while `engine_version` has a newer major version. An older one is
            rejected; a newer one results in a `ReplacementWarning` if the stack requires a provider before 6.31, which
            replaces the cache.
        eviction: whether keys may be evicted; it determines alarms and the required snapshots. The eviction policy is
            always `volatile-lru`: set a time to live on every key with `Eviction.CACHE`, on none with `Eviction.STORE`.
        cache_usage_limits: limits of storage and requests, and thereby of the cost.
        region: Region of the resources; that of the stack's provider by default, and always with provider 5.
        vpc_id: VPC of the security group.
        subnets: one subnet for each Availability Zone ID; at least two. A change replaces the cache.
        network_type: `ipv4`, `ipv6` or `dual_stack`; the subnets must have such addresses. It needs provider 6; None is
            `ipv4`. A change replaces the cache.
        clients: names to sources of ingress rules.
        users: users by name. Id and name of a user in ElastiCache are `<name>-<user>`.
        kms_key_id: ARN of the KMS key for data at rest; None is a key that AWS owns. A change replaces the cache, so
            there is no default.
        snapshot_retention_limit: days that daily snapshots are kept, 0 to 35; at least 1 with `Eviction.STORE`.
        daily_snapshot_time: time of the snapshots in UTC: `03:00`; required unless `snapshot_retention_limit` is 0.
        alarm_actions: actions of the alarms; by default those of the stack.
        connections_alarm_threshold: client connections, 1 to 65,000; more are an alarm.
        prevent_destroy: whether Terraform rejects plans that replace the cache, for example a new major version.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: arguments that Terraform or AWS would reject, all in one error.

    Attributes:
        serverless_cache: the `aws_elasticache_serverless_cache`.
        security_group: the `aws_security_group` of its endpoints.
        users: the `aws_elasticache_user` of each name: `cache.users["web"]`.
    """

    _last_port = READER_PORT

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        description: str,
        engine_version: ValkeyVersion,
        current_engine_version: ValkeyVersion | None = None,
        eviction: Eviction,
        cache_usage_limits: CacheUsageLimits,
        region: str | None = None,
        vpc_id: str,
        subnets: Mapping[str, str],
        network_type: NetworkType | None = None,
        clients: Clients,
        users: Mapping[str, CacheUser],
        kms_key_id: str | None,
        snapshot_retention_limit: int,
        daily_snapshot_time: str | None = None,
        alarm_actions: AlarmActions | None = None,
        connections_alarm_threshold: int = DEFAULT_CONNECTIONS_THRESHOLD,
        prevent_destroy: bool = True,
        waive: Iterable[Waiver] = (),
    ) -> None:
        region, alarm_actions = region_of(scope, region), alarm_actions_of(scope, alarm_actions)
        problems = [
            *name_problems("name", name),
            *version_problems(engine_version, current_engine_version, "major_engine_version"),
            *scalars.enum_problems("eviction", eviction, Eviction),
            *usage_limit_problems(cache_usage_limits),
            *region_problems(scope, region),
            *identifiers.resource_id_problems("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region, least=2),
            *network_type_problems(network_type),
            *(() if network_type is None else argument_problems(scope, "network_type", _TYPE, "network_type")),
            *client_problems("clients", clients),
            *user_problems(scope, str(name), users),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *snapshot_retention_problems(snapshot_retention_limit, eviction),
            *snapshot_time_problems(daily_snapshot_time, snapshot_retention_limit),
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *connections_threshold_problems(connections_alarm_threshold),
            *scalars.boolean_problems("prevent_destroy", prevent_destroy),
        ]
        if problems:
            raise ArgumentsError(f"ValkeyServerless {id_!r}", problems)
        major = engine_version.major_engine_version
        has_new_major = current_engine_version and current_engine_version.major_engine_version != major
        if current_engine_version and has_new_major and not may_be_from(required_version(scope), UPGRADE_IN_PLACE):
            warn(
                f"ValkeyServerless {id_!r}: providers before 6.31 replace a serverless cache and delete its keys for "
                f"an upgrade from {current_engine_version.major_engine_version} to {major}; 6.31 updates it in place "
                "(https://github.com/hashicorp/terraform-provider-aws/pull/45087)",
                ReplacementWarning,
            )
        super().__init__(scope, id_, region=region, waive=waive)
        self._clients = clients
        self.security_group = make_security_group(
            self,
            vpc_id=vpc_id,
            name=name,
            description=f"Valkey {name}",
            port=PORT,
            to_port=READER_PORT,
            clients=clients,
        )
        self.users = Users(self, name, users)
        network: dict[str, Any] = {} if network_type is None else {"network_type": network_type}
        self.serverless_cache = self._cache = Resource(
            self,
            _TYPE,
            name=name,
            description=description,
            engine="valkey",
            major_engine_version=major,
            cache_usage_limits=cache_usage_limits.arguments(),
            subnet_ids=[*subnets.values()],
            **network,
            security_group_ids=[self.security_group["id"]],
            user_group_id=self.users.group["user_group_id"],
            kms_key_id=kms_key_id,
            snapshot_retention_limit=snapshot_retention_limit,
            daily_snapshot_time=daily_snapshot_time,
            lifecycle={"prevent_destroy": True} if prevent_destroy else None,
        )
        alarms = serverless_alarms(cache_usage_limits, eviction, connections_alarm_threshold)
        make_serverless_alarms(self, name, alarms, alarm_actions)

    @property
    def endpoint(self) -> Reference:
        """Host name for clients; port 6379 with TLS, port 6380 for reads from replicas."""
        return self.serverless_cache["endpoint[0].address"]
