"""CloudWatch alarms of each variant, and the composite alarm that gates the next step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from plainwork.alarms import Alarm, alarm_actions_arguments, alarm_actions_of, alarm_actions_problems, make_alarm
from plainwork.canary.load_balancers import APPLICATION
from plainwork.canary.variants import STABLE
from plainwork.errors import ArgumentsError
from plainwork.names import default_name
from plainwork.terraform import Resource
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwork.alarms import AlarmActions
    from plainwork.canary.load_balancers import Kind
    from plainwork.terraform import Construct

ERROR_PERCENT = 1
P95_SECONDS = 1
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_ALARM_TYPES = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
_GATE_DESCRIPTION = (
    "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
)
_WINDOW: dict[str, Any] = {"evaluation_periods": 5, "datapoints_to_alarm": 3}


@frozen()
class Thresholds:
    """Thresholds of a variant's alarms.

    Attributes:
        error_percent: percentage of requests that may result in a 5xx response.
        p95_seconds: 95th percentile of the response time.
    """

    error_percent: float
    p95_seconds: float

    def problems(self) -> Iterator[str]:
        """Yield the problems of the thresholds."""
        yield from _threshold_problems("error_percent", self.error_percent, 100)
        yield from _threshold_problems("p95_seconds", self.p95_seconds, 4000)


class Gate(NamedTuple):
    """The alarms of a gate.

    Attributes:
        composite: the `aws_cloudwatch_composite_alarm`, which has the construct's name.
        alarms: the `aws_cloudwatch_metric_alarm` resources by variant.
    """

    composite: Resource
    alarms: Mapping[str, Sequence[Resource]]


def make_gate(
    scope: Construct,
    kind: Kind,
    dimensions: Mapping[str, dict[str, str]],
    *,
    name: str | None,
    thresholds: Thresholds,
    alarm_actions: AlarmActions | None,
    alarms: Sequence[Resource] = (),
) -> Gate:
    """Create the alarms of each variant, and a composite alarm of those of the canary variants.

    An alarm needs 3 of 5 minutes above its threshold. The stable variant's alarms have actions; of the canary variants
    only the composite alarm has them, so that one fault results in one notification. Missing requests are not an alarm:
    monitor the traffic too.

    The error rate counts the responses of the targets. A load balancer without healthy targets responds itself, which
    CloudWatch does not count for the target group; the alarm on unhealthy hosts covers this
    (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html). Of a
    Network Load Balancer, only the numbers of healthy and unhealthy hosts are metrics of a target group
    (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html).

    Args:
        scope: the canary.
        kind: of the load balancers.
        dimensions: of the metrics, by variant.
        name: first part of the alarms' names; None for the ids of the stack and the canary.
        thresholds: of the alarms.
        alarm_actions: of the alarms; None for those of the stack.
        alarms: other alarms that also gate the next step.

    Raises:
        ArgumentsError: the name, a threshold, an alarm or the actions are invalid.
    """
    actions = alarm_actions_of(scope, alarm_actions)
    name = default_name(scope) if name is None else name
    problems = [
        *_name_problems(name),
        *thresholds.problems(),
        *_other_alarm_problems(alarms),
        *alarm_actions_problems("alarm_actions", actions),
    ]
    if problems:
        raise ArgumentsError(f"the gate of {scope.node.id!r}", problems)
    made = {
        variant: _variant_alarms(
            scope, kind, variant, own, thresholds, name=name, alarm_actions=actions if variant == STABLE else None
        )
        for variant, own in dimensions.items()
    }
    gating = [*(alarm for variant, own in made.items() if variant != STABLE for alarm in own), *alarms]
    composite = Resource(
        scope,
        "aws_cloudwatch_composite_alarm",
        alarm_name=f"{name}-canary",
        alarm_description=_GATE_DESCRIPTION,
        alarm_rule=" OR ".join(f'ALARM("{alarm["alarm_name"]}")' for alarm in gating),
        **alarm_actions_arguments(actions),
    )
    return Gate(composite, made)


def _variant_alarms(
    scope: Construct, kind: Kind, variant: str, dimensions: dict[str, str], thresholds: Thresholds, **common: Any
) -> list[Resource]:
    errors = (
        [_error_alarm(scope, variant, dimensions, thresholds.error_percent, **common)] if kind is APPLICATION else []
    )
    rows = _alarms(variant, thresholds, kind)
    return errors + [
        make_alarm(scope, row, namespace=kind.namespace, dimensions=dimensions, of=variant, **common) for row in rows
    ]


def _alarms(variant: str, thresholds: Thresholds, kind: Kind) -> tuple[Alarm, ...]:
    seconds = thresholds.p95_seconds
    slow = f"The 95th percentile of the response time of the {variant} variant is above {seconds:g} s."
    latency = Alarm("latency", "TargetResponseTime", seconds, slow, statistic="p95", **_WINDOW)
    unhealthy = f"The {variant} variant has unhealthy targets."
    health = Alarm("unhealthy", "UnHealthyHostCount", 0, unhealthy, statistic="Maximum", **_WINDOW)
    return (latency, health) if kind is APPLICATION else (health,)


def _error_alarm(
    scope: Construct,
    variant: str,
    dimensions: dict[str, str],
    error_percent: float,
    *,
    name: str,
    alarm_actions: AlarmActions | None,
) -> Resource:
    """Return the alarm on the error rate; a rate, because the variants have different numbers of requests."""

    def total(id_: str, metric: str) -> dict[str, Any]:
        data = {"namespace": APPLICATION.namespace, "metric_name": metric, "period": 60, "stat": "Sum"}
        return {"id": id_, "metric": {**data, "dimensions": dimensions}}

    description = f"More than {error_percent:g} % of the requests to the {variant} variant result in a 5xx status."
    rate = {"id": "rate", "expression": "100 * FILL(errors, 0) / requests", "label": "5xx in percent"}
    return Resource(
        scope,
        "aws_cloudwatch_metric_alarm",
        f"{variant}_errors",
        alarm_name=f"{name}-{variant}-errors",
        alarm_description=description,
        comparison_operator="GreaterThanThreshold",
        threshold=error_percent,
        treat_missing_data="notBreaching",
        metric_query=[
            {**rate, "return_data": True},
            total("errors", "HTTPCode_Target_5XX_Count"),
            total("requests", "RequestCount"),
        ],
        **alarm_actions_arguments(alarm_actions),
        **_WINDOW,
    )


def _name_problems(name: Any) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"name must be a literal of 1 to 200 letters, digits, '_', '.' and '-': got {name!r}"


def _other_alarm_problems(alarms: Any) -> Iterator[str]:
    for alarm in alarms:
        if not isinstance(alarm, Resource) or alarm.block_type not in _ALARM_TYPES:
            yield f"alarms must be {' or '.join(_ALARM_TYPES)} resources: got {alarm!r}"


def _threshold_problems(argument: str, value: Any, most: float) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < most:
        yield f"{argument} must be a number above 0 and below {most}: got {value!r}"
