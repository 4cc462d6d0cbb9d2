"""Valkey without nodes: a cache that grows and shrinks between its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import AlarmActions, alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.errors import ArgumentsError, PlainworkWarning, warn
from plainwork.security_group import IngressSource, client_egress_rule, make_security_group, source_problems
from plainwork.terraform import Construct, Resource
from plainwork.valkey import snapshots
from plainwork.valkey.alarms import MOST_CONNECTIONS, make_serverless_alarms, serverless_alarms
from plainwork.valkey.eviction import Eviction
from plainwork.valkey.limits import UsageLimits, limits_problems
from plainwork.valkey.names import name_problems
from plainwork.valkey.users import IamUser, Users, user_problems
from plainwork.valkey.versions import MAJORS, downgrade_problems
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.references import Reference

_PORT, _READER_PORT = 6379, 6380


class UpgradeReplacesWarning(PlainworkWarning):
    """An upgrade that Terraform makes by destroying the cache."""


class ValkeyServerless(Construct):
    """A serverless cache: always in cluster mode, over TLS and encrypted, in as many zones as it has subnets.

    Args:
        scope: the stack that it is made in.
        id_: the name of the resources: `web` makes `aws_elasticache_serverless_cache.web`.
        name: what ElastiCache calls it, at most 40 characters.
        description: what it is for.
        major_engine_version: `7`, `8` or `9`; ElastiCache chooses the rest.
        upgraded_from: the major version that runs now, for as long as `major_engine_version` is another: an older one
            is refused, a newer one warned of, because provider 5.100.0 replaces the cache.
        eviction: what the keys are. The policy itself is `volatile-lru` and cannot be changed: a cache must give every
            key a time to live, a store none. Alarms follow.
        limits: what it may use at most, and so what it can cost.
        region: of the stack's provider.
        vpc_id: where the security group is.
        subnets: one in each zone, by zone id, in two zones at least. They cannot change without a new cache.
        clients: who may connect.
        users: as whom, by name. The user's id and name are `<name>-<user>`.
        kms_key_id: the ARN of the KMS key that data is encrypted with; None is a key that AWS owns. It cannot change
            without a new cache, so there is no default.
        snapshot_retention_limit: how many days daily snapshots are kept, 0 to 35; a store has at least 1.
        daily_snapshot_time: when they are taken, in UTC, if they are: `03:00`.
        alarm_actions: whom alarms tell.
        connections_alarm: how many clients are too many, of 65,000.
        prevent_destroy: let Terraform stop where a change, another major version for one, would replace the cache.

    Raises:
        ArgumentsError: naming every argument that Terraform or AWS would reject.

    Attributes:
        serverless_cache: the `aws_elasticache_serverless_cache`.
        security_group: the `aws_security_group` of its endpoints.
        users: the `aws_elasticache_user` of each name: `cache.users["web"]`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        description: str,
        major_engine_version: str,
        upgraded_from: str | None = None,
        eviction: Eviction,
        limits: UsageLimits,
        region: str,
        vpc_id: str,
        subnets: Mapping[str, str],
        clients: Mapping[str, IngressSource],
        users: Mapping[str, IamUser],
        kms_key_id: str | None,
        snapshot_retention_limit: int,
        daily_snapshot_time: str | None = None,
        alarm_actions: AlarmActions,
        connections_alarm: int = MOST_CONNECTIONS * 8 // 10,
        prevent_destroy: bool = True,
    ) -> None:
        problems = [
            *name_problems("name", name),
            *_version_problems(major_engine_version, upgraded_from),
            *identifiers.member("eviction", eviction, Eviction),
            *limits_problems(limits),
            *identifiers.region("region", region),
            *identifiers.identifier("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region, least=2),
            *source_problems("clients", clients),
            *user_problems(str(name), users),
            *identifiers.kms_key("kms_key_id", kms_key_id, region),
            *snapshots.retention_problems(snapshot_retention_limit, eviction),
            *snapshots.time_problems(daily_snapshot_time, snapshot_retention_limit),
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *identifiers.whole_number("connections_alarm", connections_alarm, 1, MOST_CONNECTIONS),
            *identifiers.boolean("prevent_destroy", prevent_destroy),
        ]
        if problems:
            raise ArgumentsError(f"ValkeyServerless {id_!r}", problems)
        if upgraded_from not in (None, major_engine_version):
            warn(
                f"ValkeyServerless {id_!r}: provider 5.100.0 replaces a serverless cache, keys and all, to bring it "
                f"from {upgraded_from} to {major_engine_version}; newer providers do it in place "
                "(https://github.com/hashicorp/terraform-provider-aws/pull/45087)",
                UpgradeReplacesWarning,
            )
        super().__init__(scope, id_)
        self._allow_from = clients
        self.security_group = make_security_group(
            self,
            vpc_id=vpc_id,
            name=name,
            description=f"Valkey {name}",
            port=_PORT,
            to_port=_READER_PORT,
            sources=clients,
        )
        self.users = Users(self, name, users)
        self.serverless_cache = Resource(
            self,
            "aws_elasticache_serverless_cache",
            name=name,
            description=description,
            engine="valkey",
            major_engine_version=major_engine_version,
            cache_usage_limits=limits.arguments(),
            subnet_ids=[*subnets.values()],
            security_group_ids=[self.security_group["id"]],
            user_group_id=self.users.group["user_group_id"],
            kms_key_id=kms_key_id,
            snapshot_retention_limit=snapshot_retention_limit,
            daily_snapshot_time=daily_snapshot_time,
            lifecycle={"prevent_destroy": True} if prevent_destroy else None,
        )
        make_serverless_alarms(self, name, serverless_alarms(limits, eviction, connections_alarm), alarm_actions)

    @property
    def endpoint(self) -> Reference:
        """The host that clients connect to, on port 6379 with TLS; replicas answer on port 6380."""
        return self.serverless_cache["endpoint[0].address"]

    def client_egress_rule(self, source: str) -> Resource:
        """The other half of a rule of `clients`; see `plainwork.security_group.client_egress_rule`.

        Args:
            source: a name in `clients` that stands for a security group.

        Raises:
            ArgumentsError: there is no such name, or it is no security group.
        """
        return client_egress_rule(self, source, self._allow_from, self.security_group, port=_PORT, to_port=_READER_PORT)

    def grant_connect(self, role: str, *, user: str) -> Resource:
        """Let an IAM role connect as a user.

        Args:
            role: the name of a role of this account, or `role["name"]` of one in this stack.
            user: one of the names in `users`.

        Raises:
            GrantError: the role or the user is none.
            AddressError: the role may connect already: a role connects as one user.
        """
        return self.users.grant_connect(role, user, self.serverless_cache)


def _version_problems(version: Any, upgraded_from: Any) -> Iterator[str]:
    problems = [*identifiers.one_of("major_engine_version", version, MAJORS)]
    if upgraded_from is None:
        yield from problems
        return
    problems += identifiers.one_of("upgraded_from", upgraded_from, MAJORS)
    yield from problems
    if not problems and not identifiers.is_reference(version) and not identifiers.is_reference(upgraded_from):
        yield from downgrade_problems("major_engine_version", version, upgraded_from)
