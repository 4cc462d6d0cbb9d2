"""What happens when the memory is full, said once: parameters and alarms follow."""

from __future__ import annotations

from enum import Enum


class Eviction(Enum):
    """What the keys are to their users.

    There is no default, because ElastiCache's own, `volatile-lru`, is neither: it evicts keys that have a time to live,
    and refuses writes when there is none left
    (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html).
    """

    CACHE = "allkeys-lru"
    """Any key can be made again: the least recently used go. A full memory is as it should be."""

    STORE = "noeviction"
    """No key may go unasked: writes fail when the memory is full. A full memory is an outage."""
