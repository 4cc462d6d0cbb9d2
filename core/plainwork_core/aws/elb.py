"""Elastic Load Balancing: DNS names, resource types and limits."""

from __future__ import annotations

import re
from functools import cache

from plainwork_core.aws.regions import partitions

RESOURCE_TYPES = ("aws_lb", "aws_alb", "aws_elb")
"""Terraform's resource types of load balancers:
https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb"""

MAX_TARGET_GROUP_WEIGHT = 999
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html"""

MAX_STICKINESS_SECONDS = 604_800
"""Seven days:
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html"""

MAX_TARGET_GROUPS = 5
"""Of one action: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"""

MAX_RULE_PRIORITY = 50_000
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html"""

MAX_CONDITION_VALUES = 5
"""Of all conditions of one rule: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"""


def is_load_balancer_name(host: str) -> bool:
    """Return whether *host* is the DNS name of a load balancer in any partition, with or without a dot at its end.

    `web-1.eu-west-1.elb.amazonaws.com` is one, and so is `web-1.elb.eusc-de-east-1.amazonaws.eu`:
    https://docs.aws.amazon.com/general/latest/gr/elb.html
    """
    return _name().search(host) is not None


@cache
def _name() -> re.Pattern[str]:
    suffixes = "|".join(re.escape(partition.dns_suffix) for partition in partitions().values())
    return re.compile(rf"\.elb\.([a-z0-9-]+\.)?({suffixes})\.?$", re.IGNORECASE)
