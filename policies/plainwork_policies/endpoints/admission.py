"""Whether a security group of the stack admits TCP at a port, from anywhere at all.

https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured_blocks
from plainwork_core.model.references import referents
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown, Value, look_up, unknowns

_ALL = ("-1", "all")
_TCP = ("tcp", "6")
_RULES = {"aws_security_group_rule": "protocol", "aws_vpc_security_group_ingress_rule": "ip_protocol"}


def admits(group: Resource, port: int, stack: Stack) -> Ternary:
    """Tell whether a rule of *group*, in it or beside it, admits TCP at *port*."""
    inside = [_covers(block, "protocol", port) for block in configured_blocks(group, "ingress")]
    beside = [_covers(rule.values, _RULES[rule.type], port) for rule in _beside(stack).get(group.address, ())]
    return any_of((*inside, *beside, *_elsewhere(group, stack)))


@cached_per_stack
def _beside(stack: Stack) -> dict[str, list[Resource]]:
    table: dict[str, list[Resource]] = {}
    for rule in _ingress_rules(stack):
        of = rule.get("security_group_id")
        for group in referents(stack, rule, of) if isinstance(of, Unknown) else ():
            table.setdefault(group.address, []).append(rule)
    return table


@cached_per_stack
def _unplaced(stack: Stack) -> tuple[Unknown, ...]:
    """Return why rules may be those of any group: theirs is not known."""
    groups = ((rule, rule.get("security_group_id")) for rule in _ingress_rules(stack))
    return tuple(of for rule, of in groups if isinstance(of, Unknown) and not referents(stack, rule, of))


def _ingress_rules(stack: Stack) -> Iterator[Resource]:
    return (rule for rule in stack.managed(*_RULES) if rule.get("type") in (None, "ingress"))


def _elsewhere(group: Resource, stack: Stack) -> Iterator[Ternary]:
    """Yield why rules of *group* may be out of view."""
    yield from _unplaced(stack)
    for call in stack.module_calls if stack.format != "plan" else ():
        names = (name for value in call.values.values() for each in unknowns(value) for name in each.references)
        if any(f"{name}.".startswith(f"{group.address}.") for name in names):
            yield Unknown(f"`{call.address}` may add rules to `{group.address}`")


def _covers(rule: Value, protocol: str, port: int) -> Ternary:
    if isinstance(rule, Unknown):
        return rule
    spoken = look_up(rule, protocol)
    if isinstance(spoken, Unknown):
        return spoken
    if str(spoken).lower() in _ALL:
        return True
    return all_of(
        (
            str(spoken).lower() in _TCP,
            _compared(look_up(rule, "from_port"), at_most=port),
            _compared(look_up(rule, "to_port"), at_least=port),
        )
    )


def _compared(value: Value, *, at_most: int | None = None, at_least: int | None = None) -> Ternary:
    if isinstance(value, Unknown):
        return value
    number = int(value) if str(value).lstrip("-").isdigit() else -1
    return number <= at_most if at_most is not None else number >= (at_least or 0)
