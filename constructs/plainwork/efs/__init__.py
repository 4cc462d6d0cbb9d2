"""EFS file systems that are reached through access points only; see docs/efs-access-points.md."""

from plainwork.alarms import AlarmActions
from plainwork.efs.access_point import AccessPoint
from plainwork.efs.ecs import EcsVolume
from plainwork.efs.eks import CsiProvisioning, OidcProvider, ServiceAccountRole
from plainwork.efs.file_system import FileSystem
from plainwork.efs.posix import PosixUser
from plainwork.efs.storage import StorageLifecycle
from plainwork.efs.throughput import Bursting, Elastic, Provisioned
from plainwork.security_group import IngressSource

__all__ = [
    "AccessPoint",
    "AlarmActions",
    "Bursting",
    "CsiProvisioning",
    "EcsVolume",
    "Elastic",
    "FileSystem",
    "IngressSource",
    "OidcProvider",
    "PosixUser",
    "Provisioned",
    "ServiceAccountRole",
    "StorageLifecycle",
]
