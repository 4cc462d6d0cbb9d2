"""CloudWatch alarms and log groups of a cache.

Thresholds are AWS's recommendations where there is one
(https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html), otherwise our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import Alarm, AlarmActions, make_alarm
from plainwork.checks import scalars
from plainwork.terraform import Locals, Resource
from plainwork.valkey.engine import Eviction
from plainwork_core.aws.elasticache import MAX_CONNECTIONS, virtual_cpus
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plainwork.terraform import Construct
    from plainwork.valkey.capacity import CacheUsageLimits

DEFAULT_CONNECTIONS_THRESHOLD = MAX_CONNECTIONS * 8 // 10

_NAMESPACE = "AWS/ElastiCache"
_CPU_PERCENT = 90
_USAGE_PERCENT = 80
_BYTES_PER_GIGABYTE = 1000**3

_LOG_TYPES = ("slow-log", "engine-log")
_LOG_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
"""https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"""

_AUTHENTICATION_FAILURES = Alarm(
    "authentication_failures",
    "AuthenticationFailures",
    0,
    "Authentication failed: expired IAM token, token for another cache, or unknown client.",
    statistic="Sum",
    evaluation_periods=1,
)
_EVICTIONS = Alarm(
    "evictions",
    "Evictions",
    0,
    "Keys that must not be lost are evicted. Add memory, and check whether maxmemory-policy was changed.",
    statistic="Sum",
    evaluation_periods=1,
)


def connections_threshold_problems(threshold: Any) -> Iterator[str]:
    """Yield the problems of `connections_alarm_threshold`."""
    yield from scalars.whole_number_problems("connections_alarm_threshold", threshold, 1, MAX_CONNECTIONS)


def log_retention_problems(days: Any) -> Iterator[str]:
    """Yield the problems of `log_retention_in_days`."""
    yield from scalars.choice_problems("log_retention_in_days", days, _LOG_DAYS)


def make_logs(scope: Construct, name: str, retention_in_days: int) -> list[dict[str, Any]]:
    """Return the log groups, and the `log_delivery_configuration` blocks that write to them.

    Names begin with /aws/vendedlogs/, so that the account's resource policy for log delivery stays below its limit of
    5,120 characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
    """
    return [_make_log(scope, name, log_type, retention_in_days) for log_type in _LOG_TYPES]


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


def make_node_alarms(
    scope: Construct, name: str, nodes: Iterable[str], alarms: Iterable[Alarm], alarm_actions: AlarmActions
) -> None:
    """Return every alarm for every node; ElastiCache has no metrics of a whole replication group."""
    keys = code_of(Locals(scope, nodes=list(nodes))["nodes"])
    dimensions = {"CacheClusterId": f"{name}-${{each.key}}"}
    for alarm in alarms:
        make_alarm(
            scope,
            alarm,
            name=name,
            namespace=_NAMESPACE,
            dimensions=dimensions,
            alarm_actions=alarm_actions,
            for_each=f"${{toset({keys})}}",
        )


def make_serverless_alarms(scope: Construct, name: str, alarms: Iterable[Alarm], alarm_actions: AlarmActions) -> None:
    """Return every alarm of a serverless cache, whose metrics have the dimension `clusterId`.

    No page of AWS was found that states the dimension; users observe it:
    https://github.com/open-constructs/aws-cdk-library/pull/68.
    """
    for alarm in alarms:
        dimensions = {"clusterId": name}
        make_alarm(scope, alarm, name=name, namespace=_NAMESPACE, dimensions=dimensions, alarm_actions=alarm_actions)


def node_alarms(node_type: str, eviction: Eviction, connections: int) -> list[Alarm]:
    """Return the alarms of one node."""
    return [
        *_memory_alarms(eviction),
        *_cpu_alarms(node_type),
        _connections_alarm(connections),
        Alarm(
            "replication_lag",
            "ReplicationLag",
            5,
            "The replica is more than 5 seconds behind its primary; a failover now loses these writes. Find the source "
            "of the writes.",
            statistic="Maximum",
        ),
        _AUTHENTICATION_FAILURES,
    ]


def _memory_alarms(eviction: Eviction) -> Iterator[Alarm]:
    if eviction is Eviction.STORE:
        yield _EVICTIONS
        yield Alarm(
            "memory",
            "DatabaseMemoryUsagePercentage",
            _USAGE_PERCENT,
            f"Memory usage is above {_USAGE_PERCENT} %; writes fail at 100 %. Add shards or use a larger node type.",
        )
    else:
        yield Alarm(
            "memory",
            "DatabaseMemoryUsagePercentage",
            100,
            "Memory usage is above 100 % although keys are evicted. Find what uses memory besides keys, for example "
            "clients that do not read their replies.",
        )


def _cpu_alarms(node_type: str) -> Iterator[Alarm]:
    """Yield the alarms on CPU usage. The engine runs commands on one CPU: with two, the host is full at half."""
    cpus = virtual_cpus(node_type)
    remedy = "Add replicas for reads, shards or a larger node type for writes."
    yield Alarm(
        "engine_cpu",
        "EngineCPUUtilization",
        _CPU_PERCENT,
        f"CPU utilization of the engine is above {_CPU_PERCENT} %. {remedy}",
    )
    threshold = _CPU_PERCENT / cpus if cpus <= 2 else _CPU_PERCENT  # noqa: PLR2004  AWS: 2 vCPUs or less
    yield Alarm(
        "cpu",
        "CPUUtilization",
        threshold,
        f"CPU utilization of the host with {cpus} vCPUs is above {threshold:.0f} %. {remedy}",
    )


def _connections_alarm(threshold: int) -> Alarm:
    return Alarm(
        "connections",
        "CurrConnections",
        threshold,
        f"More than {threshold} of at most {MAX_CONNECTIONS} client connections are open. Use connection pools.",
        statistic="Maximum",
    )


def serverless_alarms(limits: CacheUsageLimits, eviction: Eviction, connections: int) -> Iterator[Alarm]:
    """Yield the alarms of a serverless cache: usage close to a limit, and the effects of a limit."""
    storage, rate = limits.data_storage_maximum, limits.ecpu_per_second_maximum
    if eviction is Eviction.STORE:
        yield _EVICTIONS
    yield Alarm(
        "data_storage",
        "BytesUsedForCache",
        storage * _BYTES_PER_GIGABYTE * _USAGE_PERCENT // 100,
        f"Data storage is above {_USAGE_PERCENT} % of {storage} GB. At the limit keys with a time to live are "
        "evicted, and then writes fail. Raise data_storage_maximum.",
        statistic="Maximum",
    )
    yield Alarm(
        "ecpu",
        "ElastiCacheProcessingUnits",
        rate * 60 * _USAGE_PERCENT // 100,
        f"Usage is above {_USAGE_PERCENT} % of {rate} ECPU per second. At the limit commands are throttled. Raise "
        "ecpu_per_second_maximum.",
        statistic="Sum",
    )
    yield Alarm(
        "throttled_commands",
        "ThrottledCmds",
        0,
        "Commands are throttled: the load is at the limit, or it grows faster than the cache scales.",
        statistic="Sum",
        evaluation_periods=1,
    )
    yield _connections_alarm(connections)
    yield _AUTHENTICATION_FAILURES
