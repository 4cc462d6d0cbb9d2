"""Whether two arguments refer to the same thing: a VPC, a hosted zone, a target group."""

from __future__ import annotations

from plainwork_core.model.identity import ReferenceTarget, are_named_same, are_same, are_same_ids, identity
from plainwork_core.model.values import scalar
from plainwork_policies.reading.argument import Argument


def target_of(argument: Argument) -> ReferenceTarget:
    """Return the target of *argument*, of a resource; it is not evaluated if it may differ for each instance."""
    value = scalar(argument.raw, argument.path)
    return argument.resolve(identity(value, argument.block.owner, argument.block.stack))


def is_same(one: Argument, other: Argument) -> bool:
    """Return whether two arguments have the same value; two references may have."""
    return one.resolve(are_same(target_of(one), target_of(other)))


def is_named_same(one: Argument, other: Argument) -> bool:
    """As `is_same`, but two references are the same only if they are written alike."""
    return one.resolve(are_named_same(target_of(one), target_of(other)))


def is_same_id(one: Argument, other: Argument) -> bool:
    """As `is_named_same`, for ids and ARNs: a resource of the stack has another one than a literal value."""
    return one.resolve(are_same_ids(target_of(one), target_of(other)))
