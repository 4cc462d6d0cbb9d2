"""Amazon EFS: limits, permissions of clients, and the POSIX permissions of a root directory."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import IntEnum

NFS_PORT = 2049
"""https://docs.aws.amazon.com/efs/latest/ug/network-access.html"""

GENERAL_PURPOSE, MAX_IO = "generalPurpose", "maxIO"
"""Performance modes: https://docs.aws.amazon.com/efs/latest/ug/performance.html#performancemodes"""

TRANSITIONS = ("transition_to_ia", "transition_to_archive", "transition_to_primary_storage_class")
"""Of a lifecycle policy: https://docs.aws.amazon.com/efs/latest/ug/API_LifecyclePolicy.html"""

MAX_ID = 2**32 - 1
MAX_SECONDARY_GIDS = 16
"""https://docs.aws.amazon.com/efs/latest/ug/API_PosixUser.html"""

MAX_PATH_LENGTH, MAX_PATH_DEPTH = 100, 4
DIRECTORY_NAME = re.compile(r"(?!\.)[^$#<>;`|&?{}^*/\n]+")
"""Of the path of a root directory: https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html"""

PERMISSIONS = re.compile(r"[0-7]{3,4}")
"""https://docs.aws.amazon.com/efs/latest/ug/API_CreationInfo.html"""

CLIENT_MOUNT = "elasticfilesystem:ClientMount"
CLIENT_WRITE = "elasticfilesystem:ClientWrite"
CLIENT_ROOT_ACCESS = "elasticfilesystem:ClientRootAccess"
ACCESS_POINT_ARN = "elasticfilesystem:AccessPointArn"
ACCESSED_VIA_MOUNT_TARGET = "elasticfilesystem:AccessedViaMountTarget"
"""Actions and condition keys of NFS clients:
https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"""

_EXECUTE = 1


class PosixClass(IntEnum):
    """The class of a user for a directory; the value is the index of its digit in the permissions."""

    OWNER = -3
    GROUP = -2
    OTHERS = -1


def posix_class(uid: object, gids: Collection[object], owner_uid: object, owner_gid: object) -> PosixClass:
    """Return the class of a user: POSIX applies only the digit of the first class that fits.

    https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap04.html#tag_04_07
    """
    if uid == owner_uid:
        return PosixClass.OWNER
    return PosixClass.GROUP if owner_gid in gids else PosixClass.OTHERS


def can_enter(permissions: str, who: PosixClass) -> bool:
    """Return whether octal permissions have the execute bit of a class. The user 0 needs none."""
    return bool(int(permissions[who]) & _EXECUTE)
