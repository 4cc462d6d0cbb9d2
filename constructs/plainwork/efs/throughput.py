"""How much throughput a file system has, and so what it costs: one of three modes, none by default.

https://docs.aws.amazon.com/efs/latest/ug/performance.html#throughput-modes
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERAL_PURPOSE, MAX_IO = "generalPurpose", "maxIO"
_MOST_MIBPS = 3414


@dataclass(frozen=True)
class Elastic:
    """As much as is asked for, paid for by the data that is moved. For work that comes in spikes."""

    def arguments(self) -> dict[str, Any]:
        """The arguments of `aws_efs_file_system`."""
        return {"throughput_mode": "elastic"}


@dataclass(frozen=True)
class Bursting:
    """50 KiB/s for each GiB that is stored, and credits for bursts of at least 100 MiB/s: no charge beyond storage."""

    def arguments(self) -> dict[str, Any]:
        """The arguments of `aws_efs_file_system`."""
        return {"throughput_mode": "bursting"}


@dataclass(frozen=True)
class Provisioned:
    """A fixed amount, paid for by the hour whether it is used or not.

    Attributes:
        mibps: the amount in MiB/s, from 1 to 3414; some regions have less.
    """

    mibps: float

    def arguments(self) -> dict[str, Any]:
        """The arguments of `aws_efs_file_system`."""
        return {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": self.mibps}


Throughput = Elastic | Bursting | Provisioned


def throughput_problems(throughput: Any, performance_mode: Any) -> Iterator[str]:
    """One sentence for each thing that EFS would reject.

    https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html: Max I/O is not for Elastic throughput.
    """
    yield from scalars.choice_problems("performance_mode", performance_mode, (GENERAL_PURPOSE, MAX_IO))
    if not isinstance(throughput, Throughput):
        yield f"throughput must be Elastic(), Bursting() or Provisioned(mibps=...): got {throughput!r}"
    elif isinstance(throughput, Provisioned):
        yield from _amount_problems(throughput.mibps)
    elif isinstance(throughput, Elastic) and performance_mode == MAX_IO:
        yield (
            f"performance_mode {MAX_IO!r} cannot be had with throughput Elastic(): use {GENERAL_PURPOSE!r}, which has "
            "the lower latency, or Bursting() or Provisioned(mibps=...)"
        )


def _amount_problems(mibps: Any) -> Iterator[str]:
    if scalars.is_reference(mibps):
        return
    if isinstance(mibps, bool) or not isinstance(mibps, int | float) or not 1 <= mibps <= _MOST_MIBPS:
        yield f"throughput mibps must be a number from 1 to {_MOST_MIBPS}: got {mibps!r}"
