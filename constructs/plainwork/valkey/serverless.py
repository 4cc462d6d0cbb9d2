"""Valkey serverless cache: it scales between its usage limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import AlarmActions, alarm_actions_of, alarm_actions_problems
from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.errors import ArgumentsError, PlainworkWarning, warn
from plainwork.kms import AWS_OWNED_KEY
from plainwork.network import Network, network_problems
from plainwork.security_group import make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import region_of, region_problems
from plainwork.terraform.provider import required_version
from plainwork.valkey.capacity import CacheUsageLimits, usage_limit_problems
from plainwork.valkey.connections import PORT, READER_PORT, SERVERLESS, Cache, cache_name
from plainwork.valkey.engine import Eviction, version_problems
from plainwork.valkey.monitoring import (
    DEFAULT_CONNECTIONS_THRESHOLD,
    connections_threshold_problems,
    make_serverless_alarms,
    serverless_alarms,
)
from plainwork.valkey.schedule import retention_of, retention_problems, snapshot_time_of, snapshot_time_problems
from plainwork.valkey.topology import NetworkType, argument_problems, lifecycle, network_type_problems
from plainwork.valkey.users import CacheUser, Users, name_problems, user_problems
from plainwork_core.aws.elasticache import Valkey
from plainwork_core.version_constraints import may_be_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plainwork.clients import Clients
    from plainwork.references import Reference
    from plainwork.terraform import DataSource
    from plainwork_core.waivers import Waiver

_TYPE = SERVERLESS.type


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
        id_: name of the resources: `pages` for `aws_elasticache_serverless_cache.pages`.
        version: version of Valkey. Only its major version is configured; ElastiCache selects the minor version.
        eviction: whether keys may be evicted; it determines alarms and snapshots. The eviction policy is always
            `volatile-lru`: set a time to live on every key with `Eviction.CACHE`, on none with `Eviction.STORE`.
        cache_usage_limits: limits of storage and requests, and thereby of the cost.
        network: VPC, and one subnet for each Availability Zone ID; at least two. A change replaces the cache.
        clients: sources of ingress rules; see `plainwork.clients.Clients`.
        users: access strings by name, for users that authenticate with IAM, or `CacheUser`. Id and name of a user in
            ElastiCache are `<name>-<user>`.
        name: name in ElastiCache, at most 32 characters; by default the ids of stack and construct, as `shop-pages`. A
            change replaces the cache.
        description: description of the cache; by default `Valkey <name>`.
        current_version: version that runs while `version` has a newer major version. An older one is rejected; a newer
            one results in a `ReplacementWarning` if the stack requires a provider before 6.31, which replaces the
            cache.
        network_type: `ipv4`, `ipv6` or `dual_stack`; the subnets must have such addresses. It needs provider 6; None is
            `ipv4`. A change replaces the cache.
        region: Region of the resources; that of the stack's provider by default, and always with provider 5.
        kms_key_id: KMS key for data at rest, by resource or ARN. A change replaces the cache.
        snapshot_retention_limit: days that daily snapshots are kept, 0 to 35; by default 7 with `Eviction.STORE`, which
            requires at least 1, and otherwise 0.
        daily_snapshot_time: time of the snapshots in UTC: `03:00`; by default in the quiet hours of the Region.
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

    _KIND = SERVERLESS

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        version: Valkey,
        eviction: Eviction,
        cache_usage_limits: CacheUsageLimits,
        network: Network,
        clients: Clients,
        users: Mapping[str, str | CacheUser],
        name: str | None = None,
        description: str | None = None,
        current_version: Valkey | None = None,
        network_type: NetworkType | None = None,
        region: str | None = None,
        kms_key_id: str | Resource | DataSource | None = AWS_OWNED_KEY,
        snapshot_retention_limit: int | None = None,
        daily_snapshot_time: str | None = None,
        alarm_actions: AlarmActions | None = None,
        connections_alarm_threshold: int = DEFAULT_CONNECTIONS_THRESHOLD,
        prevent_destroy: bool = True,
        waive: Iterable[Waiver] = (),
    ) -> None:
        name = cache_name(scope, id_, name)
        region, alarm_actions = region_of(scope, region), alarm_actions_of(scope, alarm_actions)
        kms_key_id = attribute_of(kms_key_id, "arn", "aws_kms_key")
        retention = retention_of(snapshot_retention_limit, eviction)
        time = snapshot_time_of(name, region, daily_snapshot_time, retention)
        problems = [
            *name_problems("name", name),
            *version_problems(version, current_version, "major_engine_version"),
            *scalars.enum_problems("eviction", eviction, Eviction),
            *usage_limit_problems(cache_usage_limits),
            *region_problems(scope, region),
            *network_problems(network, region=region, least=2),
            *_network_type_problems(scope, network_type),
            *client_problems("clients", clients),
            *user_problems(scope, name, users),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *retention_problems(retention, eviction),
            *snapshot_time_problems(time, retention),
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *connections_threshold_problems(connections_alarm_threshold),
            *scalars.boolean_problems("prevent_destroy", prevent_destroy),
        ]
        if problems:
            raise ArgumentsError(f"ValkeyServerless {id_!r}", problems)
        _warn_of_replacement(scope, id_, version, current_version)
        super().__init__(scope, id_, region=region, waive=waive)
        self._clients = clients
        self.security_group = make_security_group(
            self,
            vpc_id=network.vpc_id,
            name=name,
            description=f"Valkey {name}",
            port=PORT,
            to_port=READER_PORT,
            clients=clients,
        )
        self.users = Users(self, name, users)
        optional: dict[str, Any] = {} if network_type is None else {"network_type": network_type}
        self.serverless_cache = self._cache = Resource(
            self,
            _TYPE,
            name=name,
            description=f"Valkey {name}" if description is None else description,
            engine="valkey",
            major_engine_version=version.major_engine_version,
            cache_usage_limits=cache_usage_limits.arguments(),
            subnet_ids=[*network.subnets.values()],
            **optional,
            security_group_ids=[self.security_group["id"]],
            user_group_id=self.users.group["user_group_id"],
            kms_key_id=kms_key_id,
            snapshot_retention_limit=retention,
            daily_snapshot_time=time,
            lifecycle=lifecycle([], prevent_destroy=prevent_destroy),
        )
        alarms = serverless_alarms(cache_usage_limits, eviction, connections_alarm_threshold)
        make_serverless_alarms(self, name, alarms, alarm_actions)

    @property
    def endpoint(self) -> Reference:
        """Host name for clients; port 6379 with TLS, port 6380 for reads from replicas."""
        return self.serverless_cache["endpoint[0].address"]


def _network_type_problems(scope: Construct, network_type: Any) -> Iterator[str]:
    if network_type is not None:
        yield from network_type_problems(network_type)
        yield from argument_problems(scope, "network_type", _TYPE, "network_type")


def _warn_of_replacement(scope: Construct, id_: str, version: Valkey, current: Valkey | None) -> None:
    """Warn of an upgrade for which a provider that the stack requires replaces the cache."""
    major = version.major_engine_version
    if current is None or current.major_engine_version == major:
        return
    if not may_be_from(required_version(scope), UPGRADE_IN_PLACE):
        warn(
            f"ValkeyServerless {id_!r}: providers before 6.31 replace a serverless cache and delete its keys for an "
            f"upgrade from {current.major_engine_version} to {major}; 6.31 updates it in place "
            "(https://github.com/hashicorp/terraform-provider-aws/pull/45087)",
            ReplacementWarning,
        )
