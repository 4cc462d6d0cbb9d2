"""ElastiCache password is hard-coded.

What: a password of an `aws_elasticache_user`, or the `auth_token` of an `aws_elasticache_replication_group`, that is
    written out.
Why: whoever reads the repository, its history or a copy of it has the key to the cache, for as long as nobody changes
    it.
Remedy: no password at all::

        authentication_mode {
          type = "iam"
        }
Limitations: a password that is made or fetched elsewhere is in the state nevertheless, and is not judged. That of a
    variable
    is given when Terraform runs, and a plan does not tell where a value that it knows comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured, is_callers
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.caches.elasticache_user_invalid import USER
from plainwork_policies.caches.groups import GROUP
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_PLACES = ("passwords", "authentication_mode.0.passwords", "auth_token")


def with_passwords(stack: Stack) -> list[Resource]:
    """Return the users and replication groups that have a password."""
    return [each for each in stack.managed(USER, GROUP) if any(_passwords(each))]


@policy(
    "PLW_CACHE_007",
    "elasticache-hardcoded-password",
    aliases=("cache-password-in-code",),
    severity="high",
    subjects=with_passwords,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html",),
)
def elasticache_hardcoded_password(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Judge whether the passwords of *resource* are written out."""
    for path, value in _passwords(resource):
        if isinstance(value, Unknown):
            if is_callers(value):
                yield not_evaluated(path, value)
        elif stack.format == "plan":
            yield not_evaluated(path, "the plan has the password, and does not tell where it comes from")
        else:
            remedy = "sign in with IAM, or take it from a secret; and change it, it is known"
            yield fail(path, "is written out in the code", remedy=remedy)


def _passwords(resource: Resource) -> Iterator[tuple[str, Value]]:
    for path in _PLACES:
        value = configured(resource, path)
        for index, each in enumerate(value if isinstance(value, list) else [value]):
            if each not in (None, ""):
                yield (f"{path}.{index}" if isinstance(value, list) else path), each
