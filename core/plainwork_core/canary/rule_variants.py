"""The variants of a listener rule: the first target group in the configuration is stable, the second is canary.

A plan has target groups as a set without an order; only its `configuration` has their order
(https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.model.values import Unknown, blocks, is_known, look_up

if TYPE_CHECKING:
    from plainwork_core.model.stack import PlanConfiguration, Stack
    from plainwork_core.model.values import Value

_VARIANTS = 2
_FORWARD = "action.0.forward.0"


def rule_weights(values: Value, address: str, stack: Stack, *, planned: bool = False) -> tuple[Value, Value] | None:
    """Return the weights of the stable and the canary variant; None if the rule does not forward to two target groups.

    Args:
        values: values of the rule, planned or deployed.
        address: address of the rule.
        stack: stack of the rule.
        planned: whether the values are planned, so that constant weights in the configuration are their weights.
    """
    groups = _groups(values)
    if len(groups) != _VARIANTS:
        return None
    if stack.configuration is None:
        return look_up(groups[0], "weight"), look_up(groups[1], "weight")
    configured = _groups(stack.configuration.arguments(address))
    if len(configured) != _VARIANTS:
        return _unknown_weights(address)
    weights = [look_up(group, "weight") for group in configured]
    if planned and all(isinstance(weight, int) for weight in weights):
        return weights[0], weights[1]
    arn = _value(look_up(configured[1], "arn"), stack, stack.configuration)
    canary = [group for group in groups if is_known(look_up(group, "arn")) and look_up(group, "arn") == arn]
    if len(canary) != 1 or not is_known(arn):
        return _unknown_weights(address)
    (stable,) = (group for group in groups if group is not canary[0])
    return look_up(stable, "weight"), look_up(canary[0], "weight")


def _unknown_weights(address: str) -> tuple[Value, Value]:
    unknown = Unknown(f"the configuration in the plan does not contain both target groups of {address}")
    return unknown, unknown


def _groups(values: Value) -> list[Value]:
    forward = look_up(values, _FORWARD)
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
