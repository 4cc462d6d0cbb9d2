"""What a cache has for its clients: egress rules and grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.security_group import client_egress_rule
from plainwork.terraform.unique_construct import UniqueConstruct

if TYPE_CHECKING:
    from plainwork.clients import Client, Clients
    from plainwork.terraform import Resource
    from plainwork.valkey.users import Users

PORT, READER_PORT = 6379, 6380


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
    _last_port = PORT

    def client_egress_rule(self, client: Client) -> Resource:
        """Return the egress rule of a client's security group; see `plainwork.security_group.client_egress_rule`.

        Args:
            client: one of `clients` that is a security group, or its name.

        Raises:
            ArgumentsError: `clients` has no such security group.
        """
        return client_egress_rule(
            self, client, self._clients, self.security_group["id"], port=PORT, to_port=self._last_port
        )

    def grant_connect(self, role: str, *, user: str) -> Resource:
        """Allow an IAM role to connect as a user.

        Args:
            role: the name of a role of this account, or `role["name"]` of a role in this stack.
            user: a name in `users`, of a user without a password.

        Raises:
            GrantError: `role` is not a role, `user` is not in `users`, or has a password.
            AddressError: the role has the grant already; a role connects as one user.
        """
        return self.users.grant_connect(role, user, self._cache)
