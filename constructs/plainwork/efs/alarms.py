"""What is watched of a file system.

Metrics: https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.alarms import Alarm, make_alarm
from plainwork.efs.throughput import GENERAL_PURPOSE, Bursting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.alarms import AlarmActions
    from plainwork.efs.throughput import Throughput
    from plainwork.terraform import Construct, Resource

_HOUR = 3600
_BURST = 100 * 2**20
"""Bytes a second that every file system can burst at."""

_PERCENT_IO_LIMIT = Alarm(
    name="percent_io_limit",
    metric_name="PercentIOLimit",
    threshold=95,
    description=(
        "The file system is at its limit of operations a second: calls queue. Spread the files over more file systems, "
        "or make fewer and larger requests."
    ),
    period=300,
    evaluation_periods=3,
)
_BURST_CREDIT_BALANCE = Alarm(
    name="burst_credit_balance",
    metric_name="BurstCreditBalance",
    threshold=_BURST * _HOUR,
    description=(
        "Less than an hour of bursting at 100 MiB/s is left: after that throughput falls to 50 KiB/s for each GiB "
        "stored. Change throughput to Elastic() or Provisioned()."
    ),
    statistic="Minimum",
    comparison_operator="LessThanThreshold",
    period=300,
    evaluation_periods=3,
)


def make_alarms(
    scope: Construct,
    file_system: Resource,
    *,
    name: str,
    throughput: Throughput,
    performance_mode: str,
    storage_bytes: int,
    alarm_actions: AlarmActions,
) -> list[Resource]:
    """The alarms that fit how the file system works."""
    by_id: dict[str, str] = {"FileSystemId": file_system["id"]}
    rows: list[tuple[Alarm, dict[str, str]]] = [
        *((row, by_id) for row in _rows(throughput, performance_mode)),
        (_storage_bytes(storage_bytes), {**by_id, "StorageClass": "Total"}),
    ]
    return [
        make_alarm(scope, row, name=name, namespace="AWS/EFS", dimensions=dimensions, alarm_actions=alarm_actions)
        for row, dimensions in rows
    ]


def _rows(throughput: Throughput, performance_mode: str) -> Iterator[Alarm]:
    """Neither metric is sent for the other modes."""
    if performance_mode == GENERAL_PURPOSE:
        yield _PERCENT_IO_LIMIT
    if isinstance(throughput, Bursting):
        yield _BURST_CREDIT_BALANCE


def _storage_bytes(threshold: int) -> Alarm:
    """Over an hour: the metric does not come every minute, and while none comes nothing has changed."""
    return Alarm(
        name="storage_bytes",
        metric_name="StorageBytes",
        threshold=threshold,
        description="More is stored than was foreseen. EFS has no quota to stop it: find what writes, or raise this.",
        period=_HOUR,
        evaluation_periods=1,
        treat_missing_data="missing",
    )
