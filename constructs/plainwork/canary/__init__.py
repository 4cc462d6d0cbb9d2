"""Weighted canaries on Route 53 and on Application Load Balancers; see docs/weighted-canary.md."""

from plainwork.alarms import AlarmActions
from plainwork.canary.dns_canary import DnsCanary
from plainwork.canary.gate import TargetGroupMetrics
from plainwork.canary.percent import Weights, canary_percent_variable, weights
from plainwork.canary.records import AliasTarget, RecordTarget
from plainwork.canary.target_group_canary import TargetGroupCanary
from plainwork.canary.target_groups import TargetGroup
from plainwork_core.aws.elb import MAX_TARGET_GROUP_WEIGHT
from plainwork_core.aws.route53 import MAX_ROUTE53_WEIGHT
from plainwork_core.canary.steps import STEPS

__all__ = [
    "MAX_ROUTE53_WEIGHT",
    "MAX_TARGET_GROUP_WEIGHT",
    "STEPS",
    "AlarmActions",
    "AliasTarget",
    "DnsCanary",
    "RecordTarget",
    "TargetGroup",
    "TargetGroupCanary",
    "TargetGroupMetrics",
    "Weights",
    "canary_percent_variable",
    "weights",
]
