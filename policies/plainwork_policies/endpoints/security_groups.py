"""The inbound rules of a security group.

https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from plainwork_core.model.connections import first_call_with, is_exported
from plainwork_policies.api import Block, Resource, all_conditions, any_condition, some

_ALL = ("-1", "all")
_TCP = ("tcp", "6")
_RULES = {"aws_security_group_rule": "protocol", "aws_vpc_security_group_ingress_rule": "ip_protocol"}


def allows_inbound(group: Resource, port: int) -> bool:
    """Return whether a rule of *group* allows inbound TCP on *port*, from any source.

    The rule is an `ingress` block, or a resource that refers to the group.
    """
    return any_condition(
        lambda: some(group.blocks("ingress"), lambda rule: _allows(rule, "protocol", port)),
        *(lambda type_=type_: _has_rule(group, type_, port) for type_ in _RULES),
        lambda: _has_rule_in_module(group),
        lambda: _has_rule_in_stack(group),
    )


def _has_rule(group: Resource, type_: str, port: int) -> bool:
    rules = group.referenced_by(type_, "security_group_id", in_modules=False)
    return some(rules, lambda rule: _is_inbound(rule) and _allows(rule, _RULES[type_], port))


def _is_inbound(rule: Resource) -> bool:
    return rule["type"].string(default="ingress") == "ingress"


def _allows(rule: Block, protocol_argument: str, port: int) -> bool:
    protocol = rule[protocol_argument].string("").lower()
    if protocol in _ALL:
        return True
    return all_conditions(
        lambda: protocol in _TCP,
        lambda: rule["from_port"].number(-1) <= port,
        lambda: rule["to_port"].number(-1) >= port,
    )


def _has_rule_in_module(group: Resource) -> bool:
    """End in *not evaluated* if a module receives *group*, and may add rules to it."""
    call = first_call_with(group.stack).get(group.address) if group.stack.format != "plan" else None
    if call:
        raise group.not_evaluated(
            f"`{call}` receives `{group.address}`; its resources are not in this input; check a plan"
        )
    return False


def _has_rule_in_stack(group: Resource) -> bool:
    """End in *not evaluated* if another stack may add rules to *group*, which an output exports."""
    if is_exported(group.owner, group.stack) and not group.blocks("ingress"):
        raise group.not_evaluated(f"an output exports `{group.address}`; another stack may add rules to it")
    return False
