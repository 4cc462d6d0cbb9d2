"""EFS access point does not enforce a user identity or root directory.

What: an `aws_efs_access_point` without `posix_user`, with the user 0, for the path `/`, or whose directory everybody
    may write to.
Why: an access point is there so that one application has one directory, as one user. Without a user, clients say
    themselves who they are; as 0 they are root; from `/` they see what is everybody's; and a mode such as `777` lets
    every other user of the file system change the files.
Remedy: one directory, one user, and a mode that ends in `0` or `5`::

        posix_user {
          uid = 1000
          gid = 1000
        }

        root_directory {
          path = "/reports"

          creation_info {
            owner_uid   = 1000
            owner_gid   = 1000
            permissions = "750"
          }
        }
Limitations: a file system that has one application only may well be mounted from `/`. The mode of a directory that
    exists
    is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.efs.efs_access_point_directory_inaccessible import access_points
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_UID, _PATH = "posix_user.0.uid", "root_directory.0.path"
_MODE = "root_directory.0.creation_info.0.permissions"
_OPEN_MODE = re.compile("[0-7]{2,3}[2367]")
_USER_REMEDY = "set a `posix_user` with a `uid` other than 0"


@policy(
    "PLW_EFS_005",
    "efs-access-point-unrestricted",
    aliases=("access-point-unconfined",),
    severity="medium",
    subjects=access_points,
    links=("https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-4",),
)
def efs_access_point_unrestricted(access_point: Resource) -> Iterator[Finding]:
    """Judge the user, the directory and its mode that *access_point* sets."""
    for path in (_UID, _PATH, _MODE):
        value = configured(access_point, path)
        if isinstance(value, Unknown):
            yield not_evaluated(path, value)
        elif problem := _problem(path, value):
            message, remedy = problem
            yield fail(path, message, value=value, remedy=remedy)


def _problem(path: str, value: Value) -> tuple[str, str] | None:
    if path == _UID and value is None:
        return "sets no user: clients say themselves who they are", _USER_REMEDY
    if path == _UID and str(value) == "0":
        return "makes every client root (uid 0)", _USER_REMEDY
    if path == _PATH and value in (None, "/"):
        return "gives the root of the file system, with everybody's files", "set the path of one directory"
    if path == _MODE and value is not None and _OPEN_MODE.fullmatch(str(value)):
        return f"makes a directory of mode `{value}`, which every user may write to", "write a mode such as `750`"
    return None
