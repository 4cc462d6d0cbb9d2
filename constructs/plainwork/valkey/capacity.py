"""Capacity of a cache: node type and number of nodes, or the usage limits of a serverless cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import UnverifiedValueWarning, warn
from plainwork_core.aws.elasticache import (
    MAX_NODES,
    MAX_REPLICAS,
    MAX_SHARDS,
    NODE_TYPE,
    SCALABLE_FAMILIES,
    SCALABLE_SIZES,
    USAGE_LIMITS,
    is_burstable,
    virtual_cpus,
)
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


COMPATIBLE = "compatible"
"""The value of `cluster_mode` with which clients can use either protocol:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/modify-cluster-mode.html"""


@frozen()
class Nodes:
    """Number of nodes of one replication group.

    Attributes:
        replicas: replicas of each primary.
        shards: shards in cluster mode; None is one shard with cluster mode disabled.
        cluster_mode: `compatible` on the way from disabled to enabled.
    """

    replicas: int
    shards: int | None = None
    cluster_mode: str | None = None

    def problems(self) -> Iterator[str]:
        """Yield the problems of `replicas`, `shards` and `cluster_mode`."""
        if self.cluster_mode not in (None, COMPATIBLE):
            yield (
                f"cluster_mode must be {COMPATIBLE!r}, or None: shards enables cluster mode, and without shards it is "
                f"disabled: got {self.cluster_mode!r}"
            )
        elif self.cluster_mode and self.shards is not None:
            yield f"cluster_mode must be None with shards, which enables cluster mode: got {self.cluster_mode!r}"
        problems = [*literal_number_problems("replicas", self.replicas, 0, MAX_REPLICAS)]
        if self.shards is not None:
            problems += literal_number_problems("shards", self.shards, 1, MAX_SHARDS)
        yield from problems
        if problems:
            return
        if self.replicas == 0:
            yield "replicas must be at least 1, because a failover needs a replica: got 0"
        if self.count > MAX_NODES:
            yield f"shards and replicas must result in at most {MAX_NODES} nodes: got {self.count}"

    @property
    def count(self) -> int:
        """Number of all nodes."""
        return (self.shards or 1) * (1 + self.replicas)

    @property
    def is_in_cluster_mode(self) -> bool:
        """Whether clients can use the cluster protocol, so that there is a configuration endpoint."""
        return self.shards is not None or self.cluster_mode is not None

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_elasticache_replication_group`."""
        if self.shards is None:
            mode = {"cluster_mode": self.cluster_mode} if self.cluster_mode else {}
            return {**mode, "num_cache_clusters": self.count}
        return {
            "cluster_mode": "enabled",
            "num_node_groups": self.shards,
            "replicas_per_node_group": self.replicas,
        }

    def secondary_arguments(self) -> dict[str, Any]:
        """Return the arguments of a secondary replication group, whose number of shards is the primary's."""
        return {"num_cache_clusters": self.count} if self.shards is None else {"replicas_per_node_group": self.replicas}

    def ids(self) -> Iterator[str]:
        """Yield the last part of each node's id, after the replication group's: `001`, or `0001-001` in cluster mode.

        CloudWatch has the node's id in the dimension `CacheClusterId`. AWS does not document the form; it is the one
        that users observe: https://github.com/widdix/aws-cf-templates/issues/571,
        https://github.com/DefangLabs/pulumi-defang/pull/352.
        """
        nodes = [f"{node:03}" for node in range(1, self.replicas + 2)]
        if self.shards is None:
            yield from nodes
            return
        for shard in range(1, self.shards + 1):
            yield from (f"{shard:04}-{node}" for node in nodes)


@frozen()
class CacheUsageLimits:
    """Usage limits of a serverless cache, which limit its cost.

    Attributes:
        data_storage_maximum: GB, 1 to 5,000; above it ElastiCache evicts keys or rejects writes.
        ecpu_per_second_maximum: ElastiCache processing units, 1,000 to 15,000,000; above it commands are throttled.
        data_storage_minimum: GB, billed even if unused; None is no minimum.
        ecpu_per_second_minimum: ElastiCache processing units, billed even if unused; None is no minimum.
    """

    data_storage_maximum: int
    ecpu_per_second_maximum: int
    data_storage_minimum: int | None = None
    ecpu_per_second_minimum: int | None = None

    def problems(self) -> Iterator[str]:
        """Yield the problems of the limits."""
        for name, (least, most) in USAGE_LIMITS.items():
            minimum, maximum = self._range(name)
            field = f"cache_usage_limits.{name}"
            problems = [*literal_number_problems(f"{field}_maximum", maximum, least, most)]
            if minimum is not None:
                problems += scalars.whole_number_problems(f"{field}_minimum", minimum, least, most)
            yield from problems
            if not problems and minimum is not None and not scalars.is_reference(minimum) and minimum > maximum:
                yield f"{field}_minimum must not be greater than {name}_maximum, which is {maximum}: got {minimum}"

    def arguments(self) -> dict[str, Any]:
        """Return the block `cache_usage_limits` of `aws_elasticache_serverless_cache`."""
        blocks = {}
        for name in USAGE_LIMITS:
            minimum, maximum = self._range(name)
            blocks[name] = {"minimum": minimum, "maximum": maximum}
        return {**blocks, "data_storage": {**blocks["data_storage"], "unit": "GB"}}

    def _range(self, name: str) -> tuple[Any, Any]:
        return getattr(self, f"{name}_minimum"), getattr(self, f"{name}_maximum")


def usage_limit_problems(limits: Any) -> Iterator[str]:
    """Yield the problems of `cache_usage_limits`."""
    if isinstance(limits, CacheUsageLimits):
        yield from limits.problems()
    else:
        example = "CacheUsageLimits(data_storage_maximum=10, ecpu_per_second_maximum=5_000)"
        yield f"cache_usage_limits must be {example}; the limits determine the cost: got {limits!r}"


def node_type_problems(node_type: Any) -> Iterator[str]:
    """Yield the problems of `node_type`. Only form and size are checked, because AWS adds and removes families."""
    if scalars.is_reference(node_type):
        yield f"node_type must be a literal, because alarm thresholds depend on it: got {node_type!r}"
    elif not NODE_TYPE.fullmatch(str(node_type)):
        yield f"node_type must be 'cache.', a family and a size, as 'cache.r7g.large': got {node_type!r}"
    elif virtual_cpus(str(node_type)) == 0:
        yield f"node_type must have a size such as small, large, xlarge or 2xlarge: got {node_type!r}"


def auto_scaling_problems(node_type: Any) -> Iterator[str]:
    """Yield the problems of `node_type` with auto scaling, and warn about a family that AWS does not list."""
    if (found := NODE_TYPE.fullmatch(str(node_type))) is None:
        return
    if is_burstable(found.group()):
        yield f"node_type must not be burstable for auto scaling: got {node_type!r}"
    elif found["family"] not in SCALABLE_FAMILIES:
        warn_of_family(node_type, "may not scale", SCALABLE_FAMILIES)
    elif found["size"] not in SCALABLE_SIZES:
        yield f"node_type must have one of the sizes {', '.join(SCALABLE_SIZES)} for auto scaling: got {node_type!r}"


def warn_of_family(node_type: Any, doubt: str, listed: Sequence[str]) -> None:
    """Warn that ElastiCache may reject a family, which AWS does not list; AWS adds families first."""
    warn(
        f"node_type is {node_type!r}; ElastiCache {doubt} this family: AWS lists {', '.join(listed)}",
        UnverifiedValueWarning,
    )


def literal_number_problems(name: str, value: Any, least: int, most: int) -> Iterator[str]:
    """Yield the problems of a number that alarms are derived from, so that it cannot be a reference."""
    if scalars.is_reference(value):
        yield f"{name} must be a literal, because alarms depend on it: got {value!r}"
    else:
        yield from scalars.whole_number_problems(name, value, least, most)
