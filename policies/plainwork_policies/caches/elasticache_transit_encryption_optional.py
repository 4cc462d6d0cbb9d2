"""ElastiCache replication group accepts unencrypted connections.

What: An `aws_elasticache_replication_group` with encryption in transit whose `transit_encryption_mode` is `preferred`.
Why: `preferred` accepts connections with and without TLS. A client without TLS sends its password and its keys in plain
    text, and nothing shows it.
Remedy: Set `transit_encryption_mode` to `required`.
Limitations: `preferred` is a step of the migration of an existing cache to TLS; disable the policy until all clients
    use TLS.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, all_conditions, policy
from plainwork_policies.caches.subjects import GROUP, has_own_settings


@policy(
    "PLW_CACHE_014",
    "elasticache-transit-encryption-optional",
    severity="medium",
    on=GROUP,
    where=has_own_settings,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html",),
)
def elasticache_transit_encryption_optional(cache: Resource) -> Findings:
    """Check `transit_encryption_mode`."""
    mode, encryption = cache["transit_encryption_mode"], cache["transit_encryption_enabled"]
    is_optional = (lambda: mode.string(default="") == "preferred", lambda: encryption.bool(default=False))
    if all_conditions(*is_optional):
        message = f"`{mode.path}` is {mode.state}; the cache also accepts connections without TLS"
        yield mode.fail(message, remedy=f'Set `{mode.path} = "required"` when all clients use TLS.')
