"""EFS file systems that clients mount through access points only; see docs/efs-access-points.md."""

from plainwork.alarms import AlarmActions
from plainwork.efs.access_point import AccessPoint
from plainwork.efs.eks import CsiDynamicProvisioning, OidcProvider, ServiceAccountRole
from plainwork.efs.file_system import FileSystem
from plainwork.efs.mounts import EcsVolume
from plainwork.efs.posix import PosixUser
from plainwork.efs.storage import BurstingThroughput, ElasticThroughput, LifecyclePolicy, ProvisionedThroughput

__all__ = [
    "AccessPoint",
    "AlarmActions",
    "BurstingThroughput",
    "CsiDynamicProvisioning",
    "EcsVolume",
    "ElasticThroughput",
    "FileSystem",
    "LifecyclePolicy",
    "OidcProvider",
    "PosixUser",
    "ProvisionedThroughput",
    "ServiceAccountRole",
]
