"""Weighted canaries on Route 53 and on load balancers; see docs/weighted-canary.md."""

from plainwork.canary.dns_canary import DnsCanary
from plainwork.canary.listener_canary import ListenerCanary
from plainwork.canary.percent import canary_percent_variable
from plainwork.canary.records import AliasTarget
from plainwork.canary.target_group_canary import TargetGroupCanary
from plainwork_core.canary.steps import STEPS

__all__ = ["STEPS", "AliasTarget", "DnsCanary", "ListenerCanary", "TargetGroupCanary", "canary_percent_variable"]
