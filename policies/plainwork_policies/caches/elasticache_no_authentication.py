"""ElastiCache cache does not require authentication.

What: An `aws_elasticache_replication_group` without a user group or AUTH token. An `aws_elasticache_serverless_cache`
    without a user group. An `aws_elasticache_cluster` of `redis` or `valkey`, which supports neither. An
    `aws_elasticache_user` that is on and needs no password. Memcached has no users and is not checked.
Why: Without authentication, any client that reaches the cache can read all keys, and delete them with `FLUSHALL`.
Remedy: Add users with IAM authentication to a user group of the cache.
Limitations: The permissions of users are not checked. A user group that is not defined in this stack counts as
    authentication.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, all_conditions, any_condition, policy, some
from plainwork_policies.caches.subjects import (
    AUTH_TOKENS,
    CLUSTER,
    GROUP,
    SERVERLESS,
    USER,
    engine,
    has_own_settings,
    is_provided,
)

_WITHOUT_PASSWORD = "no-password-required"  # noqa: S105  a type of authentication


def supports_authentication(resource: Resource) -> bool:
    """Return whether the resource is a user, or a cache with its own settings that is not one of Memcached."""
    return has_own_settings(resource) and (resource.type != SERVERLESS or engine(resource) != "memcached")


@policy(
    "PLW_CACHE_006",
    "elasticache-no-authentication",
    severity="high",
    on=(GROUP, SERVERLESS, CLUSTER, USER),
    where=supports_authentication,
    aliases=("cache-open",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",),
)
def elasticache_no_authentication(resource: Resource) -> Findings:
    """Check the authentication of a cache, and the password of a user."""
    problems = {USER: _user_problems, CLUSTER: _cluster_problems}.get(resource.type, _cache_problems)
    yield from problems(resource)


def _cluster_problems(cluster: Resource) -> Findings:
    message = f"`engine` is `{engine(cluster)}`; an `{CLUSTER}` does not support authentication"
    remedy = f"Use an `{GROUP}` with a user group. This creates a new cache."
    yield cluster["engine"].fail(message, remedy=remedy)


def _cache_problems(cache: Resource) -> Findings:
    groups = cache["user_group_id" if cache.type == SERVERLESS else "user_group_ids"]
    tokens = [cache[name] for name in AUTH_TOKENS]
    if not some((groups, *tokens), is_provided):
        state = "is not set" if cache.type == SERVERLESS else "and `auth_token` are not set"
        remedy = f"Set `{groups.path}` to a user group with IAM authentication."
        yield groups.fail(f"`{groups.path}` {state}", value=None, remedy=remedy)


def _user_problems(user: Resource) -> Findings:
    mode, flag = user["authentication_mode.type"], user["no_password_required"]

    def needs_no_password() -> bool:
        return any_condition(
            lambda: mode.string(default="") == _WITHOUT_PASSWORD,
            lambda: flag.bool(default=False),
        )

    if all_conditions(lambda: "on" in user["access_string"].string(default="on").split(), needs_no_password):
        argument, name = (mode, "authentication_mode") if mode.is_configured else (flag, flag.path)
        message = f"`{name}` is {argument.state} and the user is `on`"
        remedy = 'Set `type = "iam"` in `authentication_mode`, or set `access_string` to `off -@all`.'
        yield argument.fail(message, remedy=remedy)
