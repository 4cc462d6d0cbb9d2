"""EFS access point root directory is not created or not accessible.

What: An `aws_efs_access_point` with a `path` other than `/` and without `creation_info`, or with a `creation_info`
    whose permissions do not allow the access point's `posix_user` to enter the directory.
Why: EFS creates the directory at the first mount, and only if `creation_info` is set. Without it, every mount fails
    with a message that names neither the directory nor the access point. EFS does not change the owner of an existing
    directory.
Remedy: Add `creation_info` whose owner is the POSIX user of the access point.
Limitations: A directory that exists does not need `creation_info`. The configuration does not show this; disable the
    policy in that case. The POSIX user 0 is not checked. Write permission is not checked, because the user may only
    need to read.
"""

from __future__ import annotations

from plainwork_core.aws.efs import PERMISSIONS, PosixClass, can_enter, posix_class
from plainwork_policies.api import Block, Findings, Resource, all_conditions, check_each, policy

_CREATION_INFO = "root_directory.creation_info"
_CLASSES = {
    PosixClass.OWNER: "the owner",
    PosixClass.GROUP: "a member of the group",
    PosixClass.OTHERS: "neither the owner nor a member of the group",
}


@policy(
    "PLW_EFS_004",
    "efs-access-point-directory-inaccessible",
    severity="medium",
    on="aws_efs_access_point",
    aliases=("access-point-directory-unusable",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",),
)
def efs_access_point_directory_inaccessible(access_point: Resource) -> Findings:
    """Check how the directory is created, and whether the POSIX user can enter it."""
    yield from check_each((_creation_problems, _permission_problems), lambda check: check(access_point))


def _has_directory(access_point: Resource) -> bool:
    return access_point["root_directory.path"].string(default="/") != "/"


def _creation_problems(access_point: Resource) -> Findings:
    if all_conditions(lambda: _has_directory(access_point), lambda: access_point.block(_CREATION_INFO) is None):
        path = access_point["root_directory.path"]
        message = f"`path` is {path.state} and `creation_info` is not set; mounts fail until the directory exists"
        remedy = 'Add `creation_info` with `owner_uid` and `owner_gid` of the POSIX user and `permissions = "750"`.'
        yield path.fail(message, remedy=remedy)


def _permission_problems(access_point: Resource) -> Findings:
    creation, user = access_point.block(_CREATION_INFO), access_point.block("posix_user")
    if creation is None or user is None:
        return
    if all_conditions(lambda: not _can_enter(user, creation), lambda: _has_directory(access_point)):
        permissions, who = creation["permissions"], _CLASSES[_posix_class(user, creation)]
        owner = f"{creation['owner_uid'].string()}:{creation['owner_gid'].string()}"
        yield permissions.fail(
            f"`permissions` is {permissions.state} with owner `{owner}`; "
            f"POSIX user {user['uid'].state}, {who}, cannot enter the directory",
            remedy='Set `owner_uid` and `owner_gid` to those of the POSIX user, and `permissions = "750"`.',
        )


def _can_enter(user: Block, creation: Block) -> bool:
    permissions = creation["permissions"].string()
    is_exempt = user["uid"].string() == "0" or not PERMISSIONS.fullmatch(permissions)
    return is_exempt or can_enter(permissions, _posix_class(user, creation))


def _posix_class(user: Block, creation: Block) -> PosixClass:
    groups = {user["gid"].string(), *user["secondary_gids"].strings()}
    return posix_class(user["uid"].string(), groups, creation["owner_uid"].string(), creation["owner_gid"].string())
