"""Load balancers, listeners and target groups of a canary: resources or ARNs, and their names in CloudWatch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.references import expression
from plainwork.terraform import Construct, DataSource, Resource
from plainwork_core.frozen import frozen
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LOAD_BALANCERS = ("aws_lb", "aws_alb")
LISTENERS = ("aws_lb_listener", "aws_alb_listener")
TARGET_GROUPS = ("aws_lb_target_group", "aws_alb_target_group")

_OWN_ARN = re.compile(rf"(data\.)?({'|'.join((*LOAD_BALANCERS, *TARGET_GROUPS))})\.[\w-]+\.arn")


@frozen()
class Kind:
    """A kind of load balancer that forwards by weight.

    Attributes:
        name: of the kind, for messages.
        path: of the kind in ARNs: `app`.
        protocols: of its listeners and target groups.
        namespace: of its metrics in CloudWatch.
    """

    name: str
    path: str
    protocols: tuple[str, ...]
    namespace: str


APPLICATION = Kind("an Application Load Balancer", "app", ("HTTP", "HTTPS"), "AWS/ApplicationELB")
NETWORK = Kind("a Network Load Balancer", "net", ("TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"), "AWS/NetworkELB")
"""Weights since November 2025:
https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups
"""
KINDS = (APPLICATION, NETWORK)


def configured(resource: Resource | DataSource) -> dict[str, Any]:
    """Return the configured arguments of a resource or data source."""
    (types,) = resource.to_terraform().values()
    (bodies,) = types.values()
    (body,) = bodies.values()
    return dict(body)


def listener_of(value: Any) -> Any:
    """Return the listener of a construct that has one in its attribute `listener`; any other value as it is."""
    is_construct = isinstance(value, Construct) and not isinstance(value, Resource | DataSource)
    return getattr(value, "listener", value) if is_construct else value


def elb_arn(value: Any, types: tuple[str, ...]) -> Any:
    """Return the ARN of a resource or data source of one of the types; any other value as it is."""
    return attribute_of(value, "arn", *types)


def elb_arn_problems(argument: str, arn: Any, types: tuple[str, ...], *prefixes: str) -> Iterator[str]:
    """Yield the problem of a value that is not an ARN of Elastic Load Balancing with one of these prefixes.

    Args:
        argument: for the message.
        arn: see `elb_arn`.
        types: of the resources that the argument accepts.
        prefixes: of the resource in the ARN, such as `listener/app/`.
    """
    if not isinstance(arn, str):
        yield f"{argument} must be an {types[0]} or its ARN: got {arn!r}"
    elif problems := list(identifiers.arn_problems(argument, arn, "elasticloadbalancing")):
        yield from problems
    elif not scalars.is_reference(arn) and not arn.split(":", 5)[5].startswith(prefixes):
        yield f"{argument} must have {' or '.join(map(repr, prefixes))} after the account: got {arn!r}"


def load_balancer_of(listener: Any) -> str:
    """Return CloudWatch's name of the load balancer of a listener: `app/web/0123456789abcdef`.

    Args:
        listener: the resource or data source of a listener, or its ARN.
    """
    if isinstance(listener, Resource):
        return metric_name(configured(listener)["load_balancer_arn"])
    if isinstance(listener, DataSource):
        return metric_name(listener["load_balancer_arn"])
    if scalars.is_reference(listener):
        return expression(f'join("/", slice(split("/", {_code(listener)}), 1, 4))')
    return "/".join(listener.split("/")[1:4])


def metric_name(arn: str) -> str:
    """Return CloudWatch's name of a load balancer or a target group, the end of its ARN: `app/web/0123456789abcdef`."""
    if not scalars.is_reference(arn):
        return arn.split(":", 5)[5].removeprefix("loadbalancer/")
    code = _code(arn)
    if _OWN_ARN.fullmatch(code):
        return expression(f"{code}_suffix")
    return expression(f'trimprefix(split(":", {code})[5], "loadbalancer/")')


def _code(value: str) -> str:
    return code_of(value) or f'"{value}"'
