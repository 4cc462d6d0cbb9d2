"""The variants of a listener rule: the first target group in the configuration is stable, the second is canary.

A plan has target groups as a set without an order; only its `configuration` has their order
(https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork_core.model.values import Unknown, blocks, is_known, look_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork_core.model.stack import Stack
    from plainwork_core.model.values import Value

_VARIANTS = 2
_FORWARD = "action.0.forward.0"


def rule_weights(
    values: Value, address: str, stack: Stack, document: Mapping[str, Any] | None, *, planned: bool = False
) -> tuple[Value, Value] | None:
    """The weights of the stable and of the canary variant; None if the rule does not forward to two target groups.

    Args:
        values: values of the rule, planned or deployed.
        address: address of the rule.
        stack: stack of the rule.
        document: JSON of the plan; None if the input is not a plan.
        planned: whether the values are planned, so that constant weights in the configuration are their weights.
    """
    groups = blocks(look_up(values, _FORWARD) or {}, "target_group") if is_known(look_up(values, _FORWARD)) else []
    if len(groups) != _VARIANTS:
        return None
    if document is None:
        return look_up(groups[0], "weight"), look_up(groups[1], "weight")
    configured = _configured_groups(document, address)
    if len(configured) != _VARIANTS:
        return _unknown_weights(address)
    constants = [look_up(group, "weight.constant_value") for group in configured]
    if planned and all(isinstance(constant, int) for constant in constants):
        return constants[0], constants[1]
    arn = _arn(look_up(configured[1], "arn"), stack, document)
    canary = [group for group in groups if is_known(look_up(group, "arn")) and look_up(group, "arn") == arn]
    if len(canary) != 1 or not is_known(arn):
        return _unknown_weights(address)
    (stable,) = (group for group in groups if group is not canary[0])
    return look_up(stable, "weight"), look_up(canary[0], "weight")


def _unknown_weights(address: str) -> tuple[Value, Value]:
    unknown = Unknown(f"the configuration in the plan does not contain both target groups of {address}")
    return unknown, unknown


def _configured_groups(document: Mapping[str, Any], address: str) -> list[Any]:
    for resource in look_up(document, "configuration.root_module.resources") or ():
        if resource["address"] == address:
            return blocks(look_up(resource["expressions"], _FORWARD) or {}, "target_group")
    return []


def _arn(expression: Value, stack: Stack, document: Mapping[str, Any]) -> Value:
    constant = look_up(expression, "constant_value")
    if constant is not None:
        return constant
    references = look_up(expression, "references") or [""]
    address, _, attribute = references[0].rpartition(".")
    if address == "var":
        return look_up(document, f"variables.{attribute}.value")
    resource = stack.resource(address)
    return resource.get(attribute) if resource else Unknown(f"{references[0]} is not in the plan")
