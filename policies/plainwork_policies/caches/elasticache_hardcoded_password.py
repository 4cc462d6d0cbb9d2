"""ElastiCache password is hard-coded.

What: A password of an `aws_elasticache_user` (`passwords` or `passwords_wo`), or the `auth_token` or `auth_token_wo` of
    an `aws_elasticache_replication_group`, that is a literal value.
Why: Anyone who can read the repository, its history or a copy of it can authenticate, until the password is changed.
Remedy: Use IAM authentication, which needs no password.
Limitations: A password that is generated or read from a secret passes, although the state contains it. The value of a
    variable is not in the configuration, and a plan does not show the source of a value.
"""

from __future__ import annotations

from plainwork_policies.api import Argument, Findings, Resource, check_each, policy
from plainwork_policies.caches.subjects import GROUP, USER, is_provided


def passwords(resource: Resource) -> list[Argument]:
    """Return the passwords that are configured, known or not."""
    lists = (resource["passwords"], resource["authentication_mode.passwords"])
    single = [resource[name] for name in ("passwords_wo", "auth_token", "auth_token_wo")]
    found = [*(password for passwords in lists for password in passwords.members()), *single]
    return [password for password in found if password.raw not in (None, "")]


@policy(
    "PLW_CACHE_007",
    "elasticache-hardcoded-password",
    severity="high",
    on=(USER, GROUP),
    where=lambda resource: bool(passwords(resource)),
    aliases=("cache-password-in-code",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",),
)
def elasticache_hardcoded_password(resource: Resource) -> Findings:
    """Check each password."""
    yield from check_each(passwords(resource), _password_problems)


def _password_problems(password: Argument) -> Findings:
    if not is_provided(password) or not isinstance(password.raw, str):
        return
    if password.block.stack.format == "plan":
        raise password.not_evaluated("a plan does not show the source of a password; check the configuration")
    remedy = "Use `authentication_mode` of type `iam`, or a secret; rotate the password."
    yield password.fail(f"`{password.name}` is a literal value", value=None, remedy=remedy)
