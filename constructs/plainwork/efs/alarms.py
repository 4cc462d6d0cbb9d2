"""CloudWatch alarms of a file system.

Metrics: https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.alarms import Alarm, make_alarm
from plainwork.efs.storage import BURSTING
from plainwork_core.aws.efs import GENERAL_PURPOSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.alarms import AlarmActions
    from plainwork.terraform import Construct, Resource

_HOUR = 3600
_BURST_THROUGHPUT = 100 * 2**20
"""The burst throughput that every file system has, in bytes per second."""

_PERCENT_IO_LIMIT = Alarm(
    name="percent_io_limit",
    metric_name="PercentIOLimit",
    threshold=95,
    description=(
        "The file system is close to its limit of operations per second, and requests are delayed. Distribute the "
        "files over several file systems, or send fewer and larger requests."
    ),
    period=300,
    evaluation_periods=3,
)
_BURST_CREDIT_BALANCE = Alarm(
    name="burst_credit_balance",
    metric_name="BurstCreditBalance",
    threshold=_BURST_THROUGHPUT * _HOUR,
    description=(
        "The burst credits last for less than an hour at 100 MiB/s. Without credits the throughput falls to 50 KiB/s "
        "for each GiB of storage. Set throughput_mode to elastic or provisioned."
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
    throughput_mode: str,
    performance_mode: str,
    storage_bytes_threshold: int,
    alarm_actions: AlarmActions,
) -> list[Resource]:
    """Create the alarms on the metrics that EFS sends for these modes."""
    by_id: dict[str, str] = {"FileSystemId": file_system["id"]}
    rows: list[tuple[Alarm, dict[str, str]]] = [
        *((alarm, by_id) for alarm in _mode_alarms(throughput_mode, performance_mode)),
        (_storage_bytes(storage_bytes_threshold), {**by_id, "StorageClass": "Total"}),
    ]
    return [
        make_alarm(scope, alarm, name=name, namespace="AWS/EFS", dimensions=dimensions, alarm_actions=alarm_actions)
        for alarm, dimensions in rows
    ]


def _mode_alarms(throughput_mode: str, performance_mode: str) -> Iterator[Alarm]:
    """EFS sends PercentIOLimit with General Purpose only, and BurstCreditBalance with Bursting throughput only."""
    if performance_mode == GENERAL_PURPOSE:
        yield _PERCENT_IO_LIMIT
    if throughput_mode == BURSTING:
        yield _BURST_CREDIT_BALANCE


def _storage_bytes(threshold: int) -> Alarm:
    """Evaluated over an hour: EFS does not send StorageBytes every minute, and absent data means no change."""
    return Alarm(
        name="storage_bytes",
        metric_name="StorageBytes",
        threshold=threshold,
        description=(
            "The file system stores more than the threshold of this alarm. EFS has no storage quota: find the client "
            "that writes, or raise storage_bytes_threshold."
        ),
        period=_HOUR,
        evaluation_periods=1,
        treat_missing_data="missing",
    )
