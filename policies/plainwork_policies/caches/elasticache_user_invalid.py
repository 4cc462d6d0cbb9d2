"""ElastiCache user or user group is invalid.

What: an `aws_elasticache_user` that signs in with IAM and whose `user_name` is not its `user_id`; one with passwords
    beside IAM, without one where it needs one, with more than two, or with one in its `access_string`; a user group of
    `redis` in which nobody is named `default`.
Why: the AWS provider takes them all. The plan is green, and the apply stops half way; or a user is there, and no token
    is ever right for it.
Remedy: one name, and no password::

        resource "aws_elasticache_user" "web" {
          engine        = "valkey"
          user_id       = "sessions-web"
          user_name     = "sessions-web"
          access_string = "on ~session:* +@read +@write"

          authentication_mode {
            type = "iam"
          }
        }
Limitations: of a group, users that are not in the stack may be named anything, and leave the verdict open. That a
    group of
    `valkey` needs no such user is from its documentation, and was not tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.elasticache import is_password_rule
from plainwork_core.model.connections import configured, resolve_reference
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

USER, _GROUP = "aws_elasticache_user", "aws_elasticache_user_group"
_MODE, _PASSWORDS, _MOST_PASSWORDS = "authentication_mode.0.type", "authentication_mode.0.passwords", 2


def users_and_groups(stack: Stack) -> list[Resource]:
    """Return the users and the user groups."""
    return stack.managed(USER, _GROUP)


@policy(
    "PLW_CACHE_005",
    "elasticache-user-invalid",
    aliases=("cache-user-refused",),
    severity="medium",
    subjects=users_and_groups,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",),
)
def elasticache_user_invalid(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge a user by how it signs in, and a group by whether it has a default user."""
    yield from _of_user(resource) if resource.type == USER else _of_group(resource, stack)


def _of_user(user: Resource) -> Iterator[Finding]:
    access, mode = user.get("access_string"), configured(user, _MODE)
    if isinstance(access, str) and any(map(is_password_rule, access.split())):
        remedy = "leave it out: `authentication_mode` says how a user signs in"
        yield fail("access_string", "says how the user signs in, which ElastiCache refuses there", remedy=remedy)
    if isinstance(mode, Unknown):
        yield not_evaluated(_MODE, mode)
        return
    name, id_ = user.get("user_name"), user.get("user_id")
    if mode == "iam" and isinstance(name, str) and isinstance(id_, str) and name != id_:
        message = f"signs in with IAM as `{name}`, but its id is `{id_}`: ElastiCache wants one name for both"
        yield fail("user_name", message, value=name, remedy="write the same as `user_name` and `user_id`")
    if problem := _password_problem(mode, user.get(_PASSWORDS)):
        yield fail(_PASSWORDS, problem, remedy="one or two with `password`, none with any other type")


def _password_problem(mode: Value, passwords: Value) -> str | None:
    if isinstance(passwords, Unknown):
        return None if mode != "iam" else "signs in with IAM and has passwords"
    count = len(passwords) if isinstance(passwords, list) else 0
    if mode == "password" and not 1 <= count <= _MOST_PASSWORDS:
        return f"signs in with one password or two, and has {count}"
    return "signs in with IAM and has passwords" if mode == "iam" and count else None


def _of_group(group: Resource, stack: Stack) -> Iterator[Finding]:
    path, engine, ids = "user_ids", group.get("engine"), configured(group, "user_ids")
    if isinstance(engine, str) and engine.lower() != "redis":
        return
    users = [resolve_reference(group, each, stack, USER, "user_id") for each in ids] if isinstance(ids, list) else [ids]
    names = [each.get("user_name") if isinstance(each, Resource) else each for each in users]
    if any(isinstance(name, str) and name == "default" for name in names) or "default" in _known(ids):
        return
    if doubt := [each for each in (engine, *names) if isinstance(each, Unknown)]:
        yield not_evaluated(path, doubt[0])
        return
    message = "has no user named `default`, which a group of `redis` has to have"
    yield fail(path, message, remedy="add one that is `off -@all`, or make it a group of `valkey`")


def _known(ids: Value) -> list[str]:
    return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else []
