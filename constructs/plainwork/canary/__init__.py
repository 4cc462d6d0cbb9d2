"""Weighted canaries on Route 53 and on Application Load Balancers; see docs/weighted-canary.md.

Nothing is imported before it is asked for: the constructs start Node, and `plainwork canary` does without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plainwork.canary.dns_canary import DnsCanary
    from plainwork.canary.gate import ServedBy
    from plainwork.canary.steps import ROUTE_53, STEPS, TARGET_GROUPS, Weights, weights
    from plainwork.canary.target_group import TargetGroup
    from plainwork.canary.target_group_canary import TargetGroupCanary
    from plainwork.canary.targets import AliasTarget, RecordTarget
    from plainwork.canary.variable import percent_variable

_MODULES = {
    "AliasTarget": "targets",
    "DnsCanary": "dns_canary",
    "ROUTE_53": "steps",
    "RecordTarget": "targets",
    "STEPS": "steps",
    "ServedBy": "gate",
    "TARGET_GROUPS": "steps",
    "TargetGroup": "target_group",
    "TargetGroupCanary": "target_group_canary",
    "Weights": "steps",
    "percent_variable": "variable",
    "weights": "steps",
}

__all__ = [
    "ROUTE_53",
    "STEPS",
    "TARGET_GROUPS",
    "AliasTarget",
    "DnsCanary",
    "RecordTarget",
    "ServedBy",
    "TargetGroup",
    "TargetGroupCanary",
    "Weights",
    "percent_variable",
    "weights",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'plainwork.canary' has no attribute {name!r}")
    return getattr(import_module(f"plainwork.canary.{_MODULES[name]}"), name)
