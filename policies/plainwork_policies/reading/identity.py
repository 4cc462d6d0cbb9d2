"""Whether two arguments refer to the same thing: a VPC, a hosted zone, a target group."""

from __future__ import annotations

from plainwork_core.model.identity import ReferenceTarget, are_named_same, are_same, identity
from plainwork_core.model.values import Unknown, scalar
from plainwork_policies.reading.argument import Argument


def target_of(argument: Argument) -> ReferenceTarget:
    """Return the target of *argument*, of a resource; it is not evaluated if it may differ for each instance."""
    target = identity(scalar(argument.raw, argument.path), argument.block.owner, argument.block.stack)
    if isinstance(target, Unknown):
        raise argument.not_evaluated(target)
    return target


def is_same(one: Argument, other: Argument) -> bool:
    """Return whether two arguments have the same value; two references may have."""
    same = are_same(target_of(one), target_of(other))
    if isinstance(same, Unknown):
        raise one.not_evaluated(same)
    return same


def is_named_same(one: Argument, other: Argument) -> bool:
    """As `is_same`, but two references are the same only if they are written alike."""
    same = are_named_same(target_of(one), target_of(other))
    if isinstance(same, Unknown):
        raise one.not_evaluated(same)
    return same
