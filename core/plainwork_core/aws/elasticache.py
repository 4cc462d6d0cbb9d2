"""Amazon ElastiCache: versions, node types, limits and auto scaling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

MAX_SHARDS, MAX_REPLICAS, MAX_NODES = 500, 5, 500
"""Of one replication group; the default quota is 90 nodes:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html"""

MAX_CONNECTIONS = 65_000
"""Of one node:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/BestPractices.Clients.Redis.Connections.html"""

MAX_SNAPSHOT_RETENTION_DAYS = 35
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html"""

USAGE_LIMITS = {"data_storage": (1, 5_000), "ecpu_per_second": (1_000, 15_000_000)}
"""Smallest and greatest usage limit of a serverless cache, in GB and in ElastiCache processing units:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html"""

MAXMEMORY_POLICY = "maxmemory-policy"
"""The parameter that determines eviction:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html"""

NO_EVICTION = "noeviction"
"""The value of `MAXMEMORY_POLICY` with which writes fail when the memory is full."""

SCALING_NAMESPACE = "elasticache"
SCALING_RESOURCE_PREFIX, SCALING_CLUSTER_PREFIX = "replication-group/", "cache-cluster/"
SHARDS_DIMENSION = "elasticache:replication-group:NodeGroups"
REPLICAS_DIMENSION = "elasticache:replication-group:Replicas"
SCALING_PREFIXES = {
    SHARDS_DIMENSION: SCALING_RESOURCE_PREFIX,
    REPLICAS_DIMENSION: SCALING_RESOURCE_PREFIX,
    "elasticache:cache-cluster:Nodes": SCALING_CLUSTER_PREFIX,
}
"""Arguments of a scalable target:
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"""

SCALING_TARGETS = (35, 70)
"""Smallest and greatest target value, in percent:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Target.html and
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Replicas-Replicas.html"""

SCALABLE_FAMILIES = ("r8g", "r7g", "r6g", "r6gd", "r5", "m8g", "m7g", "m6g", "m5", "c8gn", "c7gn")
SCALABLE_SIZES = ("large", "xlarge", "2xlarge")
"""Node types with auto scaling in November 2026. AWS adds families before its documentation does:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html"""

DURABLE_FAMILIES = ("r8g", "r7g", "r6g", "m8g", "m7g", "m6g", "c8gn", "c7gn")
"""Node types with durability in November 2026:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Durability.Limitations.html"""

DURABLE_FROM = (9, 0)
"""The first version of Valkey with durability; see `DURABLE_FAMILIES`."""

GLOBAL_FAMILIES = ("r7g", "r6g", "r6gd", "r5", "m7g", "m6g", "m5", "c7gn")
SIZES_BELOW_LARGE = ("micro", "small", "medium")
"""Node types of global datastores have one of these families and at least the size large:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html"""

NETWORK_TYPES = ("ipv4", "ipv6", "dual_stack")
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html"""

_FAMILIES_WITHOUT_NITRO = ("t1", "t2", "m1", "m2", "m3", "m4", "c1", "r3", "r4")
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html"""

_VIRTUAL_CPUS = {"micro": 2, "small": 2, "medium": 2, "large": 2, "xlarge": 4}
_VIRTUAL_CPUS_PER_XLARGE = 4
_MULTIPLE_OF_XLARGE = re.compile(r"(\d+)xlarge")
"""Of the current generation: https://aws.amazon.com/elasticache/pricing/"""

NODE_TYPE = re.compile(r"cache\.(?P<family>[a-z]+\d[a-z]*)\.(?P<size>[a-z0-9]+)")
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html"""

REDIS_VERSIONS = ("6.0", "6.2", "7.0", "7.1")
"""From version 6 on, all that there will be: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html"""


class Valkey(Enum):
    """Versions of Valkey on ElastiCache.

    A new version is available in some Regions, for example in China, later than in others; this is not checked.

    Source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
    """

    V7_2 = "7.2"
    V8_0 = "8.0"
    V8_1 = "8.1"
    V8_2 = "8.2"
    V9_0 = "9.0"
    V9_1 = "9.1"

    @property
    def engine_version(self) -> str:
        """Major and minor version, as `aws_elasticache_replication_group` takes it: `8.1`."""
        return str(self.value)

    @property
    def major_engine_version(self) -> str:
        """Major version, as `aws_elasticache_serverless_cache` takes it: `8`."""
        return self.engine_version.partition(".")[0]

    @property
    def number(self) -> tuple[int, ...]:
        """The version as a number to compare: `(8, 1)`."""
        return version_number(self.engine_version)

    @property
    def family(self) -> str:
        """Family of the version's parameter groups: `valkey8`."""
        return f"valkey{self.major_engine_version}"


VALKEY_VERSIONS = tuple(version.engine_version for version in Valkey)

MAJOR_VERSIONS = {
    "memcached": ("1.6",),
    "redis": ("7",),
    "valkey": tuple(dict.fromkeys(version.major_engine_version for version in Valkey)),
}
"""Of serverless caches, as of November 2026; AWS adds versions to all engines but `redis`:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html"""


def version_number(version: str) -> tuple[int, ...]:
    """Return a version as a number to compare: `(8, 1)`. An `x`, as in `6.x`, is 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def is_known_or_newer(version: str, known: Sequence[str]) -> bool:
    """Return whether *known* has *version*, or whether *version* has their form and is later than all of them."""
    newest = known[-1]
    is_newer = version.count(".") == newest.count(".") and version_number(version) > version_number(newest)
    return version in known or is_newer


def virtual_cpus(node_type: str) -> int:
    """Return the number of virtual CPUs of a node type; 0 if its size is not known."""
    size = node_type.rpartition(".")[2]
    multiple = _MULTIPLE_OF_XLARGE.fullmatch(size)
    return int(multiple[1]) * _VIRTUAL_CPUS_PER_XLARGE if multiple else _VIRTUAL_CPUS.get(size, 0)


def is_burstable(node_type: str) -> bool:
    """Return whether nodes of a type are burstable: `cache.t4g.micro`. ElastiCache does not scale them."""
    return node_type.startswith("cache.t")


def has_ipv6(node_type: str) -> bool:
    """Return whether nodes of a type can have IPv6 addresses, as those of the Nitro system can.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html
    """
    found = NODE_TYPE.fullmatch(node_type)
    return found is None or found["family"] not in _FAMILIES_WITHOUT_NITRO


def has_data_tiering(node_type: str) -> bool:
    """Return whether nodes of a type also store data on SSD, which needs `data_tiering_enabled`.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
    """
    return node_type.startswith("cache.r6gd.")


def is_password_rule(rule: str) -> bool:
    """Return whether a word of an access string sets or removes a password: `>secret`.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
    """
    return rule.startswith((">", "<", "#", "!"))
