"""The alarms of each side, and the one that a step waits for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.alarms import Alarm, alarm_actions_arguments, alarm_actions_problems, make_alarm
from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork.references import expression
from plainwork.terraform import Resource
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.alarms import AlarmActions
    from plainwork.terraform import Construct

_NAMESPACE = "AWS/ApplicationELB"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_OWN_ARN = re.compile(r"(data\.)?aws_(lb|alb|lb_target_group|alb_target_group)\.[\w-]+\.arn")
_WINDOW: dict[str, Any] = {"evaluation_periods": 5, "datapoints_to_alarm": 3}
_DO = "Do not take the next step; while the canary side has traffic, go back to 0."


@dataclass(frozen=True)
class ServedBy:
    """Where the requests of a side are counted.

    Attributes:
        load_balancer_arn: of an Application Load Balancer.
        target_group_arn: of its target group that serves the side.
    """

    load_balancer_arn: str
    target_group_arn: str

    def dimensions(self) -> dict[str, str]:
        """As CloudWatch names both."""
        return {"LoadBalancer": _suffix(self.load_balancer_arn), "TargetGroup": _suffix(self.target_group_arn)}

    def problems(self, side: str) -> Iterator[str]:
        """One sentence for each ARN that is none of its kind."""
        yield from elb_arn_problems(f"{side} load_balancer_arn", self.load_balancer_arn, "loadbalancer/app/")
        yield from elb_arn_problems(f"{side} target_group_arn", self.target_group_arn, "targetgroup/")


def elb_arn_problems(field: str, arn: Any, kind: str) -> Iterator[str]:
    """One sentence where a value is no ARN of Elastic Load Balancing whose last part begins so."""
    wrong = list(identifiers.arn_problems(field, arn, "elasticloadbalancing"))
    yield from wrong
    if not wrong and not scalars.is_reference(arn) and not arn.split(":", 5)[5].startswith(kind):
        yield f"{field} must have {kind!r} after the account, for an Application Load Balancer: got {arn!r}"


def make_gate(
    scope: Construct,
    sides: Mapping[str, ServedBy],
    *,
    name: str,
    error_percent: float,
    p95_seconds: float,
    alarm_actions: AlarmActions,
) -> Resource:
    """Three alarms for each side, and a composite one that is in alarm while one of the canary's is.

    An alarm wants 3 bad minutes of 5. The stable side's tell whoever `alarm_actions` names; of the canary's only the
    composite one does, so that one trouble is one message. No requests are no alarm: look at the traffic too.

    Errors are what the targets answered. Where none is there to answer, the load balancer does, and what it answers is
    not counted by target group: that is what the alarm on unhealthy hosts is for
    (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).

    Returns:
        The `aws_cloudwatch_composite_alarm`, which has the construct's name.

    Raises:
        ArgumentsError: a name, an ARN or a threshold that cannot be.
    """
    problems = [
        *_name_problems(name),
        *(problem for side, served in sides.items() for problem in _side_problems(side, served)),
        *_threshold_problems("error_percent", error_percent, 100),
        *_threshold_problems("p95_seconds", p95_seconds, 4000),
        *alarm_actions_problems("alarm_actions", alarm_actions),
    ]
    if problems:
        raise ArgumentsError(f"the gate of {scope.node.id!r}", problems)
    alarms = {
        side: _side_alarms(
            scope,
            side,
            served,
            name=name,
            error_percent=error_percent,
            p95_seconds=p95_seconds,
            alarm_actions=alarm_actions if side == "stable" else None,
        )
        for side, served in sides.items()
    }
    return Resource(
        scope,
        "aws_cloudwatch_composite_alarm",
        alarm_name=f"{name}-canary",
        alarm_description=f"The canary side is in trouble. {_DO}",
        alarm_rule=" OR ".join(f'ALARM("{each["alarm_name"]}")' for each in alarms["canary"]),
        **alarm_actions_arguments(alarm_actions),
    )


def _side_alarms(
    scope: Construct,
    side: str,
    served: ServedBy,
    *,
    name: str,
    error_percent: float,
    p95_seconds: float,
    alarm_actions: AlarmActions | None,
) -> list[Resource]:
    dimensions = served.dimensions()
    common: dict[str, Any] = {"name": name, "alarm_actions": alarm_actions}
    return [
        _error_alarm(scope, side, dimensions, error_percent=error_percent, **common),
        *(
            make_alarm(scope, alarm, namespace=_NAMESPACE, dimensions=dimensions, of=side, **common)
            for alarm in _alarms(side, p95_seconds)
        ),
    ]


def _alarms(side: str, p95_seconds: float) -> tuple[Alarm, ...]:
    slow = f"One in twenty requests to the {side} side takes longer than {p95_seconds:g} s."
    unhealthy = f"The {side} side has targets that fail their health check."
    return (
        Alarm("latency", "TargetResponseTime", p95_seconds, slow, statistic="p95", **_WINDOW),
        Alarm("unhealthy", "UnHealthyHostCount", 0, unhealthy, statistic="Maximum", **_WINDOW),
    )


def _error_alarm(
    scope: Construct,
    side: str,
    dimensions: dict[str, str],
    *,
    name: str,
    error_percent: float,
    alarm_actions: AlarmActions | None,
) -> Resource:
    """A rate, because the two sides never have the same number of requests."""

    def total(id_: str, metric_name: str) -> dict[str, Any]:
        metric = {"namespace": _NAMESPACE, "metric_name": metric_name, "period": 60, "stat": "Sum"}
        return {"id": id_, "metric": {**metric, "dimensions": dimensions}}

    rate = {"id": "rate", "expression": "100 * FILL(errors, 0) / requests", "label": "5xx in percent"}
    return Resource(
        scope,
        "aws_cloudwatch_metric_alarm",
        f"{side}_errors",
        alarm_name=f"{name}-{side}-errors",
        alarm_description=f"More than {error_percent:g} % of the requests to the {side} side end in a 5xx.",
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


def _suffix(arn: str) -> str:
    """What CloudWatch calls a load balancer or a target group: the end of its ARN, `app/web/0123456789abcdef`."""
    if not scalars.is_reference(arn):
        return arn.split(":", 5)[5].removeprefix("loadbalancer/")
    code = code_of(arn) or f'"{arn}"'
    if _OWN_ARN.fullmatch(code):
        return expression(f"{code}_suffix")
    return expression(f'trimprefix(split(":", {code})[5], "loadbalancer/")')


def _name_problems(name: Any) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"name must be 1 to 200 letters, digits, '_', '.' and '-', and no reference: got {name!r}"


def _side_problems(side: str, served: Any) -> Iterator[str]:
    if isinstance(served, ServedBy):
        yield from served.problems(side)
    else:
        yield f"{side} must be ServedBy(load_balancer_arn=..., target_group_arn=...): got {served!r}"


def _threshold_problems(field: str, value: Any, most: float) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < most:
        yield f"{field} must be a number above 0 and below {most}: got {value!r}"
