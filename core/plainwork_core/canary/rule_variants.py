"""The variants of a listener or a listener rule: the first target group in the configuration is stable.

A plan has target groups as a set without an order; only its `configuration` has their order
(https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.model.values import Unknown, blocks, is_known, look_up

if TYPE_CHECKING:
    from plainwork_core.model.stack import PlanConfiguration, Stack
    from plainwork_core.model.values import Value

ACTIONS = {"aws_lb_listener_rule": "action", "aws_lb_listener": "default_action"}
"""The argument with the actions, by type."""


def forwarded_weights(values: Value, address: str, stack: Stack, *, planned: bool = False) -> tuple[Value, ...] | None:
    """Return the weights of the stable and of each canary variant; None unless it forwards to several target groups.

    Args:
        values: values of the listener or the rule, planned or deployed.
        address: its address.
        stack: its stack.
        planned: whether the values are planned, so that constant weights in the configuration are their weights.
    """
    argument = ACTIONS[address.partition(".")[0]]
    groups = _groups(values, argument)
    if len(groups) <= 1:
        return None
    if stack.configuration is None:
        return tuple(map(_weight, groups))
    configured = _groups(stack.configuration.arguments(address), argument)
    weights = tuple(look_up(group, "weight") for group in configured)
    if planned and len(configured) == len(groups) and all(isinstance(weight, int) for weight in weights):
        return weights
    arns = [_value(look_up(group, "arn"), stack, stack.configuration) for group in configured]
    return _by_arn(groups, arns) or _unknown_weights(address, len(groups))


def _by_arn(groups: list[Value], arns: list[Value]) -> tuple[Value, ...] | None:
    """Return the weights in the order of the ARNs; None for a variant without a target group yet.

    One target group without a known ARN is that of the remaining variant; a variant that is not in the configuration is
    the last one.
    """
    known = {arn: group for group in groups if is_known(arn := look_up(group, "arn"))}
    found = [known.get(arn) if is_known(arn) else None for arn in arns]
    remaining = [group for group in groups if all(group is not other for other in found)]
    missing = found.count(None)
    if len(found) <= 1 or (missing and len(remaining) > 1):
        return None
    if missing == 1 and remaining:
        found[found.index(None)] = remaining.pop()
    elif missing and remaining:
        return None
    return tuple(None if group is None else _weight(group) for group in (*found, *remaining))


def _weight(group: Value) -> Value:
    weight = look_up(group, "weight")
    return Unknown("a variant has no weight") if weight is None else weight


def _unknown_weights(address: str, number: int) -> tuple[Value, ...]:
    return (Unknown(f"the configuration in the plan does not contain all target groups of {address}"),) * number


def _groups(values: Value, argument: str) -> list[Value]:
    forward = look_up(values, f"{argument}.0.forward.0")
    return blocks(forward, "target_group") if is_known(forward) else []


def _value(configured: Value, stack: Stack, configuration: PlanConfiguration) -> Value:
    """Return the value of an argument that is a constant or one reference."""
    if is_known(configured):
        return configured
    address, _, attribute = "".join(configured.references[:1]).rpartition(".")
    if address == "var":
        return configuration.variable(attribute)
    resource = stack.resource(address)
    return resource.get(attribute) if resource else Unknown(f"`{address}.{attribute}` is not in the plan")
