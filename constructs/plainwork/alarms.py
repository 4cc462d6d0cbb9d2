"""CloudWatch alarms as rows of a table: each construct says what it watches, this writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.terraform import Resource
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from plainwork.terraform import Construct


@dataclass(frozen=True)
class Alarm:
    """What is watched, and when it is too much.

    Attributes:
        name: the last part of the alarm's name and of its address: `evictions`.
        metric_name: as CloudWatch has it, `Evictions`.
        threshold: in the metric's unit.
        description: what it means, and what to do: the person whom it wakes reads this.
        statistic: `Average`, `Maximum`, `Minimum`, `SampleCount`, `Sum`, or a percentile as `p95`.
        comparison_operator: how the metric stands to the threshold in the alarm.
        period: of one data point, in seconds.
        evaluation_periods: that many data points are looked at.
        datapoints_to_alarm: that many of them must be beyond the threshold; None is all.
        treat_missing_data: what no data means: `missing`, `notBreaching`, `breaching` or `ignore`.
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
        """The arguments of `aws_cloudwatch_metric_alarm`; a percentile is an `extended_statistic`."""
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


@dataclass(frozen=True)
class AlarmActions:
    """Whom alarms tell.

    Attributes:
        alarm_actions: ARNs, of SNS topics mostly, told when an alarm goes off; at least one.
        ok_actions: ARNs told when it is over.
    """

    alarm_actions: tuple[str, ...]
    ok_actions: tuple[str, ...] = ()

    def problems(self, name: str) -> Iterator[str]:
        """One sentence for each thing that is no ARN, and one where nobody is told."""
        if not isinstance(self.alarm_actions, tuple | list) or not self.alarm_actions:
            yield f"{name} alarm_actions must be a tuple of at least one ARN: got {self.alarm_actions!r}"
            return
        if not isinstance(self.ok_actions, tuple | list):
            yield f"{name} ok_actions must be a tuple of ARNs: got {self.ok_actions!r}"
            return
        for field in ("alarm_actions", "ok_actions"):
            for each in getattr(self, field):
                yield from identifiers.arn(f"{name} {field}", each)


def alarm_actions_problems(name: str, alarm_actions: Any) -> Iterator[str]:
    """One sentence for each thing that is wrong with whom to tell."""
    if isinstance(alarm_actions, AlarmActions):
        yield from alarm_actions.problems(name)
    else:
        yield f"{name} must be AlarmActions(alarm_actions=('arn:aws:sns:...',)): got {alarm_actions!r}"


def alarm_actions_arguments(alarm_actions: AlarmActions | None) -> dict[str, Any]:
    """The arguments of an alarm that say whom it tells; None is nobody."""
    if alarm_actions is None:
        return {}
    return {"alarm_actions": list(alarm_actions.alarm_actions), "ok_actions": list(alarm_actions.ok_actions) or None}


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
    """One alarm, or one for each key.

    Args:
        scope: the construct that it is made in.
        alarm: the row.
        name: what the alarm's name begins with.
        namespace: of the metric, as `AWS/ElastiCache`.
        dimensions: of the metric.
        alarm_actions: whom to tell; None for an alarm that only a composite one looks at.
        of: which of many, where one row is many alarms: a node, or a side; part of name and address.
        for_each: the set of the keys of as many alarms, as `${toset(local.nodes)}`; `dimensions` has `${each.key}`.
            None is one alarm.
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
