"""EFS access point root directory is not created or not accessible.

What: an `aws_efs_access_point` with a `path` other than `/` and no `creation_info`; or one whose `creation_info` makes
    a directory that the access point's `posix_user` may not enter.
Why: EFS makes the directory at the first mount, and only where it is told for whom. Otherwise every mount fails, with a
    message that names neither the directory nor the access point. What is there already keeps its owner.
Remedy: give the directory to the user that the access point sets::

        root_directory {
          path = "/reports"

          creation_info {
            owner_uid   = 1000
            owner_gid   = 1000
            permissions = "750"
          }
        }
Limitations: a directory that exists needs no `creation_info`: say so by disabling this policy, nothing in a stack
    tells. The
    user 0 is not compared. Whether the user may write is not judged, it may be meant to read.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.efs import PERMISSIONS, PosixClass, can_enter, posix_class
from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, unknowns
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_PATH, _CREATION = "root_directory.0.path", "root_directory.0.creation_info.0"
_CLASSES = {
    PosixClass.OWNER: "its owner",
    PosixClass.GROUP: "one of its group",
    PosixClass.OTHERS: "neither its owner nor of its group",
}


def access_points(stack: Stack) -> list[Resource]:
    """Return the access points."""
    return stack.managed("aws_efs_access_point")


@policy(
    "PLW_EFS_004",
    "efs-access-point-directory-inaccessible",
    aliases=("access-point-directory-unusable",),
    severity="medium",
    subjects=access_points,
    links=("https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",),
)
def efs_access_point_directory_inaccessible(access_point: Resource, _stack: Stack) -> Iterator[Finding]:
    """Judge how the directory of *access_point* comes to be, and for whom."""
    path, creation = configured(access_point, _PATH), configured(access_point, _CREATION)
    if path in (None, "/"):
        return
    if creation is None:
        if isinstance(path, Unknown):
            yield not_evaluated(_PATH, path)
            return
        message = f"leads to `{path}`, and nothing says for whom EFS makes that directory: mounts fail until it exists"
        yield fail(_PATH, message, value=path, remedy="add `creation_info` with owner and permissions")
        return
    user = access_point.get("posix_user.0")
    if user is None:
        return
    unknown = next(unknowns([creation, user]), None)
    if unknown is not None:
        yield not_evaluated(_CREATION, unknown)
    elif digit := _shut_out(creation, user):
        mode, uid = creation["permissions"], user["uid"]
        message = f"makes a directory of mode `{mode}`, which its own user {uid}, as {digit}, may not enter"
        remedy = "write the user's `uid` and `gid` as the owner's, and a mode such as `750`"
        yield fail(f"{_CREATION}.permissions", message, value=mode, remedy=remedy)


def _shut_out(creation: Value, user: Value) -> str | None:
    """Return as whom *user* may not enter the directory that *creation* makes, if so."""
    mode, uid = str(creation.get("permissions")), str(user.get("uid"))
    if uid == "0" or not PERMISSIONS.fullmatch(mode):
        return None
    groups = {str(gid) for gid in (user.get("gid"), *(user.get("secondary_gids") or ()))}
    who = posix_class(uid, groups, str(creation.get("owner_uid")), str(creation.get("owner_gid")))
    return None if can_enter(mode, who) else _CLASSES[who]
