"""Which target group of a rule is the canary side: the second that is written.

A plan keeps target groups as a set, whose order says nothing; only its `configuration` has them as they are written
(https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork_core.model.values import Unknown, blocks, is_known, look_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork_core.model.stack import Stack
    from plainwork_core.model.values import Value

_SIDES = 2
_GROUPS = "action.0.forward.0"


def rule_weights(
    values: Value, address: str, stack: Stack, document: Mapping[str, Any] | None, *, planned: bool = False
) -> tuple[Value, Value] | None:
    """The weights of the stable and the canary side; None where the rule does not forward to two target groups.

    Args:
        values: of the rule, planned or deployed.
        address: of the rule.
        stack: that the rule is in.
        document: the plan's own JSON, or None where the input is no plan.
        planned: these are the planned values, so that constant weights of the configuration are theirs.
    """
    groups = blocks(look_up(values, _GROUPS) or {}, "target_group") if is_known(look_up(values, _GROUPS)) else []
    if len(groups) != _SIDES:
        return None
    if document is None:
        return look_up(groups[0], "weight"), look_up(groups[1], "weight")
    written = _written(document, address)
    if len(written) != _SIDES:
        return _cannot_be_told(address)
    constant = [look_up(each, "weight.constant_value") for each in written]
    if planned and all(isinstance(each, int) for each in constant):
        return constant[0], constant[1]
    arn = _arn(look_up(written[1], "arn"), stack, document)
    canary = [each for each in groups if is_known(look_up(each, "arn")) and look_up(each, "arn") == arn]
    if len(canary) != 1 or not is_known(arn):
        return _cannot_be_told(address)
    (stable,) = (each for each in groups if each is not canary[0])
    return look_up(stable, "weight"), look_up(canary[0], "weight")


def _cannot_be_told(address: str) -> tuple[Value, Value]:
    unknown = Unknown(f"which target group of {address} is the canary side is not written in this plan")
    return unknown, unknown


def _written(document: Mapping[str, Any], address: str) -> list[Any]:
    for resource in look_up(document, "configuration.root_module.resources") or ():
        if resource["address"] == address:
            return blocks(look_up(resource["expressions"], _GROUPS) or {}, "target_group")
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
