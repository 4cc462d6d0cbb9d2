"""POSIX user and root directory of an access point, and the values that EFS or the first mount rejects.

https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html, `API_CreationInfo.html` and `API_PosixUser.html` there
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork_core.aws.efs import (
    DIRECTORY_NAME,
    MAX_ID,
    MAX_PATH_DEPTH,
    MAX_PATH_LENGTH,
    MAX_SECONDARY_GIDS,
    PERMISSIONS,
    can_enter,
    posix_class,
)
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "/"


@frozen()
class PosixUser:
    """The POSIX identity that an access point enforces.

    Attributes:
        uid: user ID, 0 to 4294967295. If `uid` or `gid` is 0, roles need `AccessPoint.grant_root_access`.
        gid: group ID, 0 to 4294967295.
        secondary_gids: up to 16 more group IDs.
    """

    uid: int
    gid: int
    secondary_gids: Collection[int] = ()

    def __str__(self) -> str:
        return f"uid {self.uid} and gid {self.gid}"

    @property
    def is_root(self) -> bool:
        """Whether EFS requires `ClientRootAccess`.

        https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html
        """
        return 0 in (self.uid, self.gid)

    def block(self) -> dict[str, Any]:
        """Return the `posix_user` block."""
        return {"uid": self.uid, "gid": self.gid, "secondary_gids": list(self.secondary_gids) or None}

    def problems(self) -> Iterator[str]:
        """Yield one message for each ID that EFS rejects."""
        yield from scalars.whole_number_problems("uid", self.uid, 0, MAX_ID)
        yield from scalars.whole_number_problems("gid", self.gid, 0, MAX_ID)
        if not isinstance(self.secondary_gids, Collection) or isinstance(self.secondary_gids, str):
            yield f"secondary_gids must be a list of group IDs, as [2000]: got {self.secondary_gids!r}"
            return
        if len(self.secondary_gids) > MAX_SECONDARY_GIDS:
            yield f"secondary_gids must be at most {MAX_SECONDARY_GIDS}: got {len(self.secondary_gids)}"
        for gid in self.secondary_gids:
            yield from scalars.whole_number_problems("secondary_gids", gid, 0, MAX_ID)


@frozen()
class RootDirectory:
    """The root directory of an access point, which EFS creates at the first mount.

    Attributes:
        path: path in the file system.
        permissions: octal permissions at creation; None if `path` is `/`, which always exists.
        owner_uid: owner at creation.
        owner_gid: owning group at creation.
    """

    path: str
    permissions: str | None
    owner_uid: int
    owner_gid: int

    def block(self) -> dict[str, Any]:
        """Return the `root_directory` block."""
        if self.path == ROOT:
            return {"path": ROOT}
        owner = {"owner_uid": self.owner_uid, "owner_gid": self.owner_gid}
        return {"path": self.path, "creation_info": {**owner, "permissions": self.permissions}}

    def problems(self, user: PosixUser) -> Iterator[str]:
        """Yield one message for each value that EFS rejects, and one if the user cannot enter the directory."""
        yield from _path_problems(self.path)
        if self.owner_uid != user.uid:
            yield from scalars.whole_number_problems("owner_uid", self.owner_uid, 0, MAX_ID)
        if self.owner_gid != user.gid:
            yield from scalars.whole_number_problems("owner_gid", self.owner_gid, 0, MAX_ID)
        yield from self._permission_problems(user)

    def _permission_problems(self, user: PosixUser) -> Iterator[str]:
        if self.path == ROOT:
            if self.permissions is not None:
                yield (
                    "permissions must not be set if path is '/', because EFS does not change an existing directory: "
                    f"got {self.permissions!r}"
                )
        elif self.permissions is None:
            yield (
                f"permissions must be set, as '750'; without them EFS does not create {self.path!r}, and every mount "
                "fails until the directory exists"
            )
        elif not scalars.is_reference(self.permissions):
            yield from self._mode_problems(user, self.permissions)

    def _mode_problems(self, user: PosixUser, permissions: Any) -> Iterator[str]:
        if not isinstance(permissions, str) or not PERMISSIONS.fullmatch(permissions):
            yield f"permissions must be a string of 3 or 4 octal digits, as '750': got {permissions!r}"
        elif not self._can_enter(user, permissions):
            yield (
                f"permissions {permissions!r} do not allow user {user.uid} of group {user.gid} to enter {self.path!r}, "
                f"which belongs to user {self.owner_uid} and group {self.owner_gid}: set the execute bit, as in '750'"
            )

    def _can_enter(self, user: PosixUser, permissions: str) -> bool:
        """Return whether the user can enter the directory; true if that is unknown."""
        if any(user.problems()):
            return True
        ids = (user.uid, user.gid, *user.secondary_gids, self.owner_uid, self.owner_gid)
        if user.uid == 0 or any(map(scalars.is_reference, ids)):
            return True
        user_class = posix_class(user.uid, (user.gid, *user.secondary_gids), self.owner_uid, self.owner_gid)
        return can_enter(permissions, user_class)


def _path_problems(path: Any) -> Iterator[str]:
    if scalars.is_reference(path) or path == ROOT:
        return
    if not isinstance(path, str) or not path.startswith("/"):
        yield f"path must be absolute, as '/data': got {path!r}"
        return
    if len(path) > MAX_PATH_LENGTH:
        yield f"path must have at most {MAX_PATH_LENGTH} characters: got {len(path)}, in {path!r}"
    directories = path.removeprefix("/").split("/")
    if len(directories) > MAX_PATH_DEPTH:
        yield f"path must have at most {MAX_PATH_DEPTH} directories: got {len(directories)}, in {path!r}"
    if not all(map(DIRECTORY_NAME.fullmatch, directories)):
        yield (
            "path must consist of directory names that do not begin with '.' or contain $#<>;`|&?{}^*, without a "
            f"trailing '/': got {path!r}"
        )
