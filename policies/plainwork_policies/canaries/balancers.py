"""Aliases of load balancers."""

from __future__ import annotations

from plainwork_core.aws.elb import RESOURCE_TYPES, is_load_balancer_name
from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown


def is_alias_of_balancer(record: Resource, stack: Stack) -> bool:
    """Tell whether *record* is seen to be an alias of a load balancer."""
    name = record.get("alias.0.name")
    if isinstance(name, Unknown):
        found = only_referent(stack, record, name)
        return found is not None and found.type in RESOURCE_TYPES
    return isinstance(name, str) and is_load_balancer_name(name)
