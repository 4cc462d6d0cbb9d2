"""Aliases of load balancers."""

from __future__ import annotations

import re

from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown

_NAME = re.compile(r"\.elb\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?\.?$")
_TYPES = ("aws_lb", "aws_alb", "aws_elb")


def is_alias_of_balancer(record: Resource, stack: Stack) -> bool:
    """Tell whether *record* is seen to be an alias of a load balancer."""
    name = record.get("alias.0.name")
    if isinstance(name, Unknown):
        found = only_referent(stack, record, name)
        return found is not None and found.type in _TYPES
    return isinstance(name, str) and _NAME.search(name.lower()) is not None
