"""A listener whose default action forwards to the target groups of the variants by weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.canary.forwarding import ForwardingCanary
from plainwork.canary.load_balancers import (
    APPLICATION,
    KINDS,
    LOAD_BALANCERS,
    configured,
    elb_arn,
    elb_arn_problems,
    metric_name,
)
from plainwork.canary.target_groups import (
    claim_target_groups,
    forward_block,
    stickiness_problems,
    target_group_problems,
)
from plainwork.canary.variants import Variants
from plainwork.checks import scalars
from plainwork.errors import ArgumentsError
from plainwork.terraform import Construct, DataSource, Resource
from plainwork_core.aws.elb import MAX_TARGET_GROUPS
from plainwork_core.canary.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plainwork.canary.load_balancers import Kind
    from plainwork_core.waivers import Waiver

_OWN_ARGUMENTS = ("default_action", "load_balancer_arn")
_PROTOCOLS = [protocol for kind in KINDS for protocol in kind.protocols]
_TYPES = {"application": "app", "network": "net", "gateway": "gwy"}


class ListenerCanary(ForwardingCanary):
    """One listener whose default action forwards to two target groups: `aws_lb_listener.front`.

    It is for a whole Application Load Balancer, or for a Network Load Balancer, which has no rules. A step changes the
    weights of the listener in place, in one call. A Network Load Balancer selects a target group for each new
    connection, and open connections stay with theirs.

    Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html and
        https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html.

    Args:
        scope: the stack, or a construct in one.
        id_: name of the listener.
        load_balancer: `aws_lb` of an Application or Network Load Balancer, or its ARN, in whose Region the listener and
            the alarms are. A change replaces the listener.
        port: of the listener.
        protocol: `HTTP` or `HTTPS` of an Application Load Balancer; `TCP`, `TLS`, `UDP`, `TCP_UDP`, `QUIC` or
            `TCP_QUIC` of a Network Load Balancer.
        stable: `aws_lb_target_group` of the stable variant, or its ARN.
        canary: that of the canary variant, or a mapping by name; see `TargetGroupCanary`.
        percent: percentage of requests, or of connections, to the canary variant; see `TargetGroupCanary`.
        stickiness_duration: seconds that a client stays with its variant. Only an Application Load Balancer has it
            (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html).
        steps: percentages of the deployment's steps.
        controller_owned: whether Terraform creates the listener with `percent` and then ignores its default action.
        waive: the findings of `plainwork check` on its resources that are accepted.
        arguments: others of `aws_lb_listener`: `certificate_arn`, `ssl_policy`, `alpn_policy`, `mutual_authentication`.

    Raises:
        ArgumentsError: arguments that the load balancer would reject or that change the shares, all in one error.

    Attributes:
        listener: the `aws_lb_listener`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        load_balancer: Resource | DataSource | str,
        port: int,
        protocol: str,
        stable: Resource | DataSource | str,
        canary: Resource | DataSource | str | Mapping[str, Resource | DataSource | str],
        percent: float | str | Mapping[str, float | str],
        stickiness_duration: int | None = None,
        steps: Sequence[float] = STEPS,
        controller_owned: bool = False,
        waive: Iterable[Waiver] = (),
        **arguments: Any,
    ) -> None:
        variants = Variants.of(stable, canary, percent)
        load_balancer_arn = elb_arn(load_balancer, LOAD_BALANCERS)
        kind = next((kind for kind in KINDS if protocol in kind.protocols), None)
        problems = [
            *elb_arn_problems("load_balancer", load_balancer_arn, LOAD_BALANCERS, *_PREFIXES),
            *(_kind_problems(load_balancer, kind, protocol) if kind else _protocol_problems(protocol)),
            *target_group_problems(variants.targets, kind),
            *_stickiness_problems(variants, kind, stickiness_duration),
            *variants.problems(steps, MAX_TARGET_GROUPS),
            *scalars.boolean_problems("controller_owned", controller_owned),
            *(f"{own} must not be set, because the canary sets it" for own in _OWN_ARGUMENTS if own in arguments),
        ]
        if problems or kind is None:
            raise ArgumentsError(f"ListenerCanary {id_!r}", problems)
        region = None if scalars.is_reference(load_balancer_arn) else load_balancer_arn.split(":")[3]
        super().__init__(scope, id_, region=region, waive=waive)
        self._variants, self._kind, self._controller_owned = variants, kind, controller_owned
        self._load_balancer = metric_name(load_balancer_arn)
        claim_target_groups(self, self._load_balancer, variants.targets)
        if controller_owned:
            arguments["lifecycle"] = _ignoring_default_action(arguments.get("lifecycle"))
        self.listener = self._action = Resource(
            self,
            "aws_lb_listener",
            load_balancer_arn=load_balancer_arn,
            port=port,
            protocol=protocol,
            default_action={"type": "forward", "forward": forward_block(variants, stickiness_duration)},
            **arguments,
        )


_PREFIXES = tuple(f"loadbalancer/{kind.path}/" for kind in KINDS)


def _ignoring_default_action(lifecycle: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the `lifecycle` block of the user that also ignores changes of the default action."""
    given = dict(lifecycle or {})
    ignored = given.get("ignore_changes", ())
    return {**given, "ignore_changes": ignored if ignored == "all" else [*ignored, "default_action"]}


def _protocol_problems(protocol: Any) -> Iterator[str]:
    """Yield the problem of a protocol, on which the kind of load balancer, and so the alarms, depend."""
    yield f"protocol must be one of {', '.join(_PROTOCOLS)}: got {protocol!r}"


def _kind_problems(load_balancer: Any, kind: Kind, protocol: str) -> Iterator[str]:
    path = _path(load_balancer)
    protocols = [protocol for other in KINDS if other.path == path for protocol in other.protocols]
    if path == "gwy":
        yield f"load_balancer must be an Application or a Network Load Balancer: got {load_balancer!r}"
    elif path not in (None, kind.path):
        yield f"protocol must be one of {', '.join(protocols)}, because of the kind of load balancer: got {protocol!r}"


def _path(load_balancer: Any) -> str | None:
    """Return the kind of a load balancer in its ARN, `app` or `net`; None if it is unknown."""
    if isinstance(load_balancer, Resource) and load_balancer.block_type in LOAD_BALANCERS:
        return _TYPES.get(configured(load_balancer).get("load_balancer_type", "application"))
    if isinstance(load_balancer, str) and not scalars.is_reference(load_balancer):
        return next((kind.path for kind in KINDS if f":loadbalancer/{kind.path}/" in load_balancer), None)
    return None


def _stickiness_problems(variants: Variants, kind: Kind | None, duration: Any) -> Iterator[str]:
    if kind is APPLICATION:
        yield from stickiness_problems(variants.targets, duration)
    elif kind and duration is not None:
        yield f"stickiness_duration must not be set, because only an Application Load Balancer has it: got {duration!r}"
