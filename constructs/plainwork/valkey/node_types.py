"""Node types: their form, how many virtual CPUs a size has, and which of them ElastiCache scales."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_NODE_TYPE = re.compile(r"cache\.(?P<family>[a-z]\d[a-z]*)\.(?P<size>[a-z0-9]+)")
_VIRTUAL_CPUS = {
    "micro": 2,
    "small": 2,
    "medium": 2,
    "large": 2,
    "xlarge": 4,
    "2xlarge": 8,
    "4xlarge": 16,
    "8xlarge": 32,
    "12xlarge": 48,
    "16xlarge": 64,
    "24xlarge": 96,
}
"""Of the sizes of the current generation: https://aws.amazon.com/elasticache/pricing/."""

_SCALABLE_FAMILIES = ("r8g", "r7g", "r6g", "r6gd", "r5", "m8g", "m7g", "m6g", "m5", "c8gn", "c7gn")
_SCALABLE_SIZES = ("large", "xlarge", "2xlarge")
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling.html; the list of families grows."""


def node_type_problems(node_type: Any) -> Iterator[str]:
    """One sentence where a value cannot be a node type. Families come and go, so only its form and size are known."""
    if identifiers.is_reference(node_type):
        yield f"node_type must be written out, because thresholds of alarms follow from it: got {node_type!r}"
    elif not (found := _NODE_TYPE.fullmatch(str(node_type))):
        yield f"node_type must be 'cache.', a family and a size, as 'cache.r7g.large': got {node_type!r}"
    elif found["size"] not in _VIRTUAL_CPUS:
        yield f"node_type must have one of the sizes {', '.join(_VIRTUAL_CPUS)}: got {node_type!r}"


def scalable_problems(node_type: Any) -> Iterator[str]:
    """One sentence where ElastiCache has no auto scaling for a node type."""
    found = _NODE_TYPE.fullmatch(str(node_type))
    if found and not (found["family"] in _SCALABLE_FAMILIES and found["size"] in _SCALABLE_SIZES):
        yield (
            f"node_type must be of the families {', '.join(_SCALABLE_FAMILIES)} and the sizes "
            f"{', '.join(_SCALABLE_SIZES)} to be scaled: got {node_type!r}"
        )


def virtual_cpus(node_type: str) -> int:
    """How many virtual CPUs a checked node type has."""
    return _VIRTUAL_CPUS[node_type.rpartition(".")[2]]


def has_data_tiering(node_type: str) -> bool:
    """Whether a node type keeps data on disk too, which then must be said.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
    """
    return node_type.startswith("cache.r6gd.")
