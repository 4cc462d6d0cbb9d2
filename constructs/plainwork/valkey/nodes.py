"""How many nodes there are, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.valkey.numbers import written_number

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SHARDS, MOST_REPLICAS, MOST_NODES = 500, 5, 500
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html; 90 nodes unless AWS has raised it."""


@dataclass(frozen=True)
class Nodes:
    """The nodes of one replication group.

    Attributes:
        replicas: of each primary.
        shards: in cluster mode; None is one shard, and cluster mode disabled.
    """

    replicas: int
    shards: int | None = None

    def problems(self) -> Iterator[str]:
        """One sentence for each number that ElastiCache would reject, and one where nothing could take over."""
        problems = [*written_number("replicas", self.replicas, 0, MOST_REPLICAS)]
        if self.shards is not None:
            problems += written_number("shards", self.shards, 1, MOST_SHARDS)
        yield from problems
        if problems:
            return
        if self.replicas == 0:
            yield "replicas must be at least 1, because a failover needs a node to fail over to: got 0"
        if self.count > MOST_NODES:
            yield f"shards and replicas must come to at most {MOST_NODES} nodes: got {self.count}"

    @property
    def count(self) -> int:
        """How many nodes there are in all."""
        return (self.shards or 1) * (1 + self.replicas)

    def arguments(self) -> dict[str, Any]:
        """The arguments of `aws_elasticache_replication_group`."""
        if self.shards is None:
            return {"num_cache_clusters": self.count}
        return {
            "cluster_mode": "enabled",
            "num_node_groups": self.shards,
            "replicas_per_node_group": self.replicas,
        }

    def ids(self) -> Iterator[str]:
        """What comes after the replication group's id in the nodes' own: `001`, or `0001-001` in cluster mode.

        These are the CacheClusterIds that metrics have as their dimension. AWS does not document how they are made;
        this is how they were seen: https://github.com/widdix/aws-cf-templates/issues/571,
        https://github.com/DefangLabs/pulumi-defang/pull/352.
        """
        nodes = [f"{node:03}" for node in range(1, self.replicas + 2)]
        if self.shards is None:
            yield from nodes
            return
        for shard in range(1, self.shards + 1):
            yield from (f"{shard:04}-{node}" for node in nodes)
