"""Who may do what once connected: IAM users, a default user that may do nothing, and the group of both.

There are no users with passwords: provider 5.100.0 has no write-only argument for them, so each would be in the state.
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.errors import GrantError
from plainwork.iam import allow
from plainwork.roles import grant
from plainwork.terraform import Resource
from plainwork.valkey.access_string import access_string_problems, as_written_back
from plainwork.valkey.names import LONGEST, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

_DEFAULT = "default"


@dataclass(frozen=True)
class IamUser:
    """A user that connects with a token of an IAM role instead of a password.

    Attributes:
        access_string: the keys, channels and commands it may use, beginning with `on`: `on ~web:* +@read +@write
            +@connection`; see `plainwork.valkey.access_string`. `PING` and `SELECT` are in `@connection`, and clients
            of a cache in cluster mode, as all serverless ones are, need `+cluster +info` too
            (https://github.com/redis/ioredis/issues/1902).
    """

    access_string: str


def user_problems(name: str, users: Any) -> Iterator[str]:
    """One sentence for each thing that is wrong with the users of a cache of this name."""
    if not isinstance(users, Mapping) or not users:
        yield f"users must name at least one, as {{'web': IamUser('on ~web:* +@read')}}: got {users!r}"
        return
    if len(default := f"{name}-{_DEFAULT}") > LONGEST:
        yield (
            f"users include one that is switched off, whose id must have at most {LONGEST} characters, so the cache's "
            f"name at most {LONGEST - len(_DEFAULT) - 1}: got {default!r}"
        )
    for each, user in users.items():
        yield from _id_problems(name, each)
        if isinstance(user, IamUser):
            yield from access_string_problems(f"users[{each!r}]", user.access_string)
        else:
            yield f"users[{each!r}] must be an IamUser, as IamUser('on ~web:* +@read'): got {user!r}"


def _id_problems(name: str, user: Any) -> Iterator[str]:
    if user == _DEFAULT:
        yield f"users must not name {_DEFAULT!r}: everybody who gives no name is that user, and it is switched off"
    elif not NAME.fullmatch(str(user)) or len(f"{name}-{user}") > LONGEST:
        yield (
            f"users must be named by small letters, digits and single hyphens, so that the id '{name}-...' has at most "
            f"{LONGEST} characters: got {user!r}"
        )


class Users:
    """The users of one cache.

    Attributes:
        group: the `aws_elasticache_user_group`.
    """

    def __init__(self, scope: Construct, name: str, users: Mapping[str, IamUser]) -> None:
        self._scope, self._name = scope, name
        switched_off = _make_default_user(scope, name)
        self._users = {each: _make_user(scope, f"{name}-{each}", each, user) for each, user in users.items()}
        self.group = Resource(
            scope,
            "aws_elasticache_user_group",
            engine="valkey",
            user_group_id=name,
            user_ids=[user["user_id"] for user in (switched_off, *self._users.values())],
        )

    def __getitem__(self, user: str) -> Resource:
        """The `aws_elasticache_user` of a name.

        Raises:
            GrantError: the cache has none of this name.
        """
        if user not in self._users:
            raise GrantError(f"user must be one of {', '.join(map(repr, self._users))}: got {user!r}")
        return self._users[user]

    def grant_connect(self, role: str, user: str, cache: Resource) -> Resource:
        """Let a role connect to a cache as a user, which takes both ARNs.

        https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
        """
        connect = allow("Connect", ["elasticache:Connect"], [cache["arn"], self[user]["arn"]])
        return grant(self._scope, role, name=f"{self._name}-connect-{user}", statements=[connect])


def _make_user(scope: Construct, user_id: str, name: str, user: IamUser) -> Resource:
    """A user that goes after the group has let it go.

    ElastiCache takes a user that is deleted out of its groups, and then refuses the change of the group, with those who
    come in its place: https://github.com/hashicorp/terraform-provider-aws/issues/49945.
    """
    return Resource(
        scope,
        "aws_elasticache_user",
        name.replace("-", "_"),
        user_id=user_id,
        user_name=user_id,
        engine="valkey",
        access_string=as_written_back(user.access_string),
        authentication_mode={"type": "iam"},
        lifecycle={"create_before_destroy": True},
    )


def _make_default_user(scope: Construct, name: str) -> Resource:
    """A user `default` that is off.

    A group of engine `valkey` takes no user without a password, and an IAM user cannot be called `default`, so this
    one has a password: made by Terraform once, never seen, and good for nothing.
    """
    return Resource(
        scope,
        "aws_elasticache_user",
        _DEFAULT,
        user_id=f"{name}-{_DEFAULT}",
        user_name=_DEFAULT,
        engine="valkey",
        access_string="off -@all",
        authentication_mode={"type": "password", "passwords": ["${uuid()}"]},
        lifecycle={"ignore_changes": ["authentication_mode"]},
    )
