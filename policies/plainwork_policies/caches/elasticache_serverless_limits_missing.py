"""ElastiCache serverless cache does not have maximum usage limits.

What: An `aws_elasticache_serverless_cache` without a maximum for its data storage or for its ElastiCache Processing
    Units (ECPU) per second.
Why: The cache grows with its clients. A loop in a client, or keys that never expire, then increase the cost without a
    limit.
Remedy: Set `maximum` for both limits.
Limitations: The values of the limits are not checked. At the limit of data storage the cache evicts keys; at the limit
    of ECPU it rejects requests. Monitor both.
"""

from __future__ import annotations

from plainwork_core.aws.elasticache import USAGE_LIMITS
from plainwork_policies.api import Argument, Findings, Resource, check_each, policy
from plainwork_policies.caches.subjects import SERVERLESS


@policy(
    "PLW_CACHE_011",
    "elasticache-serverless-limits-missing",
    severity="low",
    on=SERVERLESS,
    aliases=("serverless-cache-unlimited",),
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html",),
)
def elasticache_serverless_limits_missing(cache: Resource) -> Findings:
    """Check both limits."""

    def problems(name: str) -> Findings:
        maximum: Argument = cache[f"cache_usage_limits.{name}.maximum"]
        if maximum.number(default=None) is None:
            remedy = f"Set `maximum` in the block `{name}` of `cache_usage_limits`."
            yield maximum.fail(f"`maximum` of `{name}` is not set", remedy=remedy)

    yield from check_each(USAGE_LIMITS, problems)
