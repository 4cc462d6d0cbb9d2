"""A cache is not encrypted, on the way or at rest.

What: an `aws_elasticache_replication_group` whose `transit_encryption_enabled` is not true, or whose
    `at_rest_encryption_enabled` is false, or unset where it runs `redis`.
Why: passwords and sessions cross the network for everybody on the way to read, and snapshots lie there as they are.
    Encryption at rest is decided when a cache is made.
Fix: say both::

        resource "aws_elasticache_replication_group" "sessions" {
          at_rest_encryption_enabled = true
          transit_encryption_enabled = true
          transit_encryption_mode    = "required"
        }
Limits: `transit_encryption_mode = "preferred"`, which also takes clients in the clear, is a step of a migration and
    passes. Serverless caches are always encrypted, and those of `valkey` at rest unless somebody says otherwise.
Link: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/encryption.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.backends.s3 import is_on
from plainwork_policies.caches.groups import engine_of, replication_groups
from plainwork_policies.connections import given
from plainwork_policies.model import Resource, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.settings import Settings
from plainwork_policies.values import Unknown

_TRANSIT, _REST = "transit_encryption_enabled", "at_rest_encryption_enabled"


@policy("PLW_CACHE_009", "cache-unencrypted", severity="high", subjects=replication_groups)
def cache_unencrypted(cache: Resource, stack: Stack, _settings: Settings) -> Iterator[Finding]:
    """Judge both encryptions of *cache*."""
    engine = engine_of(cache, stack)
    for name, where in ((_TRANSIT, "on the way"), (_REST, "at rest")):
        value = given(cache, name, stack)
        doubt = engine if value is None and name == _REST else value
        if isinstance(doubt, Unknown):
            yield not_evaluated(name, doubt)
        elif not is_on(value) and not (value is None and name == _REST and engine == "valkey"):
            remedy = f"write `{name} = true`"
            said = "is unset" if value is None else "is false"
            yield fail(name, f"{said}: nothing is encrypted {where}", value=value, remedy=remedy)
