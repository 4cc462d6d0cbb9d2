"""Replication of a file system to another Region, and the alarm on its delay.

https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import Alarm, alarm_actions_problems, make_alarm
from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, Resource
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.alarms import AlarmActions

_MINUTE = 60
_TIME_SINCE_LAST_SYNC = Alarm(
    name="time_since_last_sync",
    metric_name="TimeSinceLastSync",
    threshold=15 * _MINUTE,
    description=(
        "The replica is older than 15 minutes, the recovery point that EFS is designed for; after a disaster the newer "
        "changes are lost. Check the status of the replication, and the throughput of both file systems."
    ),
    statistic="Maximum",
    period=5 * _MINUTE,
    evaluation_periods=6,
    treat_missing_data="breaching",
)
"""https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html; the first copy of the data takes longer."""


def replicate(
    scope: Construct,
    file_system: Resource,
    *,
    name: str,
    region: str,
    to_region: str,
    kms_key_id: str | None,
    alarm_actions: AlarmActions | None,
) -> Resource:
    """Create the replication and its alarm; see `FileSystem.replicate`."""
    problems = [
        *_region_problems(to_region, region),
        *identifiers.kms_key_problems("kms_key_id", kms_key_id, to_region),
        *alarm_actions_problems("alarm_actions", alarm_actions),
    ]
    if problems:
        raise ArgumentsError(f"replication of FileSystem {scope.node.id!r}", problems)
    replication = Resource(
        scope,
        "aws_efs_replication_configuration",
        source_file_system_id=file_system["id"],
        destination={"region": to_region, "kms_key_id": kms_key_id},
        lifecycle={"prevent_destroy": True},
    )
    dimensions = {
        "FileSystemId": file_system["id"],
        "DestinationFileSystemId": replication["destination[0].file_system_id"],
    }
    make_alarm(
        scope,
        _TIME_SINCE_LAST_SYNC,
        name=name,
        namespace="AWS/EFS",
        dimensions=dimensions,
        alarm_actions=alarm_actions,
    )
    return replication


def _region_problems(to_region: Any, region: Any) -> Iterator[str]:
    problems = list(identifiers.region_problems("region", to_region))
    yield from problems
    if problems or scalars.is_reference(to_region) or scalars.is_reference(region):
        return
    if to_region == region:
        yield f"region must be another Region than that of the file system: got {to_region!r}"
    elif partition(to_region) != partition(region):
        yield f"region must be in partition {partition(region)!r}, as {region!r} is: got {to_region!r}"
