"""ElastiCache users that authenticate with IAM or a write-only password, the disabled `default` user, and their group.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import GrantError
from plainwork.iam import allow
from plainwork.roles import grant
from plainwork.terraform import Resource
from plainwork.valkey.topology import argument_problems
from plainwork_core.aws.elasticache import is_password_rule
from plainwork_core.frozen import frozen
from plainwork_core.hcl.expressions import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.roles import Role
    from plainwork.terraform import Construct

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MAX_LENGTH = 40
_DEFAULT = "default"
_PASSWORD_KEYWORDS = ("nopass", "resetpass", "reset")
_COMMANDS = re.compile(r"[+-].+|allcommands|nocommands", re.IGNORECASE)
_EPHEMERAL = {"ephemeral", "var", "local"}
_MAX_VERSION = 2**53
_BASELINES = ("-@all", "+@all", "allcommands", "nocommands")


@frozen()
class CacheUser:
    """An ElastiCache user with a password; without one, an access string alone is the user.

    Attributes:
        access_string: the keys, channels and commands that are allowed, beginning with `on`: `on ~web:* +@read +@write
            +@connection`. `PING` and `SELECT` are in `@connection`. In cluster mode, which every serverless cache has,
            clients also need `+cluster +info` (https://github.com/redis/ioredis/issues/1902).
        passwords_wo: password of a client that cannot use IAM, from an ephemeral resource or variable, so that neither
            state nor plan contains it: 16 to 128 printable characters. It needs provider 6 and Terraform 1.11.
        passwords_wo_version: a number, required with `passwords_wo`. Terraform writes the password again when it
            changes; the old one is then invalid at once.
    """

    access_string: str
    passwords_wo: str | None = None
    passwords_wo_version: int | None = None

    @property
    def has_password(self) -> bool:
        """Whether the user has a password, so that a role cannot connect as this user."""
        return self.passwords_wo is not None


def name_problems(argument: str, name: Any) -> Iterator[str]:
    """Yield the problems of a cache's name, which begins the ids of its users, groups and nodes.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html; ElastiCache
    converts capital letters, so that every plan would show a change.
    """
    if scalars.is_reference(name) or not isinstance(name, str) or not _NAME.fullmatch(name) or len(name) > _MAX_LENGTH:
        yield (
            f"{argument} must be a literal of at most {_MAX_LENGTH} lowercase letters, digits and single hyphens that "
            f"begins with a letter: got {name!r}"
        )


def user_problems(scope: Construct, cache_name: str, users: Any) -> Iterator[str]:
    """Yield the problems of the users of a cache."""
    if not isinstance(users, Mapping) or not users:
        yield f"users must have at least one access string by name, as {{'web': 'on ~web:* +@read'}}: got {users!r}"
        return
    if len(default := f"{cache_name}-{_DEFAULT}") > _MAX_LENGTH:
        yield (
            f"users include the disabled user {default!r}, whose id must have at most {_MAX_LENGTH} characters: "
            f"shorten the cache's name to at most {_MAX_LENGTH - len(_DEFAULT) - 1}"
        )
    for name, user in users.items():
        yield from _id_problems(cache_name, name)
        if isinstance(user, CacheUser):
            yield from _access_string_problems(f"users[{name!r}].access_string", user.access_string)
            yield from _password_problems(scope, f"users[{name!r}]", user)
        elif isinstance(user, str):
            yield from _access_string_problems(f"users[{name!r}]", user)
        else:
            yield f"users[{name!r}] must be an access string, as 'on ~web:* +@read', or a CacheUser: got {user!r}"


def _id_problems(cache_name: str, user: Any) -> Iterator[str]:
    if user == _DEFAULT:
        yield f"users must not contain {_DEFAULT!r}: clients without a user name are that user, which is disabled"
    elif not _NAME.fullmatch(str(user)) or len(f"{cache_name}-{user}") > _MAX_LENGTH:
        yield (
            f"users must have names of lowercase letters, digits and single hyphens, so that the id '{cache_name}-...' "
            f"has at most {_MAX_LENGTH} characters: got {user!r}"
        )


def _access_string_problems(user: str, access_string: Any) -> Iterator[str]:
    """Yield the problems of an access string.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
    """
    if scalars.is_reference(access_string):
        return
    rules = str(access_string).split()
    if rules[:1] != ["on"] or len(rules) == 1:
        yield (
            f"{user} must begin with 'on' and contain at least one rule, as 'on ~web:* +@read': got {access_string!r}"
        )
    for rule in rules:
        if is_password_rule(rule) or rule.lower() in _PASSWORD_KEYWORDS:
            yield (
                f"{user} must not contain {rule!r}: an IAM user has no password, and that of any other user is "
                "CacheUser.passwords_wo"
            )


def _password_problems(scope: Construct, name: str, user: CacheUser) -> Iterator[str]:
    """Yield the problems of a password. It must be ephemeral: any other value is in the state or in the code.

    https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
    """
    if user.passwords_wo is None:
        if user.passwords_wo_version is not None:
            yield f"{name}.passwords_wo_version needs passwords_wo: got {user.passwords_wo_version!r}"
        return
    yield from argument_problems(scope, f"{name}.passwords_wo", "aws_elasticache_user", "passwords_wo")
    roots = {reference[0] for reference in scan(str(user.passwords_wo)).references}
    if not roots or not roots <= _EPHEMERAL:
        kind = "a value that the state contains" if roots else "a literal"
        example = 'Ephemeral(stack, "aws_secretsmanager_secret_version", "cache", secret_id=...)["secret_string"]'
        yield f"{name}.passwords_wo must be an ephemeral value, such as {example}: got {kind}"
    if user.passwords_wo_version is None:
        yield f"{name}.passwords_wo_version must be set; increase it to write a new password"
    else:
        yield from scalars.whole_number_problems(
            f"{name}.passwords_wo_version", user.passwords_wo_version, 1, _MAX_VERSION
        )


class Users:
    """The users of one cache.

    Attributes:
        group: the `aws_elasticache_user_group`.
    """

    def __init__(self, scope: Construct, cache_name: str, given: Mapping[str, str | CacheUser]) -> None:
        users = {name: CacheUser(user) if isinstance(user, str) else user for name, user in given.items()}
        self._scope, self._cache_name = scope, cache_name
        default = _make_default_user(scope, cache_name)
        self._with_password = {name for name, user in users.items() if user.has_password}
        self._users = {name: _make_user(scope, f"{cache_name}-{name}", name, user) for name, user in users.items()}
        self.group = Resource(
            scope,
            "aws_elasticache_user_group",
            engine="valkey",
            user_group_id=cache_name,
            user_ids=[user["user_id"] for user in (default, *self._users.values())],
        )

    def __getitem__(self, name: str) -> Resource:
        """Return the `aws_elasticache_user` of a name.

        Raises:
            GrantError: the cache has no user of this name.
        """
        if name not in self._users:
            raise GrantError(f"user must be one of {', '.join(map(repr, self._users))}: got {name!r}")
        return self._users[name]

    def grant_connect(self, role: Role, user: str, cache: Resource) -> Resource:
        """Allow a role to connect to a cache as a user; `elasticache:Connect` needs both ARNs.

        https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
        """
        if user in self._with_password:
            raise GrantError(f"user {user!r} has a password: a role connects only as a user without passwords_wo")
        connect = allow("Connect", ["elasticache:Connect"], [cache["arn"], self[user]["arn"]])
        return grant(self._scope, role, name=f"{self._cache_name}-connect-{user}", statements=[connect])


def _make_user(scope: Construct, user_id: str, name: str, user: CacheUser) -> Resource:
    """Return a user that Terraform deletes only after the group no longer contains it.

    ElastiCache removes a deleted user from its groups and then rejects the update of the group that adds the new users:
    https://github.com/hashicorp/terraform-provider-aws/issues/49945.
    """
    return Resource(
        scope,
        "aws_elasticache_user",
        name.replace("-", "_"),
        user_id=user_id,
        user_name=user_id,
        engine="valkey",
        access_string=_normalized(user.access_string),
        **_authentication(user),
        lifecycle={"create_before_destroy": True},
    )


def _authentication(user: CacheUser) -> dict[str, Any]:
    if user.has_password:
        return {"passwords_wo": user.passwords_wo, "passwords_wo_version": user.passwords_wo_version}
    return {"authentication_mode": {"type": "iam"}}


def _normalized(access_string: str) -> str:
    """Return the access string that ElastiCache returns: with `-@all` before the first command rule.

    The provider compares the text, so that without `-@all` every plan would change the user:
    https://github.com/go-to-k/cdk-real-drift/issues/482,
    https://github.com/hashicorp/terraform-provider-aws/issues/20334.
    """
    if scalars.is_reference(access_string):
        return access_string
    rules = access_string.split()
    first = next((at for at, rule in enumerate(rules) if rule.startswith("(") or _COMMANDS.fullmatch(rule)), None)
    if first is not None and not rules[first].startswith("(") and rules[first].lower() not in _BASELINES:
        rules.insert(first, "-@all")
    return " ".join(rules)


def _make_default_user(scope: Construct, cache_name: str) -> Resource:
    """Return the disabled user `default`.

    A group of engine `valkey` contains no user without a password, and an IAM user cannot have the name `default`.
    So this user has a password, which Terraform generates once and which gives access to nothing.
    """
    return Resource(
        scope,
        "aws_elasticache_user",
        _DEFAULT,
        user_id=f"{cache_name}-{_DEFAULT}",
        user_name=_DEFAULT,
        engine="valkey",
        access_string="off -@all",
        authentication_mode={"type": "password", "passwords": ["${uuid()}"]},
        lifecycle={"ignore_changes": ["authentication_mode"]},
    )
