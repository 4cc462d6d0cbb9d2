"""ElastiCache for Valkey; see docs/valkey.md."""

from plainwork.alarms import AlarmActions
from plainwork.errors import GrantError
from plainwork.valkey.autoscaling import Scaling, ScalingMetric
from plainwork.valkey.capacity import CacheUsageLimits
from plainwork.valkey.engine import Eviction
from plainwork.valkey.replication_group import ValkeyReplicationGroup
from plainwork.valkey.serverless import ReplacementWarning, ValkeyServerless
from plainwork.valkey.users import CacheUser
from plainwork_core.aws.elasticache import Valkey

__all__ = [
    "AlarmActions",
    "CacheUsageLimits",
    "CacheUser",
    "Eviction",
    "GrantError",
    "ReplacementWarning",
    "Scaling",
    "ScalingMetric",
    "Valkey",
    "ValkeyReplicationGroup",
    "ValkeyServerless",
]
