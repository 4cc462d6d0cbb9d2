"""Sizes of tasks on AWS Fargate.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

MEMORY: dict[int, Collection[int]] = {
    256: (512, 1024, 2048),
    512: range(1024, 4096 + 1, 1024),
    1024: range(2048, 8192 + 1, 1024),
    2048: range(4096, 16384 + 1, 1024),
    4096: range(8192, 30720 + 1, 1024),
    8192: range(16384, 61440 + 1, 4096),
    16384: range(32768, 122880 + 1, 8192),
    32768: (61440, 122880, 249856),
}
"""The amounts of memory in MiB for each number of CPU units."""

_UNITS_PER_VCPU, _MIB_PER_GB = 1024, 1024
_SIZE = re.compile(r"(?P<number>\d{0,400}\.?\d{1,400})\s*(?P<unit>vcpu|gb)?", re.IGNORECASE)


def cpu_units(text: str) -> int | None:
    """Return `cpu` of a task in CPU units, of `1024` or `1 vCPU`; `None` if the text is neither."""
    return _in_units(text, "vcpu", _UNITS_PER_VCPU)


def memory_mib(text: str) -> int | None:
    """Return `memory` of a task in MiB, of `2048` or `2 GB`; `None` if the text is neither."""
    return _in_units(text, "gb", _MIB_PER_GB)


def _in_units(text: str, unit: str, factor: int) -> int | None:
    found = _SIZE.fullmatch(text.strip())
    if found is None or (found["unit"] or unit).lower() != unit:
        return None
    return int(Decimal(found["number"]) * (factor if found["unit"] else 1))
