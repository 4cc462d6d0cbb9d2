"""EFS file systems that clients mount through access points only; see docs/efs-access-points.md."""

from plainwork.alarms import AlarmActions
from plainwork.efs.access_point import AccessPoint
from plainwork.efs.eks import CsiDynamicProvisioning, OidcProvider, ServiceAccountRole
from plainwork.efs.file_system import FileSystem
from plainwork.efs.mounts import EcsVolume
from plainwork.efs.posix import PosixUser
from plainwork.efs.storage import BurstingThroughput, ElasticThroughput, LifecyclePolicy, ProvisionedThroughput
from plainwork.security_group import IngressSource

__all__ = [
    "AccessPoint",
    "AlarmActions",
    "BurstingThroughput",
    "CsiDynamicProvisioning",
    "EcsVolume",
    "ElasticThroughput",
    "FileSystem",
    "IngressSource",
    "LifecyclePolicy",
    "OidcProvider",
    "PosixUser",
    "ProvisionedThroughput",
    "ServiceAccountRole",
]
