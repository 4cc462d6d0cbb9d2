"""What a cache has for its clients: egress rules and grants, also a cache that another stack or a person created."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError, GrantError, PlainworkError
from plainwork.iam import allow, partition
from plainwork.names import default_name
from plainwork.roles import grant
from plainwork.security_group import client_egress_rule, egress_rule_to_existing
from plainwork.terraform.location import account_of, account_problems, region_of, region_problems
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork.valkey.users import name_problems
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from plainwork.clients import Client, Clients
    from plainwork.roles import Role
    from plainwork.terraform import Construct, DataSource, Resource
    from plainwork.valkey.users import Users

PORT, READER_PORT = 6379, 6380

_USER_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,39}", re.ASCII)
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html"""


@frozen()
class Kind:
    """A kind of caches.

    Attributes:
        type: of its resources.
        name: the argument with its name in ElastiCache.
        in_arn: the part of an ARN before the name; see
            https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html.
        last_port: the last port that clients connect to.
    """

    type: str
    name: str
    in_arn: str
    last_port: int


NODES = Kind("aws_elasticache_replication_group", "replication_group_id", "replicationgroup", PORT)
SERVERLESS = Kind("aws_elasticache_serverless_cache", "name", "serverlesscache", READER_PORT)


def cache_name(scope: Construct, id_: str, name: str | None) -> str:
    """Return the name of a cache in ElastiCache, which has no capital letters and no underscores."""
    return default_name(scope, id_).lower().replace("_", "-").replace(".", "-") if name is None else name


class Cache(UniqueConstruct):
    """The base of the constructs for caches.

    Attributes:
        security_group: the `aws_security_group` of the cache.
        users: the `aws_elasticache_user` of each name: `cache.users["web"]`.
    """

    security_group: Resource
    users: Users
    _clients: Clients
    _cache: Resource
    _KIND = NODES

    @classmethod
    def existing(
        cls,
        scope: Construct,
        id_: str,
        *,
        name: str | Resource | DataSource,
        security_group_id: str | Resource | DataSource | None = None,
        endpoint: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
    ) -> ExistingCache:
        """Return a cache that another stack or a person created; see `ExistingCache`."""
        return ExistingCache(
            scope,
            id_,
            kind=cls._KIND,
            name=name,
            security_group_id=security_group_id,
            endpoint=endpoint,
            region=region,
            account_id=account_id,
        )

    def client_egress_rule(self, client: Client) -> Resource:
        """Return the egress rule of a client's security group; see `plainwork.security_group.client_egress_rule`.

        Args:
            client: one of `clients` that is a security group, or its name.

        Raises:
            ArgumentsError: `clients` has no such security group.
        """
        group = self.security_group["id"]
        return client_egress_rule(self, client, self._clients, group, port=PORT, to_port=self._KIND.last_port)

    def grant_connect(self, role: Role, *, user: str) -> Resource:
        """Allow an IAM role to connect as a user.

        Args:
            role: a role of this stack, or the name of a role of this account.
            user: a name in `users`, of a user without a password.

        Raises:
            GrantError: `role` is not a role, `user` is not in `users`, or has a password.
            AddressError: the role has the grant already; a role connects as one user.
        """
        return self.users.grant_connect(role, user, self._cache)


class ExistingCache(UniqueConstruct):
    """A cache that another stack or a person created: grants, and egress rules of clients.

    It is not known whether the cache and its users exist, which users authenticate with IAM, whether the cache is in
    cluster mode, requires TLS or is encrypted, and which clients its security group admits: add them where the cache
    is created. `plainwork check` reports what the plan of its own stack shows.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the resources' names: `sessions` for `aws_iam_role_policy.sessions_web`.
        kind: `NODES` or `SERVERLESS`.
        name: id of the replication group or name of the serverless cache, or its resource or data source.
        security_group_id: security group of the cache, which `client_egress_rule` needs, by resource or ID.
        endpoint: host name for clients, which `endpoint` needs.
        region: Region of the cache; by default that of the stack's provider.
        account_id: account of the cache; by default that of the stack's provider.

    Raises:
        ArgumentsError: lists every argument that AWS rejects.

    Attributes:
        name: id of the replication group, or name of the serverless cache.
        arn: its ARN.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        kind: Kind,
        name: str | Resource | DataSource,
        security_group_id: str | Resource | DataSource | None = None,
        endpoint: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
    ) -> None:
        region, account_id = region_of(scope, region), account_of(scope, account_id)
        own_name = attribute_of(name, kind.name, kind.type)
        group = attribute_of(security_group_id, "id", "aws_security_group")
        problems = [
            *(() if scalars.is_reference(own_name) else name_problems("name", own_name)),
            *(() if group is None else identifiers.resource_id_problems("security_group_id", group, "sg")),
            *region_problems(scope, region),
            *account_problems(scope, account_id),
        ]
        if problems:
            raise ArgumentsError(f"existing cache {id_!r}", problems)
        super().__init__(scope, id_, region=region)
        self._arns = f"arn:{partition(region)}:elasticache:{region}:{account_id}"
        self.name, self.arn = own_name, f"{self._arns}:{kind.in_arn}:{own_name}"
        self._security_group_id, self._endpoint, self._last_port = group, endpoint, kind.last_port

    @property
    def endpoint(self) -> str:
        """Host name for clients; port 6379, for reads from a serverless cache also 6380.

        Raises:
            PlainworkError: the argument `endpoint` is not set.
        """
        if self._endpoint is None:
            raise PlainworkError(f"the endpoint of cache {self.name!r} is not known; set `endpoint`")
        return self._endpoint

    def client_egress_rule(self, client: Client) -> Resource:
        """Create the egress rule from a security group to the cache; whether the cache admits it is not known.

        Args:
            client: a security group, or a construct that has one.

        Raises:
            ArgumentsError: the client is not a security group, or `security_group_id` is not set.
        """
        missing = "security_group_id must be set for an egress rule: the security group of the cache"
        group = self._security_group_id
        return egress_rule_to_existing(self, client, group, missing=missing, port=PORT, to_port=self._last_port)

    def grant_connect(self, role: Role, *, user: str | Resource | DataSource) -> Resource:
        """Allow an IAM role to connect as a user; whether the user authenticates with IAM is not known.

        Args:
            role: a role of this stack, or the name of a role of this account.
            user: the user, by resource or id: `shop-sessions-web` for the user `web` of a cache of this library.

        Raises:
            GrantError: `role` is not a role, or `user` is not the id of a user.
            AddressError: the role has the grant already; a role connects as one user.
        """
        id_ = attribute_of(user, "user_id", "aws_elasticache_user")
        if not scalars.is_reference(id_) and not (isinstance(id_, str) and _USER_ID.fullmatch(id_)):
            raise GrantError(f"user must be the id of a user, as '{self.name}-web': got {user!r}")
        connect = allow("Connect", ["elasticache:Connect"], [self.arn, f"{self._arns}:user:{id_}"])
        return grant(self, role, name=f"{self.name}-connect", statements=[connect])
