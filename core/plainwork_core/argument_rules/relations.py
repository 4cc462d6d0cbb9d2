"""Rules about several arguments of a block, such as `min_capacity` and `max_capacity`, that the provider lacks."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Protocol

from plainwork_core.argument_rules.values import Problem
from plainwork_core.aws.fargate import MEMORY, cpu_units, memory_mib
from plainwork_core.frozen import frozen
from plainwork_core.text import enumeration

_API = "https://docs.aws.amazon.com"
_MAX_PORT, _MAX_IDLE_TIMEOUT = 65535, 4000
_HOUR, _DAY, _WEEK = 3600, 86_400, 604_800


class Argument(Protocol):
    """An argument of a block. A read raises if the value is unknown or of another type."""

    def string(self, default: None) -> str | None:
        """Return the text, or *default* if it is not set."""
        ...

    def number(self, default: None) -> int | float | None:
        """Return the number, or *default* if it is not set."""
        ...

    def strings(self) -> Container[str]:
        """Return the members of the list, of which there are none if it is not set."""
        ...


class Arguments(Protocol):
    """The arguments of a block, by their names."""

    def __getitem__(self, name: str, /) -> Argument:
        """Return an argument, set or not."""
        ...


Problems = Callable[[Arguments], Iterator[Problem]]


@frozen(slots=True)
class Relation:
    """A rule about arguments of one block.

    Args:
        block: path of the nested block; `""` for the resource.
        problems: yields what is wrong. It reads an argument only if it needs the value.
        source: the page that states the rule.
    """

    block: str
    problems: Problems
    source: str


def relations(type_: str) -> tuple[Relation, ...]:
    """Return the rules of a resource type."""
    return _RELATIONS.get(type_, ())


def types_with_relations() -> tuple[str, ...]:
    """Return the resource types with a rule."""
    return tuple(_RELATIONS)


def _order(low: str, high: str) -> Problems:
    """Return the rule that *low* is not greater than *high*."""

    def problems(block: Arguments) -> Iterator[Problem]:
        least, most = block[low].number(None), block[high].number(None)
        if least is not None and most is not None and least > most:
            message = f"`{low}` is `{least}`, which is greater than `{high}` `{most}`"
            yield Problem(low, message, f"Set `{low}` to at most {most}, or increase `{high}`.")

    return problems


def _dimension_problems(block: Arguments) -> Iterator[Problem]:
    namespace, dimension = block["service_namespace"].string(None), block["scalable_dimension"].string(None)
    if namespace and dimension and ":" in dimension and not dimension.startswith(f"{namespace}:"):
        service = dimension.partition(":")[0]
        message = f"`service_namespace` is `{namespace}`, but `scalable_dimension` `{dimension}` is of `{service}`"
        yield Problem("service_namespace", message, f'Set `service_namespace = "{service}"`.')


def _alarm_problems(block: Arguments) -> Iterator[Problem]:
    period, count = block["period"].number(None), block["evaluation_periods"].number(None)
    if not isinstance(period, int) or not isinstance(count, int) or not period:
        return
    limit = _DAY if period < _HOUR else _WEEK
    if period * count > limit:
        name = "a day" if limit == _DAY else "a week"
        message = (
            f"`evaluation_periods` is `{count}` with `period` `{period}`; the product is more than {name} ({limit})"
        )
        yield Problem("evaluation_periods", message, f"Set `evaluation_periods` to at most {int(limit // period)}.")


def _health_check_problems(block: Arguments) -> Iterator[Problem]:
    interval, timeout = block["interval"].number(None), block["timeout"].number(None)
    if interval and timeout and interval <= timeout:
        message = f"`interval` is `{interval}`, which is not greater than `timeout` `{timeout}`"
        yield Problem("interval", message, "Set `interval` to more than `timeout`.")


def _ports(protocol_name: str) -> Problems:
    """Return the rule of the ports of TCP and UDP."""

    def problems(block: Arguments) -> Iterator[Problem]:
        first, last = block["from_port"].number(None), block["to_port"].number(None)
        if first is None or last is None or 0 <= first <= last <= _MAX_PORT:
            return
        if (block[protocol_name].string(None) or "").lower() in ("tcp", "udp", "6", "17"):
            message = f"`from_port` is `{first}` and `to_port` is `{last}`; ports are 0 to {_MAX_PORT}, in this order"
            yield Problem("from_port", message, "Set `from_port` to the first and `to_port` to the last port.")

    return problems


def _is_for_fargate(block: Arguments) -> bool:
    return "FARGATE" in block["requires_compatibilities"].strings()


def _required_by_fargate(name: str) -> Problems:
    """Return the rule that tasks on Fargate have *name*."""

    def problems(block: Arguments) -> Iterator[Problem]:
        if not block[name].string(None) and _is_for_fargate(block):
            message = f"`{name}` is not set; tasks on Fargate require it"
            yield Problem(name, message, f"Set `{name}` of the task definition, not only of the container.")

    return problems


def _fargate_size_problems(block: Arguments) -> Iterator[Problem]:
    if not _is_for_fargate(block):
        return
    cpu = cpu_units(block["cpu"].string(None) or "")
    memory = memory_mib(block["memory"].string(None) or "") if cpu in MEMORY else None
    if cpu is not None and cpu not in MEMORY:
        valid = enumeration(MEMORY, "or")
        yield Problem("cpu", f"`cpu` is `{cpu}`; Fargate has {valid}", f"Set `cpu` to {valid}.")
    elif cpu is not None and memory is not None and memory not in MEMORY[cpu]:
        valid = enumeration(MEMORY[cpu], "or", mark="")
        message = f"`memory` is `{memory}`, which Fargate does not have with `cpu` `{cpu}`"
        yield Problem("memory", message, f"Set `memory` to {valid}.")


def _encryption_problems(block: Arguments) -> Iterator[Problem]:
    if block["sse_algorithm"].string(None) == "AES256" and block["kms_master_key_id"].string(None):
        message = "`kms_master_key_id` is set, but `sse_algorithm` is `AES256`, which does not use it"
        yield Problem("kms_master_key_id", message, 'Set `sse_algorithm = "aws:kms"`, or remove `kms_master_key_id`.')


def _idle_timeout_problems(block: Arguments) -> Iterator[Problem]:
    timeout = block["idle_timeout"].number(None)
    if timeout is None or 1 <= timeout <= _MAX_IDLE_TIMEOUT:
        return
    if (block["load_balancer_type"].string(None) or "application") == "application":
        message = f"`idle_timeout` is `{timeout}`; the range is 1 to {_MAX_IDLE_TIMEOUT}"
        yield Problem("idle_timeout", message, f"Set `idle_timeout` to a number from 1 to {_MAX_IDLE_TIMEOUT}.")


def _same(relation: Relation, *types: str) -> dict[str, tuple[Relation, ...]]:
    return dict.fromkeys(types, (relation,))


_TARGET = f"{_API}/autoscaling/application/APIReference/API_RegisterScalableTarget.html"
_ALARM = f"{_API}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
_GROUP = f"{_API}/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html"
_PERMISSION = f"{_API}/AWSEC2/latest/APIReference/API_IpPermission.html"
_TASK = f"{_API}/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size"
_BALANCER = f"{_API}/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html"
_BUCKET = f"{_API}/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html"
_INTERVAL = "https://github.com/hashicorp/terraform-provider-aws/issues/2366"

_DIMENSION = Relation("", _dimension_problems, _TARGET)
_CAPACITY = _order("min_capacity", "max_capacity")

_RELATIONS: Mapping[str, tuple[Relation, ...]] = {
    "aws_appautoscaling_policy": (_DIMENSION,),
    "aws_appautoscaling_scheduled_action": (_DIMENSION, Relation("scalable_target_action", _CAPACITY, _TARGET)),
    "aws_appautoscaling_target": (_DIMENSION, Relation("", _CAPACITY, _TARGET)),
    "aws_autoscaling_group": (
        Relation("", _order("min_size", "max_size"), _GROUP),
        Relation("", _order("desired_capacity", "max_size"), _GROUP),
        Relation("", _order("min_size", "desired_capacity"), _GROUP),
    ),
    "aws_cloudwatch_metric_alarm": (
        Relation("", _order("datapoints_to_alarm", "evaluation_periods"), _ALARM),
        Relation("", _alarm_problems, _ALARM),
    ),
    "aws_ecs_task_definition": (
        Relation("", _required_by_fargate("cpu"), _TASK),
        Relation("", _required_by_fargate("memory"), _TASK),
        Relation("", _fargate_size_problems, _TASK),
    ),
    "aws_s3_bucket_server_side_encryption_configuration": (
        Relation("rule.apply_server_side_encryption_by_default", _encryption_problems, _BUCKET),
    ),
    "aws_security_group": (
        Relation("ingress", _ports("protocol"), _PERMISSION),
        Relation("egress", _ports("protocol"), _PERMISSION),
    ),
    "aws_security_group_rule": (Relation("", _ports("protocol"), _PERMISSION),),
    **_same(Relation("health_check", _health_check_problems, _INTERVAL), "aws_alb_target_group", "aws_lb_target_group"),
    **_same(Relation("", _idle_timeout_problems, _BALANCER), "aws_alb", "aws_lb"),
    **_same(
        Relation("", _ports("ip_protocol"), _PERMISSION),
        "aws_vpc_security_group_egress_rule",
        "aws_vpc_security_group_ingress_rule",
    ),
}
