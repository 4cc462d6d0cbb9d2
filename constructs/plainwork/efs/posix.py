"""Who an access point acts as, and the directory that it makes: what EFS and POSIX would refuse at the first mount.

https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html, `API_CreationInfo.html` and `API_PosixUser.html` there
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "/"
_LARGEST_ID = 2**32 - 1
_MOST_GROUPS = 16
_LONGEST_PATH = 100
_DEEPEST_PATH = 4
_DIRECTORY = re.compile(r"(?!\.)[^$#<>;`|&?{}^*/\n]+")
_PERMISSIONS = re.compile(r"[0-7]{3,4}")


@dataclass(frozen=True)
class PosixUser:
    """Who every request through an access point is made as, whoever makes it.

    Attributes:
        uid: the user id, from 0 to 4294967295. Where it or `gid` is 0, roles need `ClientRootAccess`: see
            `AccessPoint.grant`.
        gid: the group id, likewise.
        secondary_gids: at most 16 more group ids.
    """

    uid: int
    gid: int
    secondary_gids: tuple[int, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether EFS asks for `ClientRootAccess`.

        https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html
        """
        return 0 in (self.uid, self.gid)

    def block(self) -> dict[str, Any]:
        """The `posix_user` block."""
        return {"uid": self.uid, "gid": self.gid, "secondary_gids": list(self.secondary_gids) or None}

    def problems(self) -> Iterator[str]:
        """One sentence for each id that EFS would reject."""
        yield from scalars.whole_number_problems("posix_user uid", self.uid, 0, _LARGEST_ID)
        yield from scalars.whole_number_problems("posix_user gid", self.gid, 0, _LARGEST_ID)
        if not isinstance(self.secondary_gids, tuple):
            yield f"posix_user secondary_gids must be a tuple of group ids, as (2000,): got {self.secondary_gids!r}"
            return
        if len(self.secondary_gids) > _MOST_GROUPS:
            yield f"posix_user secondary_gids must be at most {_MOST_GROUPS}: got {len(self.secondary_gids)}"
        for each in self.secondary_gids:
            yield from scalars.whole_number_problems("posix_user secondary_gids", each, 0, _LARGEST_ID)


@dataclass(frozen=True)
class RootDirectory:
    """The directory that is all a client sees, made at the first mount.

    Attributes:
        path: on the file system.
        permissions: octal, of the directory when it is made; None where `path` is `/`, which is always there.
        owner_uid: who owns it when it is made.
        owner_gid: the group that owns it when it is made.
    """

    path: str
    permissions: str | None
    owner_uid: int
    owner_gid: int

    def block(self) -> dict[str, Any]:
        """The `root_directory` block."""
        if self.path == ROOT:
            return {"path": ROOT}
        owner = {"owner_uid": self.owner_uid, "owner_gid": self.owner_gid}
        return {"path": self.path, "creation_info": {**owner, "permissions": self.permissions}}

    def problems(self, user: PosixUser) -> Iterator[str]:
        """One sentence for each thing that EFS would reject, and one where the user could not enter."""
        yield from _path_problems(self.path)
        if self.owner_uid != user.uid:
            yield from scalars.whole_number_problems("owner_uid", self.owner_uid, 0, _LARGEST_ID)
        if self.owner_gid != user.gid:
            yield from scalars.whole_number_problems("owner_gid", self.owner_gid, 0, _LARGEST_ID)
        if self.path == ROOT:
            if self.permissions is not None:
                yield (
                    "permissions must not be given where path is '/', because that directory is there already, and EFS "
                    f"changes none that is: got {self.permissions!r}"
                )
        elif self.permissions is None:
            yield (
                f"permissions must be given, as '750', because without them EFS does not make {self.path!r}, and every "
                "mount fails until somebody else has"
            )
        else:
            yield from self._permission_problems(user)

    def _permission_problems(self, user: PosixUser) -> Iterator[str]:
        given = self.permissions
        if scalars.is_reference(given):
            return
        if not isinstance(given, str) or not _PERMISSIONS.fullmatch(given):
            yield f"permissions must be 3 or 4 octal digits, as '750', in a string: got {given!r}"
        elif not self._lets_in(user, given):
            yield (
                f"permissions {given!r} do not let user {user.uid} of group {user.gid} into {self.path!r}, which "
                f"belongs to user {self.owner_uid} and group {self.owner_gid}: its digit must be odd, as in '750'"
            )

    def _lets_in(self, user: PosixUser, permissions: str) -> bool:
        """Whether the execute bit is set in the one digit that POSIX looks at; root needs none."""
        if any(user.problems()):
            return True
        ids = (user.uid, user.gid, *user.secondary_gids, self.owner_uid, self.owner_gid)
        if user.is_root or any(map(scalars.is_reference, ids)):
            return True
        owner, group, others = (int(digit) for digit in permissions[-3:])
        if user.uid == self.owner_uid:
            return bool(owner & 1)
        in_group = self.owner_gid in (user.gid, *user.secondary_gids)
        return bool((group if in_group else others) & 1)


def _path_problems(path: Any) -> Iterator[str]:
    if scalars.is_reference(path) or path == ROOT:
        return
    if not isinstance(path, str) or not path.startswith("/"):
        yield f"path must begin with '/', as '/data': got {path!r}"
        return
    if len(path) > _LONGEST_PATH:
        yield f"path must have at most {_LONGEST_PATH} characters: got {len(path)}, in {path!r}"
    directories = path.removeprefix("/").split("/")
    if len(directories) > _DEEPEST_PATH:
        yield f"path must have at most {_DEEPEST_PATH} directories: got {len(directories)}, in {path!r}"
    if not all(map(_DIRECTORY.fullmatch, directories)):
        yield (
            "path must be made of directory names that do not begin with '.' and have none of $#<>;`|&?{}^*, without a "
            f"'/' at the end: got {path!r}"
        )
