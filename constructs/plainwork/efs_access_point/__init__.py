"""EFS file systems that are reached through access points only; see docs/efs-access-points.md."""

from plainwork.alarms import Notify
from plainwork.efs_access_point.access_point import AccessPoint
from plainwork.efs_access_point.ecs import EcsVolume
from plainwork.efs_access_point.eks import CsiProvisioning, OidcProvider, ServiceAccountRole
from plainwork.efs_access_point.file_system import FileSystem
from plainwork.efs_access_point.posix import PosixUser
from plainwork.efs_access_point.storage import StorageLifecycle
from plainwork.efs_access_point.throughput import Bursting, Elastic, Provisioned
from plainwork.security_group import Source

__all__ = [
    "AccessPoint",
    "Bursting",
    "CsiProvisioning",
    "EcsVolume",
    "Elastic",
    "FileSystem",
    "Notify",
    "OidcProvider",
    "PosixUser",
    "Provisioned",
    "ServiceAccountRole",
    "Source",
    "StorageLifecycle",
]
