"""EFS access point does not enforce a user identity or root directory.

What: An `aws_efs_access_point` without `posix_user`, with the user ID 0, with the path `/`, or with a directory that
    every user can write to.
Why: An access point limits an application to one directory and one POSIX user. Without `posix_user`, clients choose
    their own user ID. With user ID 0, every client is root. With the path `/`, clients can access the whole file
    system. With permissions such as `777`, every user of the file system can change the files.
Remedy: Set `posix_user`, a `path` other than `/`, and `permissions` that end in `0` or `5`.
Limitations: `/` is a valid path for a file system with one application; disable the policy in that case. The
    permissions of a directory that exists are not known.
"""

from __future__ import annotations

import re

from plainwork_policies.api import Findings, Resource, check_each, policy

_WRITABLE_BY_OTHERS = re.compile("[0-7]{2,3}[2367]")


@policy(
    "PLW_EFS_005",
    "efs-access-point-unrestricted",
    severity="medium",
    on="aws_efs_access_point",
    aliases=("access-point-unconfined",),
    links=("https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-4",),
)
def efs_access_point_unrestricted(access_point: Resource) -> Findings:
    """Check the POSIX user, the root directory and its permissions."""
    yield from check_each((_user_problems, _path_problems, _permission_problems), lambda check: check(access_point))


def _user_problems(access_point: Resource) -> Findings:
    uid, remedy = access_point["posix_user.uid"], "Set `posix_user` with a `uid` other than 0."
    if uid.string(default="") == "":
        message = "`posix_user` is not set; clients choose their own user ID"
        yield access_point["posix_user"].fail(message, value=None, remedy=remedy)
    elif uid.string() == "0":
        yield uid.fail("`uid` is `0`; every client is root", remedy=remedy)


def _path_problems(access_point: Resource) -> Findings:
    path = access_point["root_directory.path"]
    if path.string(default="/") == "/":
        message = f"`path` is {path.state}; clients can access the whole file system"
        yield path.fail(message, remedy="Set `path` in `root_directory` to a directory other than `/`.")


def _permission_problems(access_point: Resource) -> Findings:
    permissions = access_point["root_directory.creation_info.permissions"]
    if _WRITABLE_BY_OTHERS.fullmatch(permissions.string(default="")):
        message = f"`permissions` is {permissions.state}; every user can write"
        yield permissions.fail(message, remedy='Set `permissions` to a mode that ends in 0 or 5, such as `"750"`.')
