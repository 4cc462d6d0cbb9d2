"""ElastiCache serverless cache does not have maximum usage limits.

What: an `aws_elasticache_serverless_cache` without a maximum for what it stores or for its ElastiCache Processing Units
    a second.
Why: it grows with whatever writes to it. A loop in a client, or a key that never expires, is seen on the bill.
Remedy: say how much is foreseen::

        resource "aws_elasticache_serverless_cache" "sessions" {
          engine = "valkey"
          name   = "sessions"

          cache_usage_limits {
            data_storage {
              maximum = 10
              unit    = "GB"
            }

            ecpu_per_second {
              maximum = 5000
            }
          }
        }
Limitations: whether a limit is high or low is not judged. At its limit for data the cache evicts, and at that for
    units it
    refuses: watch both.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.caches.groups import SERVERLESS
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_LIMITS = {"data_storage": "what it stores", "ecpu_per_second": "its units a second"}


def serverless_caches(stack: Stack) -> list[Resource]:
    """Return the serverless caches."""
    return stack.managed(SERVERLESS)


@policy(
    "PLW_CACHE_011",
    "elasticache-serverless-limits-missing",
    aliases=("serverless-cache-unlimited",),
    severity="low",
    subjects=serverless_caches,
    links=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html",),
)
def elasticache_serverless_limits_missing(cache: Resource) -> Iterator[Finding]:
    """Judge both limits of *cache*."""
    for name, what in _LIMITS.items():
        path = f"cache_usage_limits.0.{name}.0.maximum"
        value = configured(cache, path)
        if isinstance(value, Unknown):
            yield not_evaluated(path, value)
        elif value is None:
            yield fail(path, f"has no maximum for {what}", remedy=f"set `maximum` in a block `{name}`")
