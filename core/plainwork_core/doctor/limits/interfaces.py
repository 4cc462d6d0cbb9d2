"""The network interfaces that services create for the resources of a stack.

https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html: one for each subnet;
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html: one for each pair of subnet and security groups;
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html: one for each task;
https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html: one for each mount target.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.references import referents
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, look_up

_EACH = ("aws_efs_mount_target", "aws_nat_gateway", "aws_network_interface")
"""Types with one network interface each."""
_OF_SUBNETS = {"aws_lb": "subnets", "aws_vpc_endpoint": "subnet_ids"}
"""Types with one network interface for each member of the argument."""


def interfaces(stack: Stack) -> Iterator[tuple[Resource, int]]:
    """Yield the resources of *stack* that have network interfaces, with their number as far as it is known."""
    yield from ((one, 1) for one in stack.managed(*_EACH))
    for type_, argument in _OF_SUBNETS.items():
        yield from ((one, _length(one.get(argument))) for one in stack.managed(type_))
    yield from ((one, _tasks(stack, one)) for one in stack.managed("aws_ecs_service"))
    yield from ((function, 1) for _, function in lambda_interfaces(stack))


def lambda_interfaces(stack: Stack) -> Iterator[tuple[str, Resource]]:
    """Yield for each pair of a subnet and security groups its VPC, if the stack has it, and the first function."""
    seen: set[tuple[str, str]] = set()
    for function in stack.managed("aws_lambda_function"):
        groups = _texts(function.get("vpc_config.0.security_group_ids"))
        for subnet in _texts(function.get("vpc_config.0.subnet_ids")):
            if (pair := (subnet, " ".join(sorted(groups)))) not in seen:
                seen.add(pair)
                yield _vpc(stack, function), function


def _tasks(stack: Stack, service: Resource) -> int:
    """Return the most tasks of a service with the network mode `awsvpc`: those that scaling allows, or the desired."""
    if not service.blocks("network_configuration"):
        return 0
    wanted = [service.get("desired_count")]
    for target in stack.managed("aws_appautoscaling_target"):
        identity = target.get("resource_id")
        if isinstance(identity, Unknown) and service in referents(stack, target, identity):
            wanted.append(target.get("max_capacity"))
    return max((one for one in wanted if isinstance(one, int)), default=0)


def _vpc(stack: Stack, function: Resource) -> str:
    """Return the VPC of a function by the first of its subnets that the stack creates; else the subnets."""
    subnets = look_up(function.values, "vpc_config.0.subnet_ids")
    for subnet in subnets if isinstance(subnets, list) else [subnets]:
        for made in referents(stack, function, subnet) if isinstance(subnet, Unknown) else ():
            vpc = made.get("vpc_id")
            if isinstance(vpc, (str, Unknown)):
                return quote(vpc)
    return "the VPC of the functions"


def _texts(value: Value) -> list[str]:
    return [quote(one) for one in value if isinstance(one, (str, Unknown))] if isinstance(value, list) else []


def _length(value: Value) -> int:
    return len(value) if isinstance(value, list) else 0
