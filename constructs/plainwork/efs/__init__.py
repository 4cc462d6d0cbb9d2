"""EFS file systems that clients mount through access points only; see docs/efs-access-points.md."""

from plainwork.efs.access_point import AccessPoint
from plainwork.efs.eks import CsiDynamicProvisioning, ServiceAccountRole
from plainwork.efs.existing import ExistingFileSystem
from plainwork.efs.file_system import FileSystem
from plainwork.efs.mounts import EcsVolume

__all__ = [
    "AccessPoint",
    "CsiDynamicProvisioning",
    "EcsVolume",
    "ExistingFileSystem",
    "FileSystem",
    "ServiceAccountRole",
]
