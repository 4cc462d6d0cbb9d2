"""Forward actions of a load balancer's listeners and rules, and the target groups among which they share.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, blocks, look_up

_ACTIONS = {
    "aws_lb_listener": "default_action",
    "aws_alb_listener": "default_action",
    "aws_lb_listener_rule": "action",
    "aws_alb_listener_rule": "action",
}


@dataclass(frozen=True)
class Forward:
    """One `forward` block: its path, such as `action.0.forward.0`, its action and its `target_group` blocks."""

    path: str
    action: Value
    block: Value

    @property
    def target_groups(self) -> list[Value]:
        """Its `target_group` blocks, of which each may be `Unknown`."""
        return blocks(self.block, "target_group")


def forwarding(stack: Stack) -> list[Resource]:
    """Return the listeners and rules that have a `forward` block."""
    return [each for each in stack.managed(*_ACTIONS) if any(forwards(each))]


def forwards(rule: Resource) -> Iterator[Forward]:
    """Yield the `forward` blocks of *rule*; one that is unknown as a whole has no target groups to tell of."""
    argument = _ACTIONS[rule.type]
    for index, action in enumerate(rule.blocks(argument)):
        if isinstance(action, Unknown):
            continue
        for number, block in enumerate(blocks(action, "forward")):
            if block is not None:
                yield Forward(f"{argument}.{index}.forward.{number}", action, block)


def target_group_weight(block: Value) -> Value:
    """Return the weight of a `target_group` block; 1, as the provider has it, where none is written."""
    weight = look_up(block, "weight")
    return 1 if weight is None else weight


def target_group_arns(rule: Resource) -> set[str]:
    """Return the known ARNs that the actions of *rule* forward to, be it without a `forward` block."""
    named = [look_up(action, "target_group_arn") for action in rule.blocks(_ACTIONS[rule.type])]
    named += [look_up(each, "arn") for forward in forwards(rule) for each in forward.target_groups]
    return {arn for arn in named if isinstance(arn, str) and arn}
