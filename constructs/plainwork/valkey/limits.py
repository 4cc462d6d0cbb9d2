"""How much a serverless cache may use, and so what it can cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.valkey.numbers import written_number
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_RANGES = {"data_storage": (1, 5_000), "ecpu_per_second": (1_000, 15_000_000)}
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling.html"""


@dataclass(frozen=True)
class UsageLimits:
    """The limits of a serverless cache.

    Attributes:
        data_storage_maximum: in GB, 1 to 5,000; beyond it keys are evicted or writes fail.
        ecpu_per_second_maximum: ElastiCache processing units, 1,000 to 15,000,000; beyond it commands are throttled.
        data_storage_minimum: in GB, paid for whether used or not; None is none.
        ecpu_per_second_minimum: paid for whether used or not; None is none.
    """

    data_storage_maximum: int
    ecpu_per_second_maximum: int
    data_storage_minimum: int | None = None
    ecpu_per_second_minimum: int | None = None

    def problems(self) -> Iterator[str]:
        """One sentence for each limit that ElastiCache would reject."""
        for name, (least, most) in _RANGES.items():
            minimum, maximum = self._both(name)
            problems = [*written_number(f"limits {name}_maximum", maximum, least, most)]
            if minimum is not None:
                problems += identifiers.whole_number(f"limits {name}_minimum", minimum, least, most)
            yield from problems
            if not problems and minimum is not None and not identifiers.is_reference(minimum) and minimum > maximum:
                yield f"limits {name}_minimum must not be above {name}_maximum, which is {maximum}: got {minimum}"

    def arguments(self) -> dict[str, Any]:
        """The block `cache_usage_limits` of `aws_elasticache_serverless_cache`."""
        blocks = {}
        for name in _RANGES:
            minimum, maximum = self._both(name)
            blocks[name] = {"minimum": minimum, "maximum": maximum}
        return {**blocks, "data_storage": {**blocks["data_storage"], "unit": "GB"}}

    def _both(self, name: str) -> tuple[Any, Any]:
        return getattr(self, f"{name}_minimum"), getattr(self, f"{name}_maximum")


def limits_problems(limits: Any) -> Iterator[str]:
    """One sentence for each thing that is wrong with the limits."""
    if isinstance(limits, UsageLimits):
        yield from limits.problems()
    else:
        example = "UsageLimits(data_storage_maximum=10, ecpu_per_second_maximum=5_000)"
        yield f"limits must be {example}, because they are what the cache can cost: got {limits!r}"
