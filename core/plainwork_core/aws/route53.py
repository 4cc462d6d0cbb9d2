"""Route 53: limits of records.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
"""

from __future__ import annotations

MAX_ROUTE53_WEIGHT = 255
MAX_TTL = 2**31 - 1
"""Seconds."""

LOAD_BALANCER_TTL = 60
"""Seconds, which AWS recommends for weighted records in a group with an alias of a load balancer."""

MAX_HEALTH_CHECK_TTL = 60
"""Seconds, the most that AWS recommends for a record with a health check."""

MAX_GROUP_RECORDS = 100
"""Weighted records with one name and type, the default quota:
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html"""
