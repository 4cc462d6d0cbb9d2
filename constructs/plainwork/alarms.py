"""CloudWatch alarms as rows of a table: a construct lists its `Alarm` rows, `make_alarm` creates the resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.checks import identifiers
from plainwork.terraform import Resource
from plainwork.terraform.addresses import naming_scope
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from plainwork.terraform import Construct


@frozen()
class Alarm:
    """Metric, threshold and evaluation of one alarm.

    Attributes:
        name: the last part of the alarm's name and of its address: `evictions`.
        metric_name: CloudWatch's name of the metric: `Evictions`.
        threshold: in the metric's unit.
        description: cause and remedy, for the engineer on call.
        statistic: `Average`, `Maximum`, `Minimum`, `SampleCount`, `Sum`, or a percentile such as `p95`.
        comparison_operator: how the metric is compared with the threshold: `GreaterThanThreshold`.
        period: length of one data point, in seconds.
        evaluation_periods: number of data points that CloudWatch evaluates.
        datapoints_to_alarm: number of data points that must breach the threshold; None means all of them.
        treat_missing_data: `missing`, `notBreaching`, `breaching` or `ignore`.
    """

    name: str
    metric_name: str
    threshold: float
    description: str
    statistic: str = "Average"
    comparison_operator: str = "GreaterThanThreshold"
    period: int = 60
    evaluation_periods: int = 5
    datapoints_to_alarm: int | None = None
    treat_missing_data: str = "notBreaching"

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `aws_cloudwatch_metric_alarm`; a percentile is an `extended_statistic`."""
        is_percentile = self.statistic.startswith("p")
        return {
            "alarm_description": self.description,
            "metric_name": self.metric_name,
            "extended_statistic" if is_percentile else "statistic": self.statistic,
            "comparison_operator": self.comparison_operator,
            "threshold": self.threshold,
            "period": self.period,
            "evaluation_periods": self.evaluation_periods,
            "datapoints_to_alarm": self.datapoints_to_alarm,
            "treat_missing_data": self.treat_missing_data,
        }


@dataclass(init=False)
class AlarmActions:
    """Actions of CloudWatch alarms: `stack.alarm_actions = AlarmActions(topic)`.

    Args:
        alarm: the actions when an alarm enters the state ALARM, at least one: ARNs, or resources that have an ARN,
            usually SNS topics.
        ok: the actions when an alarm returns to the state OK; none by default.
    """

    alarm: tuple[str, ...]
    ok: tuple[str, ...]

    def __init__(self, *alarm: str | Resource, ok: Iterable[str | Resource] = ()) -> None:
        self.alarm = tuple(attribute_of(action, "arn") for action in alarm)
        self.ok = tuple(attribute_of(action, "arn") for action in ([ok] if isinstance(ok, str) else ok))

    def problems(self, name: str) -> Iterator[str]:
        """Yield one sentence for each value that is not an ARN.

        Args:
            name: of the argument, for the message.
        """
        if not self.alarm:
            yield f"{name} must have at least one action: got AlarmActions()"
        for arn in (*self.alarm, *self.ok):
            yield from identifiers.arn_problems(name, arn)


def alarm_actions_of(scope: Construct, given: AlarmActions | None) -> Any:
    """Return the given actions, or those of the stack; None if it has none."""
    return given or naming_scope(scope).registry.alarm_actions


def alarm_actions_problems(name: str, alarm_actions: Any) -> Iterator[str]:
    """Yield one sentence for each reason why a value is not valid as `AlarmActions`.

    Args:
        name: of the argument, for the message.
        alarm_actions: the value, or that of the stack; see `alarm_actions_of`.
    """
    if isinstance(alarm_actions, AlarmActions):
        yield from alarm_actions.problems(name)
    elif alarm_actions is None:
        yield f"{name} must be given, or set for the stack before: `stack.alarm_actions = AlarmActions(topic)`"
    else:
        yield f"{name} must be AlarmActions('arn:aws:sns:...'): got {alarm_actions!r}"


def alarm_actions_arguments(alarm_actions: AlarmActions | None) -> dict[str, Any]:
    """Return the arguments `alarm_actions` and `ok_actions` of an alarm; None means an alarm without actions."""
    if alarm_actions is None:
        return {}
    return {"alarm_actions": list(alarm_actions.alarm), "ok_actions": list(alarm_actions.ok) or None}


def make_alarm(
    scope: Construct,
    alarm: Alarm,
    *,
    name: str,
    namespace: str,
    dimensions: Mapping[str, str],
    alarm_actions: AlarmActions | None,
    of: str | None = None,
    for_each: str | None = None,
) -> Resource:
    """Return one alarm, or one for each key of `for_each`.

    Args:
        scope: the construct that contains the alarm.
        alarm: the row.
        name: the first part of the alarm's name.
        namespace: of the metric: `AWS/ElastiCache`.
        dimensions: of the metric.
        alarm_actions: None for an alarm that only a composite alarm reads.
        of: the node or variant that the alarm is for, where one row makes several alarms; part of name and address.
        for_each: an expression for the set of keys, such as `${toset(local.nodes)}`; `dimensions` then contains
            `${each.key}`. None makes one alarm.
    """
    keys = ["${each.key}"] if for_each else []
    parts = [*([of] if of else []), alarm.name]
    return Resource(
        scope,
        "aws_cloudwatch_metric_alarm",
        "_".join(parts),
        for_each=for_each,
        alarm_name="-".join((name, *keys, *parts)),
        namespace=namespace,
        dimensions=dict(dimensions),
        **alarm_actions_arguments(alarm_actions),
        **alarm.arguments(),
    )
