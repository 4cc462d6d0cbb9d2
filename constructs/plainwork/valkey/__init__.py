"""ElastiCache for Valkey; see docs/valkey.md."""

from plainwork.alarms import AlarmActions
from plainwork.errors import GrantError
from plainwork.security_group import IngressSource
from plainwork.valkey.autoscaling import ReplicaScaling, ShardMetric, ShardScaling
from plainwork.valkey.eviction import Eviction
from plainwork.valkey.limits import UsageLimits
from plainwork.valkey.replication_group import ValkeyReplicationGroup
from plainwork.valkey.serverless import UpgradeReplacesWarning, ValkeyServerless
from plainwork.valkey.users import IamUser
from plainwork.valkey.versions import Valkey

__all__ = [
    "AlarmActions",
    "Eviction",
    "GrantError",
    "IamUser",
    "IngressSource",
    "ReplicaScaling",
    "ShardMetric",
    "ShardScaling",
    "UpgradeReplacesWarning",
    "UsageLimits",
    "Valkey",
    "ValkeyReplicationGroup",
    "ValkeyServerless",
]
