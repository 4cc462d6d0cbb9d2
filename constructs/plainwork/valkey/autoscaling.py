"""Shards or replicas that come and go with the load.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.terraform import Resource
from plainwork.valkey.node_types import has_data_tiering, scalable_problems
from plainwork.valkey.nodes import MOST_REPLICAS, MOST_SHARDS, Nodes
from plainwork.valkey.numbers import written_number
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

_LEAST_TARGET, _MOST_TARGET = 35, 70
_NAMESPACE = "elasticache"
_PREFIX = "elasticache:replication-group"


class ShardMetric(Enum):
    """What shards are added for."""

    CPU = "ElastiCachePrimaryEngineCPUUtilization"
    MEMORY = "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"
    CAPACITY = "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage"


@dataclass(frozen=True)
class ShardScaling:
    """Shards between two numbers, so that a metric stays near its target.

    Attributes:
        min_capacity: the fewest shards.
        max_capacity: the most, which is what they can cost.
        target_value: in percent, 35 to 70.
        metric: CPU of the primaries, MEMORY, or CAPACITY, which is memory and disk, for r6gd nodes.
    """

    min_capacity: int
    max_capacity: int
    target_value: int
    metric: ShardMetric


@dataclass(frozen=True)
class ReplicaScaling:
    """Replicas of each shard between two numbers, so that their CPU stays near its target.

    Attributes:
        min_capacity: the fewest replicas of each shard.
        max_capacity: the most, which is what they can cost.
        target_value: in percent, 35 to 70.
    """

    min_capacity: int
    max_capacity: int
    target_value: int


Scaling = ShardScaling | ReplicaScaling


def scaling_problems(scaling: Any, nodes: Nodes, node_type: str) -> Iterator[str]:
    """One sentence for each thing that auto scaling needs and the replication group has not."""
    if scaling is None:
        return
    if not isinstance(scaling, Scaling):
        yield f"scaling must be a ShardScaling or a ReplicaScaling: got {scaling!r}"
        return
    if nodes.shards is None:
        yield "scaling needs cluster mode: give shards, of which one is enough"
    yield from scalable_problems(node_type)
    yield from identifiers.whole_number("scaling target_value", scaling.target_value, _LEAST_TARGET, _MOST_TARGET)
    if isinstance(scaling, ShardScaling):
        yield from _metric_problems(scaling, node_type)
        yield from _capacity_problems(scaling, "shards", nodes.shards, MOST_SHARDS)
    else:
        yield from _capacity_problems(scaling, "replicas", nodes.replicas, MOST_REPLICAS)


def largest(nodes: Nodes, scaling: Scaling | None) -> Nodes:
    """The nodes that there are when all have come that may."""
    match scaling:
        case ShardScaling():
            return replace(nodes, shards=scaling.max_capacity)
        case ReplicaScaling():
            return replace(nodes, replicas=scaling.max_capacity)
    return nodes


def ignored(scaling: Scaling | None) -> list[str]:
    """What Terraform must leave alone, because ElastiCache changes it."""
    match scaling:
        case ShardScaling():
            return ["num_node_groups"]
        case ReplicaScaling():
            return ["replicas_per_node_group"]
    return []


def make_scaling(scope: Construct, name: str, group: Resource, scaling: Scaling) -> None:
    """The target and its policy. ElastiCache makes the role that both need."""
    of_shards = isinstance(scaling, ShardScaling)
    id_, dimension = ("shards", "NodeGroups") if of_shards else ("replicas", "Replicas")
    target = Resource(
        scope,
        "aws_appautoscaling_target",
        id_,
        service_namespace=_NAMESPACE,
        resource_id=f"replication-group/{group['replication_group_id']}",
        scalable_dimension=f"{_PREFIX}:{dimension}",
        min_capacity=scaling.min_capacity,
        max_capacity=scaling.max_capacity,
    )
    Resource(
        scope,
        "aws_appautoscaling_policy",
        id_,
        name=f"{name}-{id_}",
        policy_type="TargetTrackingScaling",
        service_namespace=target["service_namespace"],
        resource_id=target["resource_id"],
        scalable_dimension=target["scalable_dimension"],
        target_tracking_scaling_policy_configuration={
            "target_value": scaling.target_value,
            "predefined_metric_specification": {"predefined_metric_type": _metric(scaling)},
        },
    )


def _metric(scaling: Scaling) -> str:
    return str(scaling.metric.value) if isinstance(scaling, ShardScaling) else "ElastiCacheReplicaEngineCPUUtilization"


def _metric_problems(scaling: ShardScaling, node_type: str) -> Iterator[str]:
    yield from identifiers.member("scaling metric", scaling.metric, ShardMetric)
    if scaling.metric is ShardMetric.MEMORY and has_data_tiering(str(node_type)):
        yield (
            "scaling metric must be ShardMetric.CAPACITY or ShardMetric.CPU for nodes that keep data on disk too, "
            f"whose memory is always full: got {scaling.metric} for {node_type!r}"
        )


def _capacity_problems(scaling: Scaling, name: str, now: Any, most: int) -> Iterator[str]:
    problems = [
        *written_number("scaling min_capacity", scaling.min_capacity, 1, most),
        *written_number("scaling max_capacity", scaling.max_capacity, 1, most),
    ]
    yield from problems
    if not problems and isinstance(now, int) and not scaling.min_capacity <= now <= scaling.max_capacity:
        yield (
            f"{name} must be from scaling min_capacity to scaling max_capacity, which are {scaling.min_capacity} and "
            f"{scaling.max_capacity}: got {now!r}"
        )
