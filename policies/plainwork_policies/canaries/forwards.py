"""Forward actions of the listeners and listener rules of a load balancer.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
"""

from __future__ import annotations

from collections.abc import Callable

from plainwork_policies.api import Block, Findings, Members, Resource, check_each, some

_ACTIONS = {
    "aws_lb_listener": "default_action",
    "aws_alb_listener": "default_action",
    "aws_lb_listener_rule": "action",
    "aws_alb_listener_rule": "action",
}
LISTENER_TYPES = tuple(_ACTIONS)
"""The resource types of listeners and listener rules."""


def actions(listener: Resource) -> Members[Block]:
    """Return the actions of a listener or listener rule."""
    return listener.blocks(_ACTIONS[listener.type])


def has_forward(listener: Resource) -> bool:
    """Return whether an action has a `forward` block."""
    return some(actions(listener), lambda action: bool(action.blocks("forward")))


def check_forwards(listener: Resource, check: Callable[[Block, Block], Findings]) -> Findings:
    """Yield the findings of *check* in each `forward` block; its parameters are the action and the block."""

    def check_action(action: Block) -> Findings:
        return check_each(action.blocks("forward"), lambda forward: check(action, forward))

    return check_each(actions(listener), check_action)
