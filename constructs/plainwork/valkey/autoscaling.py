"""Auto scaling of shards or replicas.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.terraform import Resource
from plainwork.valkey.capacity import Nodes, auto_scaling_problems, literal_number_problems
from plainwork_core.aws.elasticache import (
    MAX_REPLICAS,
    MAX_SHARDS,
    REPLICAS_DIMENSION,
    SCALING_NAMESPACE,
    SCALING_RESOURCE_PREFIX,
    SCALING_TARGETS,
    SHARDS_DIMENSION,
    has_data_tiering,
)
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct


class ShardMetric(Enum):
    """Metric that the number of shards follows."""

    CPU = "ElastiCachePrimaryEngineCPUUtilization"
    MEMORY = "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"
    CAPACITY = "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage"


@frozen()
class ShardScaling:
    """Target tracking of the number of shards.

    Attributes:
        min_capacity: minimum number of shards.
        max_capacity: maximum number of shards, which limits the cost.
        target_value: percent, 35 to 70.
        metric: CPU utilization of the primaries, memory, or for r6gd nodes capacity (memory and SSD).
    """

    min_capacity: int
    max_capacity: int
    target_value: int
    metric: ShardMetric


@frozen()
class ReplicaScaling:
    """Target tracking of the number of replicas of each shard, by their CPU utilization.

    Attributes:
        min_capacity: minimum number of replicas.
        max_capacity: maximum number of replicas, which limits the cost.
        target_value: percent, 35 to 70.
    """

    min_capacity: int
    max_capacity: int
    target_value: int


Scaling = ShardScaling | ReplicaScaling


def scaling_problems(scaling: Any, nodes: Nodes, node_type: str) -> Iterator[str]:
    """Yield the problems of `scaling`, alone and with the nodes that it scales."""
    if scaling is None:
        return
    if not isinstance(scaling, Scaling):
        yield f"scaling must be a ShardScaling or a ReplicaScaling: got {scaling!r}"
        return
    if nodes.shards is None:
        yield "scaling needs cluster mode: set shards, to 1 or more"
    yield from auto_scaling_problems(node_type)
    yield from scalars.whole_number_problems("scaling.target_value", scaling.target_value, *SCALING_TARGETS)
    if isinstance(scaling, ShardScaling):
        yield from _metric_problems(scaling, node_type)
        yield from _capacity_problems(scaling, "shards", nodes.shards, MAX_SHARDS)
    else:
        yield from _capacity_problems(scaling, "replicas", nodes.replicas, MAX_REPLICAS)


def max_nodes(nodes: Nodes, scaling: Scaling | None) -> Nodes:
    """Return the nodes at maximum capacity."""
    match scaling:
        case ShardScaling():
            return replace(nodes, shards=scaling.max_capacity)
        case ReplicaScaling():
            return replace(nodes, replicas=scaling.max_capacity)
    return nodes


def scaled_arguments(scaling: Scaling | None) -> list[str]:
    """Return the arguments that auto scaling changes, so that Terraform must ignore them."""
    match scaling:
        case ShardScaling():
            return ["num_node_groups"]
        case ReplicaScaling():
            return ["replicas_per_node_group"]
    return []


def make_scaling(scope: Construct, name: str, group: Resource, scaling: Scaling) -> None:
    """Create the scaling target and its policy. ElastiCache creates the service-linked role."""
    is_shards = isinstance(scaling, ShardScaling)
    id_, dimension = ("shards", SHARDS_DIMENSION) if is_shards else ("replicas", REPLICAS_DIMENSION)
    target = Resource(
        scope,
        "aws_appautoscaling_target",
        id_,
        service_namespace=SCALING_NAMESPACE,
        resource_id=f"{SCALING_RESOURCE_PREFIX}{group['replication_group_id']}",
        scalable_dimension=dimension,
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
    yield from scalars.enum_problems("scaling.metric", scaling.metric, ShardMetric)
    if scaling.metric is ShardMetric.MEMORY and has_data_tiering(str(node_type)):
        yield (
            "scaling.metric must be ShardMetric.CAPACITY or ShardMetric.CPU for nodes with data tiering, whose memory "
            f"is always full: got {scaling.metric} for {node_type!r}"
        )


def _capacity_problems(scaling: Scaling, name: str, current: Any, most: int) -> Iterator[str]:
    problems = [
        *literal_number_problems("scaling.min_capacity", scaling.min_capacity, 1, most),
        *literal_number_problems("scaling.max_capacity", scaling.max_capacity, 1, most),
    ]
    yield from problems
    if not problems and isinstance(current, int) and not scaling.min_capacity <= current <= scaling.max_capacity:
        yield (
            f"{name} must be between scaling.min_capacity and scaling.max_capacity, {scaling.min_capacity} and "
            f"{scaling.max_capacity}: got {current!r}"
        )
