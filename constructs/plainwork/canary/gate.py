"""CloudWatch alarms of each variant, and the composite alarm that gates the next step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.alarms import Alarm, alarm_actions_arguments, alarm_actions_of, alarm_actions_problems, make_alarm
from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork.references import expression
from plainwork.terraform import Resource
from plainwork_core.frozen import frozen
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.alarms import AlarmActions
    from plainwork.terraform import Construct

_NAMESPACE = "AWS/ApplicationELB"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_OWN_ARN = re.compile(r"(data\.)?aws_(lb|alb|lb_target_group|alb_target_group)\.[\w-]+\.arn")
_GATE_DESCRIPTION = (
    "An alarm of the canary variant is active. Do not take the next step; roll back if the variant has traffic."
)
_WINDOW: dict[str, Any] = {"evaluation_periods": 5, "datapoints_to_alarm": 3}


@frozen()
class TargetGroupMetrics:
    """CloudWatch dimensions of a variant.

    Attributes:
        load_balancer_arn: ARN of an Application Load Balancer.
        target_group_arn: ARN of the variant's target group on that load balancer.
    """

    load_balancer_arn: str
    target_group_arn: str

    def dimensions(self) -> dict[str, str]:
        """Return the dimensions of the metrics."""
        return {"LoadBalancer": _suffix(self.load_balancer_arn), "TargetGroup": _suffix(self.target_group_arn)}

    def problems(self, variant: str) -> Iterator[str]:
        """Yield the problems of the ARNs."""
        yield from elb_arn_problems(f"{variant}.load_balancer_arn", self.load_balancer_arn, "loadbalancer/app/")
        yield from elb_arn_problems(f"{variant}.target_group_arn", self.target_group_arn, "targetgroup/")


def elb_arn_problems(argument: str, arn: Any, prefix: str) -> Iterator[str]:
    """Yield the problem of a value that is not an ARN of Elastic Load Balancing with this *prefix* of the resource."""
    problems = list(identifiers.arn_problems(argument, arn, "elasticloadbalancing"))
    yield from problems
    if not problems and not scalars.is_reference(arn) and not arn.split(":", 5)[5].startswith(prefix):
        yield f"{argument} must have {prefix!r} after the account, for an Application Load Balancer: got {arn!r}"


def make_gate(
    scope: Construct,
    variants: Mapping[str, TargetGroupMetrics],
    *,
    name: str,
    error_percent: float,
    p95_seconds: float,
    alarm_actions: AlarmActions | None,
) -> Resource:
    """Create three alarms for each variant, and a composite alarm of the canary variant's three alarms.

    An alarm needs 3 of 5 minutes above its threshold. The stable variant's alarms have actions; of the canary variant
    only the composite alarm has them, so that one fault results in one notification. Missing requests are not an alarm:
    monitor the traffic too.

    The error rate counts the responses of the targets. A load balancer without healthy targets responds itself, which
    CloudWatch does not count for the target group; the alarm on unhealthy hosts covers this
    (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).

    Returns:
        The `aws_cloudwatch_composite_alarm`, which has the construct's name.

    Raises:
        ArgumentsError: the name, an ARN, a threshold or the actions are invalid.
    """
    alarm_actions = alarm_actions_of(scope, alarm_actions)
    problems = [
        *_name_problems(name),
        *(problem for variant, metrics in variants.items() for problem in _metrics_problems(variant, metrics)),
        *_threshold_problems("error_percent", error_percent, 100),
        *_threshold_problems("p95_seconds", p95_seconds, 4000),
        *alarm_actions_problems("alarm_actions", alarm_actions),
    ]
    if problems:
        raise ArgumentsError(f"the gate of {scope.node.id!r}", problems)
    alarms = {
        variant: _variant_alarms(
            scope,
            variant,
            metrics,
            name=name,
            error_percent=error_percent,
            p95_seconds=p95_seconds,
            alarm_actions=alarm_actions if variant == "stable" else None,
        )
        for variant, metrics in variants.items()
    }
    return Resource(
        scope,
        "aws_cloudwatch_composite_alarm",
        alarm_name=f"{name}-canary",
        alarm_description=_GATE_DESCRIPTION,
        alarm_rule=" OR ".join(f'ALARM("{alarm["alarm_name"]}")' for alarm in alarms["canary"]),
        **alarm_actions_arguments(alarm_actions),
    )


def _variant_alarms(
    scope: Construct,
    variant: str,
    metrics: TargetGroupMetrics,
    *,
    name: str,
    error_percent: float,
    p95_seconds: float,
    alarm_actions: AlarmActions | None,
) -> list[Resource]:
    dimensions = metrics.dimensions()
    common: dict[str, Any] = {"name": name, "alarm_actions": alarm_actions}
    return [
        _error_alarm(scope, variant, dimensions, error_percent=error_percent, **common),
        *(
            make_alarm(scope, alarm, namespace=_NAMESPACE, dimensions=dimensions, of=variant, **common)
            for alarm in _alarms(variant, p95_seconds)
        ),
    ]


def _alarms(variant: str, p95_seconds: float) -> tuple[Alarm, ...]:
    slow = f"The 95th percentile of the response time of the {variant} variant is above {p95_seconds:g} s."
    unhealthy = f"The {variant} variant has unhealthy targets."
    return (
        Alarm("latency", "TargetResponseTime", p95_seconds, slow, statistic="p95", **_WINDOW),
        Alarm("unhealthy", "UnHealthyHostCount", 0, unhealthy, statistic="Maximum", **_WINDOW),
    )


def _error_alarm(
    scope: Construct,
    variant: str,
    dimensions: dict[str, str],
    *,
    name: str,
    error_percent: float,
    alarm_actions: AlarmActions | None,
) -> Resource:
    """Return the alarm on the error rate; a rate, because the variants have different numbers of requests."""

    def total(id_: str, metric_name: str) -> dict[str, Any]:
        metric = {"namespace": _NAMESPACE, "metric_name": metric_name, "period": 60, "stat": "Sum"}
        return {"id": id_, "metric": {**metric, "dimensions": dimensions}}

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


def _suffix(arn: str) -> str:
    """Return CloudWatch's name of a load balancer or a target group, the end of its ARN: `app/web/0123456789abcdef`."""
    if not scalars.is_reference(arn):
        return arn.split(":", 5)[5].removeprefix("loadbalancer/")
    code = code_of(arn) or f'"{arn}"'
    if _OWN_ARN.fullmatch(code):
        return expression(f"{code}_suffix")
    return expression(f'trimprefix(split(":", {code})[5], "loadbalancer/")')


def _name_problems(name: Any) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"name must be a literal of 1 to 200 letters, digits, '_', '.' and '-': got {name!r}"


def _metrics_problems(variant: str, metrics: Any) -> Iterator[str]:
    if isinstance(metrics, TargetGroupMetrics):
        yield from metrics.problems(variant)
    else:
        yield f"{variant} must be TargetGroupMetrics(load_balancer_arn=..., target_group_arn=...): got {metrics!r}"


def _threshold_problems(argument: str, value: Any, most: float) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < most:
        yield f"{argument} must be a number above 0 and below {most}: got {value!r}"
