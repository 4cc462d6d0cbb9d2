"""ElastiCache cache does not require authentication.

What: an `aws_elasticache_replication_group` with neither a user group nor an AUTH token, or a serverless cache without
    a user group; an `aws_elasticache_cluster` of `redis` or `valkey`, which takes neither; an `aws_elasticache_user`
    that is on and needs no password.
Why: ElastiCache then asks nobody who they are: every machine that gets through the security group reads all keys, and
    `FLUSHALL` takes one word.
Remedy: users that sign in with IAM, in a group of the cache::

        resource "aws_elasticache_replication_group" "sessions" {
          transit_encryption_enabled = true
          user_group_ids             = [aws_elasticache_user_group.sessions.user_group_id]
        }
Limitations: what a user may do, once signed in, is not judged. A user group that is not in the stack is taken to be
    right.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured, is_callers
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import is_on
from plainwork_policies.caches.elasticache_user_invalid import USER
from plainwork_policies.caches.groups import CLUSTER, SERVERLESS, caches_and_clusters, engine_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_MODE, _WITHOUT = "authentication_mode.0.type", "no-password-required"
_EVERYTHING = "whoever reaches it may do everything"


def caches_and_users(stack: Stack) -> list[Resource]:
    """Return the caches and the users."""
    return [*caches_and_clusters(stack), *stack.managed(USER)]


@policy(
    "PLW_CACHE_006",
    "elasticache-no-authentication",
    aliases=("cache-open",),
    severity="high",
    subjects=caches_and_users,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",),
)
def elasticache_no_authentication(resource: Resource) -> Iterator[Finding]:
    """Judge a cache by whether it asks who comes, and a user by whether it has to say so."""
    judge = {USER: _of_user, CLUSTER: _of_cluster}.get(resource.type, _of_cache)
    yield from judge(resource)


def _of_cluster(cluster: Resource) -> Iterator[Finding]:
    engine = engine_of(cluster)
    if isinstance(engine, Unknown):
        yield not_evaluated("engine", engine)
        return
    message = f"is `{engine}` in a lone cluster, which takes no user group and no AUTH token: " + _EVERYTHING
    remedy = "make it an `aws_elasticache_replication_group`, a new cache, and give that a user group"
    yield fail("engine", message, value=engine, remedy=remedy)


def _of_cache(cache: Resource) -> Iterator[Finding]:
    path = "user_group_id" if cache.type == SERVERLESS else "user_group_ids"
    asked = [configured(cache, name) for name in (path, "auth_token")]
    if any(not isinstance(each, Unknown) and each not in (None, [], "") for each in asked):
        return
    if doubt := [each for each in asked if isinstance(each, Unknown)]:
        if is_callers(doubt[0]):
            yield not_evaluated(path, doubt[0])
        return
    token = "" if cache.type == SERVERLESS else " and no AUTH token"
    message = f"has no user group{token}: {_EVERYTHING}"
    yield fail(path, message, remedy=f"give it a user group, in `{path}`")


def _of_user(user: Resource) -> Iterator[Finding]:
    access, without, mode = (configured(user, name) for name in ("access_string", "no_password_required", _MODE))
    path = "no_password_required" if mode is None else _MODE
    is_open = is_on(without) or (isinstance(mode, str) and mode == _WITHOUT)
    if is_open and isinstance(access, str) and "on" not in access.split():
        return
    if doubt := [each for each in (access, without, mode) if isinstance(each, Unknown)]:
        if is_open or doubt != [access]:
            yield not_evaluated(path, doubt[0])
        return
    if is_open:
        yield fail(path, "is on, and needs no password", value=mode, remedy="let it sign in with IAM, or switch it off")
