"""What a new and an existing file system have in common: access points, egress rules of clients, and the ARN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.efs.access_point import AccessPoint
from plainwork.efs.posix import ROOT, PosixUser, RootDirectory
from plainwork.errors import ArgumentsError
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Collection


DEFAULT_PERMISSIONS = "750"


class MountedFileSystem(UniqueConstruct):
    """A file system whose access points clients mount; `FileSystem` and `ExistingFileSystem` are such.

    Attributes:
        name: the prefix of the names of access points and grants.
        id: the ID of the file system.
        arn: the ARN of the file system.
    """

    name: str
    id: str
    arn: str
    _arn_prefix: str
    _directories: dict[str, tuple[str, RootDirectory]]

    def _set_location(self, name: str, region: str, account_id: str) -> None:
        self.name, self._directories = name, {}
        self._arn_prefix = f"arn:{partition(region)}:elasticfilesystem:{region}:{account_id}"

    @property
    def access_point_arns(self) -> str:
        """The ARN with a wildcard that matches every access point in this Region and account."""
        return f"{self._arn_prefix}:access-point/*"

    def access_point(
        self,
        id_: str,
        *,
        path: str,
        uid: int,
        gid: int,
        secondary_gids: Collection[int] = (),
        permissions: str | None = None,
        owner_uid: int | None = None,
        owner_gid: int | None = None,
    ) -> AccessPoint:
        """Create an access point: one root directory and one POSIX user.

        Args:
            id_: the name of the resource in the file system: `data` creates `aws_efs_access_point.files_data`.
            path: the root directory, as `/data`: up to 100 characters and 4 levels.
            uid: the user ID that the access point enforces, 0 to 4294967295. If `uid` or `gid` is 0, roles need
                `AccessPoint.grant_root_access`.
            gid: the group ID that it enforces.
            secondary_gids: up to 16 more group IDs.
            permissions: the permissions of the directory at its creation, a string of 3 or 4 octal digits that allow
                the user to enter. By default 750; for `/`, which always exists, they cannot be set.
            owner_uid: owner of the directory at its creation; by default `uid`.
            owner_gid: owning group of the directory at its creation; by default `gid`.

        Raises:
            ArgumentsError: EFS rejects a value, the user cannot enter the directory, or another access point of this
                file system creates the same directory with another owner or other permissions.
        """
        if permissions is None and path != ROOT:
            permissions = DEFAULT_PERMISSIONS
        user = PosixUser(uid, gid, secondary_gids)
        owner_uid, owner_gid = uid if owner_uid is None else owner_uid, gid if owner_gid is None else owner_gid
        directory = RootDirectory(path, permissions, owner_uid, owner_gid)
        access_point = AccessPoint(
            self,
            id_,
            file_system_id=self.id,
            file_system_arn=self.arn,
            name=f"{self.name}-{id_}",
            user=user,
            directory=directory,
        )
        self._claim_directory(directory, id_)
        return access_point

    def _claim_directory(self, directory: RootDirectory, id_: str) -> None:
        """Reject another owner or other permissions: the access point that is mounted first creates the directory."""
        other_id, other = self._directories.setdefault(directory.path, (id_, directory))
        if other != directory:
            problem = (
                f"path {directory.path!r} is the root directory of access point {other_id!r} with another owner or "
                f"other permissions, and the first mount determines them: got {directory}, and {other} there"
            )
            raise ArgumentsError(f"AccessPoint {id_!r}", [problem])
