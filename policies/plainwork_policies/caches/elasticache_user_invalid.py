"""ElastiCache user or user group is invalid.

What: An `aws_elasticache_user` with IAM authentication whose `user_name` is not its `user_id`, with passwords together
    with IAM authentication, with no password or more than two with password authentication, or with a password in its
    `access_string`. An `aws_elasticache_user_group` of `redis` without a user named `default`.
Why: `terraform plan` accepts these values. ElastiCache rejects them during apply, or the user cannot authenticate.
Remedy: Set `user_name` to the `user_id`, and use `authentication_mode`.
Limitations: The name of a user that is not defined in this stack is unknown; the user group is then not evaluated. That
    a user group of `valkey` needs no user named `default` is from the documentation of AWS and was not tested.
"""

from __future__ import annotations

from plainwork_core.aws.elasticache import is_password_rule
from plainwork_policies.api import (
    Argument,
    Findings,
    Resource,
    all_conditions,
    check_each,
    is_certain,
    is_same,
    policy,
    some,
)
from plainwork_policies.caches.subjects import USER, WRITE_ONLY_PASSWORDS, engine, is_provided

_DEFAULT = "default"
_MAX_PASSWORDS = 2


@policy(
    "PLW_CACHE_005",
    "elasticache-user-invalid",
    severity="medium",
    on=(USER, "aws_elasticache_user_group"),
    aliases=("cache-user-refused",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",),
)
def elasticache_user_invalid(resource: Resource) -> Findings:
    """Check the authentication of a user, and the default user of a user group."""
    if resource.type == USER:
        checks = (_access_string_problems, _name_problems, _password_problems)
        yield from check_each(checks, lambda check: check(resource))
    else:
        yield from _group_problems(resource)


def _access_string_problems(user: Resource) -> Findings:
    access = user["access_string"]
    if any(map(is_password_rule, access.string(default="").split())):
        message = "`access_string` sets a password; use `authentication_mode`"
        yield access.fail(message, value=None, remedy="Remove the password from `access_string`.")


def _mode(user: Resource) -> str:
    return user["authentication_mode.type"].string(default="")


def _name_problems(user: Resource) -> Findings:
    name, user_id = user["user_name"], user["user_id"]
    if all_conditions(lambda: _mode(user) == "iam", lambda: not is_same(name, user_id)):
        message = (
            f"`user_name` is {name.state}, but `user_id` is {user_id.state}; IAM authentication requires equal values"
        )
        yield name.fail(message, remedy=f"Set `user_name` to {user_id.state}.")


def _password_problems(user: Resource) -> Findings:
    mode, passwords = _mode(user), user["authentication_mode.passwords"]
    remedy = "Set one or two `passwords` with the type `password`, and none with the type `iam`."
    if mode == "iam" and is_provided(passwords):
        message = "`passwords` is set; authentication type `iam` does not support passwords"
        yield passwords.fail(message, value=None, remedy=remedy)
    if mode == "password":
        is_set, count = (
            some((passwords, *(user[name] for name in WRITE_ONLY_PASSWORDS)), is_provided),
            passwords.strings(),
        )
        if not is_set or is_certain(lambda: len(count) > _MAX_PASSWORDS):
            message = f"{len(count)} passwords are set; authentication type `password` requires one or two"
            yield passwords.fail(message, value=None, remedy=remedy)


def _group_problems(group: Resource) -> Findings:
    users = group["user_ids"]
    if all_conditions(lambda: engine(group) == "redis", lambda: not some(users.members(), _is_default)):
        message = f"no user of the `redis` user group has the name `{_DEFAULT}`"
        remedy = f'Add a user named `{_DEFAULT}` with `access_string = "off -@all"`, or set `engine` to `valkey`.'
        yield users.fail(message, value=None, remedy=remedy)


def _is_default(user_id: Argument) -> bool:
    if is_certain(lambda: user_id.string() == _DEFAULT):
        return True
    return user_id.resource(USER, "user_id")["user_name"].string() == _DEFAULT
