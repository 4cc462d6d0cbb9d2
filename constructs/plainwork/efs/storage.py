"""Throughput mode, performance mode and lifecycle policy of a file system.

https://docs.aws.amazon.com/efs/latest/ug/performance.html#throughput-modes and
https://docs.aws.amazon.com/efs/latest/ug/API_PutLifecycleConfiguration.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import UnverifiedValueWarning, warn
from plainwork_core.aws.efs import GENERAL_PURPOSE, MAX_IO
from plainwork_core.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

ELASTIC, BURSTING, PROVISIONED = "elastic", "bursting", "provisioned"
_MIBPS = "provisioned_throughput_in_mibps"
_QUOTA_MIBPS = 3414
"""Default quota of the largest Regions: https://docs.aws.amazon.com/efs/latest/ug/limits.html"""

_IA, _ARCHIVE = "transition_to_ia", "transition_to_archive"
_AGES = ("AFTER_1_DAY", *(f"AFTER_{days}_DAYS" for days in (7, 14, 30, 60, 90, 180, 270, 365)))
_TRANSITIONS = {_IA: _AGES, _ARCHIVE: _AGES, "transition_to_primary_storage_class": ("AFTER_1_ACCESS",)}


def lifecycle_blocks(lifecycle_policy: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the `lifecycle_policy` blocks, each with one transition, as EFS requires, in the order of the schema."""
    return [{name: lifecycle_policy[name]} for name in _TRANSITIONS if name in lifecycle_policy]


def throughput_problems(throughput_mode: Any, mibps: Any, performance_mode: Any, *, one_zone: bool) -> Iterator[str]:
    """Yield one message for each value that EFS rejects.

    Max I/O is not supported with Elastic throughput nor in One Zone file systems:
    https://docs.aws.amazon.com/efs/latest/ug/performance.html#performancemodes
    """
    yield from scalars.choice_problems("performance_mode", performance_mode, (GENERAL_PURPOSE, MAX_IO))
    if scalars.is_reference(throughput_mode):
        yield f"throughput_mode must be a literal, because alarms depend on it: got {throughput_mode!r}"
    yield from scalars.choice_problems("throughput_mode", throughput_mode, (ELASTIC, BURSTING, PROVISIONED))
    if throughput_mode == PROVISIONED:
        yield from _mibps_problems(mibps)
    elif mibps is not None:
        yield f"{_MIBPS} must not be set with throughput_mode {throughput_mode!r}: got {mibps!r}"
    if performance_mode == MAX_IO and throughput_mode == ELASTIC:
        yield (
            f"performance_mode {MAX_IO!r} is not supported with throughput_mode {ELASTIC!r}: use "
            f"{GENERAL_PURPOSE!r}, which has the lower latency, or another throughput_mode"
        )
    if performance_mode == MAX_IO and one_zone:
        yield f"performance_mode {MAX_IO!r} is not supported in one Availability Zone: use {GENERAL_PURPOSE!r}"


def lifecycle_problems(lifecycle_policy: Any, throughput_mode: Any) -> Iterator[str]:
    """Yield one message for each transition that EFS rejects with this throughput mode."""
    if not isinstance(lifecycle_policy, Mapping):
        yield f"lifecycle_policy must be transitions, as {{{_IA!r}: 'AFTER_30_DAYS'}}: got {lifecycle_policy!r}"
        return
    for name, value in lifecycle_policy.items():
        if name in _TRANSITIONS:
            yield from scalars.choice_problems(f"lifecycle_policy[{name!r}]", value, _TRANSITIONS[name])
        else:
            yield f"lifecycle_policy has no transition {name!r}{did_you_mean(str(name), _TRANSITIONS)}"
    if _ARCHIVE in lifecycle_policy:
        yield from _archive_problems(lifecycle_policy[_ARCHIVE], lifecycle_policy.get(_IA), throughput_mode)


def _archive_problems(archive: Any, ia: Any, throughput_mode: Any) -> Iterator[str]:
    if throughput_mode != ELASTIC:
        yield f"lifecycle_policy[{_ARCHIVE!r}] requires throughput_mode {ELASTIC!r}: got {throughput_mode!r}"
    if archive in _AGES and ia in _AGES and _AGES.index(archive) <= _AGES.index(ia):
        yield f"lifecycle_policy[{_ARCHIVE!r}] must be later than {_IA} {ia}: got {archive!r}"


def _mibps_problems(mibps: Any) -> Iterator[str]:
    if scalars.is_reference(mibps):
        return
    if isinstance(mibps, bool) or not isinstance(mibps, int | float) or mibps < 1:
        yield f"{_MIBPS} must be a number of at least 1 with throughput_mode {PROVISIONED!r}: got {mibps!r}"
    elif mibps > _QUOTA_MIBPS:
        warn(
            f"{_MIBPS} is {mibps}; more than {_QUOTA_MIBPS} MiB/s requires a higher quota of the account",
            UnverifiedValueWarning,
        )
