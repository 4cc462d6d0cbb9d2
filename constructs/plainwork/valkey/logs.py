"""Slow log and engine log of a replication group, in CloudWatch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.terraform import Resource
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.terraform import Construct

_TYPES = ("slow-log", "engine-log")
_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"""


def retention_problems(days: Any) -> Iterator[str]:
    """One sentence where CloudWatch cannot keep logs for so many days."""
    yield from identifiers.one_of("log_retention_in_days", days, _DAYS)


def make_logs(scope: Construct, name: str, retention_in_days: int) -> list[dict[str, Any]]:
    """The log groups, and the blocks `log_delivery_configuration` that fill them.

    Names begin with /aws/vendedlogs/, so that the account's resource policy for log delivery does not outgrow its 5,120
    characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
    """
    return [_make_log(scope, name, log_type, retention_in_days) for log_type in _TYPES]


def _make_log(scope: Construct, name: str, log_type: str, retention_in_days: int) -> dict[str, Any]:
    group = Resource(
        scope,
        "aws_cloudwatch_log_group",
        log_type.replace("-", "_"),
        name=f"/aws/vendedlogs/elasticache/{name}/{log_type}",
        retention_in_days=retention_in_days,
    )
    return {
        "destination": group["name"],
        "destination_type": "cloudwatch-logs",
        "log_format": "json",
        "log_type": log_type,
    }
