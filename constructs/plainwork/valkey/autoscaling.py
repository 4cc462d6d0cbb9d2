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


class ScalingMetric(Enum):
    """Metric of target tracking, which also determines what is scaled.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Target.html
    """

    PRIMARY_CPU = "ElastiCachePrimaryEngineCPUUtilization"
    """CPU utilization of the primaries; scales shards."""

    MEMORY = "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage"
    """Memory; scales shards."""

    CAPACITY = "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage"
    """Memory and SSD of r6gd nodes; scales shards."""

    REPLICA_CPU = "ElastiCacheReplicaEngineCPUUtilization"
    """CPU utilization of the replicas; scales the replicas of each shard."""

    @property
    def scales_shards(self) -> bool:
        """Whether the number of shards follows the metric, and not the number of replicas."""
        return self is not ScalingMetric.REPLICA_CPU


@frozen()
class Scaling:
    """Target tracking of the number of shards, or of the replicas of each shard.

    Attributes:
        metric: the metric that the number follows; it determines what is scaled.
        target_value: percent, 35 to 70.
        min_capacity: minimum number of shards or replicas.
        max_capacity: maximum number of shards or replicas, which limits the cost.
    """

    metric: ScalingMetric
    target_value: int
    min_capacity: int
    max_capacity: int


def scaling_problems(scaling: Any, nodes: Nodes, node_type: str) -> Iterator[str]:
    """Yield the problems of `scaling`, alone and with the nodes that it scales."""
    if scaling is None:
        return
    if not isinstance(scaling, Scaling):
        example = "Scaling(ScalingMetric.MEMORY, target_value=60, min_capacity=2, max_capacity=4)"
        yield f"scaling must be such as {example}: got {scaling!r}"
        return
    if nodes.shards is None:
        yield "scaling needs cluster mode: set shards, to 1 or more"
    yield from auto_scaling_problems(node_type)
    yield from scalars.whole_number_problems("scaling.target_value", scaling.target_value, *SCALING_TARGETS)
    problems = [*scalars.enum_problems("scaling.metric", scaling.metric, ScalingMetric)]
    yield from problems
    if problems:
        return
    if scaling.metric is ScalingMetric.MEMORY and has_data_tiering(str(node_type)):
        yield (
            "scaling.metric must be ScalingMetric.CAPACITY or a CPU metric for nodes with data tiering, whose memory "
            f"is always full: got {scaling.metric} for {node_type!r}"
        )
    if scaling.metric.scales_shards:
        yield from _capacity_problems(scaling, "shards", nodes.shards, MAX_SHARDS)
    else:
        yield from _capacity_problems(scaling, "replicas", nodes.replicas, MAX_REPLICAS)


def max_nodes(nodes: Nodes, scaling: Scaling | None) -> Nodes:
    """Return the nodes at maximum capacity."""
    if scaling is None:
        return nodes
    if scaling.metric.scales_shards:
        return replace(nodes, shards=scaling.max_capacity)
    return replace(nodes, replicas=scaling.max_capacity)


def scaled_arguments(scaling: Scaling | None) -> list[str]:
    """Return the arguments that auto scaling changes, so that Terraform must ignore them."""
    if scaling is None:
        return []
    return ["num_node_groups" if scaling.metric.scales_shards else "replicas_per_node_group"]


def make_scaling(scope: Construct, name: str, group: Resource, scaling: Scaling) -> None:
    """Create the scaling target and its policy. ElastiCache creates the service-linked role."""
    shards = scaling.metric.scales_shards
    id_, dimension = ("shards", SHARDS_DIMENSION) if shards else ("replicas", REPLICAS_DIMENSION)
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
            "predefined_metric_specification": {"predefined_metric_type": scaling.metric.value},
        },
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
