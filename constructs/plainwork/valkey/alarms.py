"""What is watched: of every node, or of a serverless cache.

Thresholds are AWS's where it names one
(https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html), otherwise ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.alarms import Alarm, AlarmActions, make_alarm
from plainwork.terraform import Locals
from plainwork.valkey.eviction import Eviction
from plainwork.valkey.node_types import virtual_cpus
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plainwork.terraform import Construct
    from plainwork.valkey.limits import UsageLimits

MOST_CONNECTIONS = 65_000
"""https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/BestPractices.Clients.Redis.Connections.html"""

_NAMESPACE = "AWS/ElastiCache"
_BUSY = 90
_NEARLY_FULL = 80
_BYTES_A_GIGABYTE = 1000**3

_AUTHENTICATION_FAILURES = Alarm(
    "authentication_failures",
    "AuthenticationFailures",
    0,
    "Somebody failed to log in: a client whose token has expired or names another cache, or nobody of ours.",
    statistic="Sum",
    evaluation_periods=1,
)
_EVICTIONS = Alarm(
    "evictions",
    "Evictions",
    0,
    "Keys that nobody may lose are being evicted: add memory, and see who changed maxmemory-policy.",
    statistic="Sum",
    evaluation_periods=1,
)


def make_node_alarms(
    scope: Construct, name: str, nodes: Iterable[str], alarms: Iterable[Alarm], alarm_actions: AlarmActions
) -> None:
    """Every alarm for every node of a replication group; metrics of ElastiCache have no dimension for the whole."""
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
    """Every alarm of a serverless cache, whose dimension has another name.

    https://github.com/open-constructs/aws-cdk-library/pull/68
    """
    for alarm in alarms:
        dimensions = {"clusterId": name}
        make_alarm(scope, alarm, name=name, namespace=_NAMESPACE, dimensions=dimensions, alarm_actions=alarm_actions)


def node_alarms(node_type: str, eviction: Eviction, connections: int) -> list[Alarm]:
    """The rows for one node."""
    return [
        *_memory(eviction),
        *_processors(node_type),
        Alarm(
            "connections",
            "CurrConnections",
            connections,
            f"More than {connections} clients are connected, of {MOST_CONNECTIONS} that a node takes: use pools.",
            statistic="Maximum",
        ),
        Alarm(
            "replication_lag",
            "ReplicationLag",
            5,
            "The replica is more than 5 seconds behind, which are lost if it takes over now: see who writes so much.",
            statistic="Maximum",
        ),
        _AUTHENTICATION_FAILURES,
    ]


def _memory(eviction: Eviction) -> Iterator[Alarm]:
    if eviction is Eviction.STORE:
        yield _EVICTIONS
        yield Alarm(
            "memory",
            "DatabaseMemoryUsagePercentage",
            _NEARLY_FULL,
            f"More than {_NEARLY_FULL} % of the memory is used, and writes fail at 100 %: add shards or larger nodes.",
        )
    else:
        yield Alarm(
            "memory",
            "DatabaseMemoryUsagePercentage",
            100,
            "More than all of the memory is used although keys are evicted: what is it beside keys? Look for clients "
            "that do not read their answers.",
        )


def _processors(node_type: str) -> Iterator[Alarm]:
    """The engine runs commands on one CPU, so two are full at half; with more, AWS says to watch the engine."""
    cpus = virtual_cpus(node_type)
    yield Alarm(
        "engine_cpu",
        "EngineCPUUtilization",
        _BUSY,
        f"The engine's CPU is more than {_BUSY} % busy: add replicas for reads, shards or larger nodes for writes.",
    )
    threshold = _BUSY / cpus if cpus <= 2 else _BUSY  # noqa: PLR2004  AWS's words: 2 vCPUs or less
    yield Alarm(
        "cpu",
        "CPUUtilization",
        threshold,
        f"The host's {cpus} CPUs are more than {threshold:.0f} % busy: add replicas for reads, shards or larger nodes "
        "for writes.",
    )


def serverless_alarms(limits: UsageLimits, eviction: Eviction, connections: int) -> Iterator[Alarm]:
    """The rows for a serverless cache: what it is capped at, and what shows that a cap is in force."""
    storage, rate = limits.data_storage_maximum, limits.ecpu_per_second_maximum
    if eviction is Eviction.STORE:
        yield _EVICTIONS
    yield Alarm(
        "data_storage",
        "BytesUsedForCache",
        storage * _BYTES_A_GIGABYTE * _NEARLY_FULL // 100,
        f"More than {_NEARLY_FULL} % of {storage} GB is used; at the limit keys that have a time to live are evicted, "
        "and then writes fail: raise the limit.",
        statistic="Maximum",
    )
    yield Alarm(
        "ecpu",
        "ElastiCacheProcessingUnits",
        rate * 60 * _NEARLY_FULL // 100,
        f"More than {_NEARLY_FULL} % of {rate} ECPU a second are used; at the limit commands are throttled: raise the "
        "limit.",
        statistic="Sum",
    )
    yield Alarm(
        "throttled_commands",
        "ThrottledCmds",
        0,
        "Commands were throttled: the load is at the limit, or grows faster than the cache.",
        statistic="Sum",
        evaluation_periods=1,
    )
    yield Alarm(
        "connections",
        "CurrConnections",
        connections,
        f"More than {connections} clients are connected, of {MOST_CONNECTIONS} that the cache takes: use pools.",
        statistic="Maximum",
    )
    yield _AUTHENTICATION_FAILURES
