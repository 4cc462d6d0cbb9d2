"""Throughput mode, performance mode and lifecycle policy of a file system.

https://docs.aws.amazon.com/efs/latest/ug/performance.html#throughput-modes and
https://docs.aws.amazon.com/efs/latest/ug/API_PutLifecycleConfiguration.html
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import UnverifiedValueWarning, warn
from plainwork_core.aws.efs import GENERAL_PURPOSE, MAX_IO
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTA_MIBPS = 3414
"""Default quota of the largest Regions: https://docs.aws.amazon.com/efs/latest/ug/limits.html"""

_AGES = ("AFTER_1_DAY", *(f"AFTER_{days}_DAYS" for days in (7, 14, 30, 60, 90, 180, 270, 365)))
_TRANSITIONS = {
    "transition_to_ia": _AGES,
    "transition_to_archive": _AGES,
    "transition_to_primary_storage_class": ("AFTER_1_ACCESS",),
}


@frozen()
class ElasticThroughput:
    """Throughput that follows the workload; AWS bills the transferred data. For workloads with peaks."""

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_efs_file_system`."""
        return {"throughput_mode": "elastic"}


@frozen()
class BurstingThroughput:
    """50 KiB/s for each GiB of storage, and burst credits for at least 100 MiB/s; AWS bills storage only."""

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_efs_file_system`."""
        return {"throughput_mode": "bursting"}


@frozen()
class ProvisionedThroughput:
    """A fixed throughput; AWS bills it by the hour, used or not.

    Attributes:
        mibps: the throughput in MiB/s, at least 1. Above 3414, the highest default quota, it results in an
            `UnverifiedValueWarning`. Some Regions have a lower quota.
    """

    mibps: float

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_efs_file_system`."""
        return {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": self.mibps}


ThroughputMode = ElasticThroughput | BurstingThroughput | ProvisionedThroughput


@frozen()
class LifecyclePolicy:
    """Transitions between EFS storage classes.

    Attributes:
        transition_to_ia: age at which a file that is not read moves to Infrequent Access: `AFTER_1_DAY`, or
            `AFTER_n_DAYS` with 7, 14, 30, 60, 90, 180, 270 or 365. None is never. AWS bills reads from there.
        transition_to_archive: age at which it moves to Archive, later than `transition_to_ia`. Requires
            `ElasticThroughput()`.
        transition_to_primary_storage_class: `AFTER_1_ACCESS` moves a file back at the next read. None is never.
    """

    transition_to_ia: str | None = None
    transition_to_archive: str | None = None
    transition_to_primary_storage_class: str | None = None

    def blocks(self) -> list[dict[str, str]]:
        """Return the `lifecycle_policy` blocks, each with one transition, as EFS requires."""
        return [{name: value} for name, value in asdict(self).items() if value is not None]

    def problems(self, throughput_mode: ThroughputMode) -> Iterator[str]:
        """Yield one message for each transition that EFS rejects."""
        for name, choices in _TRANSITIONS.items():
            value = getattr(self, name)
            if value is not None:
                yield from scalars.choice_problems(f"lifecycle_policy.{name}", value, choices)
        if self.transition_to_archive is None:
            return
        if not isinstance(throughput_mode, ElasticThroughput):
            yield (
                "lifecycle_policy.transition_to_archive requires throughput_mode ElasticThroughput(): "
                f"got {throughput_mode!r}"
            )
        are_ages = self.transition_to_archive in _AGES and self.transition_to_ia in _AGES
        if are_ages and _AGES.index(self.transition_to_archive) <= _AGES.index(self.transition_to_ia):
            yield (
                f"lifecycle_policy.transition_to_archive must be later than transition_to_ia {self.transition_to_ia}: "
                f"got {self.transition_to_archive!r}"
            )


def throughput_problems(throughput_mode: Any, performance_mode: Any) -> Iterator[str]:
    """Yield one message for each value that EFS rejects.

    https://docs.aws.amazon.com/efs/latest/ug/performance.html#performancemodes: Elastic throughput does not support
    Max I/O.
    """
    yield from scalars.choice_problems("performance_mode", performance_mode, (GENERAL_PURPOSE, MAX_IO))
    if not isinstance(throughput_mode, ThroughputMode):
        yield (
            "throughput_mode must be ElasticThroughput(), BurstingThroughput() or ProvisionedThroughput(mibps=...): "
            f"got {throughput_mode!r}"
        )
    elif isinstance(throughput_mode, ProvisionedThroughput):
        yield from _mibps_problems(throughput_mode.mibps)
    elif isinstance(throughput_mode, ElasticThroughput) and performance_mode == MAX_IO:
        yield (
            f"performance_mode {MAX_IO!r} is not supported with throughput_mode ElasticThroughput(): use "
            f"{GENERAL_PURPOSE!r}, which has the lower latency, or another throughput_mode"
        )


def lifecycle_problems(lifecycle_policy: Any, throughput_mode: ThroughputMode) -> Iterator[str]:
    """Yield one message for each reason that a value is not a lifecycle policy for this throughput mode."""
    if isinstance(lifecycle_policy, LifecyclePolicy):
        yield from lifecycle_policy.problems(throughput_mode)
    else:
        example = "LifecyclePolicy(transition_to_ia='AFTER_30_DAYS')"
        yield f"lifecycle_policy must be a LifecyclePolicy, as {example}: got {lifecycle_policy!r}"


def _mibps_problems(mibps: Any) -> Iterator[str]:
    if scalars.is_reference(mibps):
        return
    if isinstance(mibps, bool) or not isinstance(mibps, int | float) or mibps < 1:
        yield f"throughput_mode.mibps must be a number of at least 1: got {mibps!r}"
    elif mibps > _QUOTA_MIBPS:
        warn(
            f"throughput_mode.mibps is {mibps}; more than {_QUOTA_MIBPS} MiB/s requires a higher quota of the account",
            UnverifiedValueWarning,
        )
