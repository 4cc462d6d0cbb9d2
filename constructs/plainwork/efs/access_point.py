"""An access point: one root directory and one POSIX user for the roles that have a grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import roles
from plainwork.efs.mounts import EcsVolume, lambda_file_system_config
from plainwork.efs.policy import READ, READ_WRITE, ROOT_ACCESS, client_statement, through_access_point
from plainwork.errors import ArgumentsError, GrantError
from plainwork.terraform import Construct, Resource
from plainwork.terraform.unique_construct import UniqueConstruct

if TYPE_CHECKING:
    from plainwork.efs.posix import PosixUser, RootDirectory
    from plainwork.roles import Role


class AccessPoint(UniqueConstruct):
    """An EFS access point; `FileSystem.access_point` creates it.

    EFS can change only the tags of an access point, so another user or directory is another access point. Terraform
    creates the new one before it deletes the old one, and updates the resources that refer to it (task definitions,
    grants). An existing directory keeps its owner and permissions: change those from a client.

    Args:
        scope: the construct of the file system.
        id_: the name of the resource in `scope`.
        file_system_id: ID of the file system.
        file_system_arn: ARN of the file system.
        name: the `Name` tag, and a part of the names of the policies.
        user: the POSIX user.
        directory: the root directory.

    Raises:
        ArgumentsError: EFS rejects user or directory.

    Attributes:
        access_point: the `aws_efs_access_point`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        file_system_id: str,
        file_system_arn: str,
        name: str,
        user: PosixUser,
        directory: RootDirectory,
    ) -> None:
        if problems := [*user.problems(), *directory.problems(user)]:
            raise ArgumentsError(f"AccessPoint {id_!r}", problems)
        super().__init__(scope, id_)
        self._file_system_id, self._file_system_arn = file_system_id, file_system_arn
        self._name, self._user = name, user
        self.access_point = Resource(
            self,
            "aws_efs_access_point",
            file_system_id=file_system_id,
            posix_user=user.block(),
            root_directory=directory.block(),
            tags={"Name": name},
            lifecycle={"create_before_destroy": True},
        )

    def grant_read(self, role: Role) -> Resource:
        """Allow a role to mount this access point through a mount target, and to read.

        For an ECS task this is the task role, for a Lambda function the execution role.

        Args:
            role: an `aws_iam_role` of the same stack, or the name of a role of this account.

        Returns:
            The `aws_iam_role_policy`.

        Raises:
            GrantError: the role is invalid, or `uid` or `gid` is 0, which needs `grant_root_access`.
            AddressError: the role has a grant on this access point.
        """
        return self._grant(role, READ)

    def grant_read_write(self, role: Role) -> Resource:
        """Allow a role to mount this access point through a mount target, to read and to write.

        Arguments, result and errors are those of `grant_read`.
        """
        return self._grant(role, READ_WRITE)

    def grant_root_access(self, role: Role) -> Resource:
        """Allow a role to mount, to read and to write as root: file permissions do not limit the role.

        Arguments and result are those of `grant_read`.

        Raises:
            GrantError: the role is invalid, or neither `uid` nor `gid` is 0.
            AddressError: the role has a grant on this access point.
        """
        return self._grant(role, ROOT_ACCESS)

    def ecs_volume(self, name: str) -> EcsVolume:
        """Return the `volume` block of an `aws_ecs_task_definition`, which creates the `mountPoints` of its containers.

        The service must depend on `FileSystem.mount_targets`; otherwise the first tasks cannot resolve the file system.

        Raises:
            ArgumentsError: ECS rejects the name.
        """
        return EcsVolume(name, file_system_id=self._file_system_id, access_point_id=self.access_point["id"])

    def lambda_file_system_config(self, local_mount_path: str) -> dict[str, str]:
        """Return the `file_system_config` of an `aws_lambda_function`, which must depend on `FileSystem.mount_targets`.

        Args:
            local_mount_path: a directory in `/mnt`, as `/mnt/data`.

        Raises:
            ArgumentsError: Lambda rejects the path.
        """
        return lambda_file_system_config(self.access_point["arn"], local_mount_path)

    @property
    def csi_volume_handle(self) -> str:
        """The `volumeHandle` of a Kubernetes PersistentVolume, whose `mountOptions` must contain `iam`.

        https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md
        """
        return f"{self._file_system_id}::{self.access_point['id']}"

    def _grant(self, role: Role, actions: tuple[str, ...]) -> Resource:
        if self._user.is_root and actions != ROOT_ACCESS:
            raise GrantError(
                f"access point {self.node.path!r} has {self._user}, which requires ClientRootAccess: use "
                "grant_root_access()"
            )
        if actions == ROOT_ACCESS and not self._user.is_root:
            raise GrantError(
                f"access point {self.node.path!r} has {self._user}, which does not require ClientRootAccess: use "
                "grant_read() or grant_read_write()"
            )
        access_point = through_access_point(self.access_point["arn"])
        statement = client_statement("MountAccessPoint", actions, self._file_system_arn, access_point)
        return roles.grant(self, role, name=f"efs-{self._name}", statements=[statement])
