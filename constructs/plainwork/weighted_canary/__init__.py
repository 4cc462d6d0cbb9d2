"""Weighted canaries on Route 53 and on Application Load Balancers; see docs/weighted-canary.md.

Nothing is imported before it is asked for: the constructs start Node, and `plainwork canary` does without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plainwork.weighted_canary.dns_canary import DnsCanary
    from plainwork.weighted_canary.gate import ServedBy
    from plainwork.weighted_canary.steps import ROUTE_53, STEPS, TARGET_GROUPS, Weights, weights
    from plainwork.weighted_canary.target_group import TargetGroup
    from plainwork.weighted_canary.target_group_canary import TargetGroupCanary
    from plainwork.weighted_canary.targets import AliasTarget, RecordTarget
    from plainwork.weighted_canary.variable import percent_variable

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
        raise AttributeError(f"module 'plainwork.weighted_canary' has no attribute {name!r}")
    return getattr(import_module(f"plainwork.weighted_canary.{_MODULES[name]}"), name)
