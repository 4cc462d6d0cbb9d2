"""A way into a file system: one directory, as one user, for the roles that are granted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import roles
from plainwork.efs import lambda_function
from plainwork.efs.ecs import EcsVolume
from plainwork.efs.policy import client_statement, require_boolean, through
from plainwork.errors import ArgumentsError, GrantError
from plainwork.terraform import Construct, Resource

if TYPE_CHECKING:
    from plainwork.efs.file_system import FileSystem
    from plainwork.efs.posix import PosixUser, RootDirectory


class AccessPoint(Construct):
    """An access point; `FileSystem.access_point` makes it.

    EFS changes nothing of an access point but its tags, so another user or directory is another access point: Terraform
    makes it before it takes the old one away, and what names the old one (a task definition, a grant) follows. A
    directory that is there already keeps its owner and permissions: change those from a client.

    Attributes:
        access_point: the `aws_efs_access_point`.
    """

    def __init__(self, file_system: FileSystem, id_: str, *, user: PosixUser, directory: RootDirectory) -> None:
        if problems := [*user.problems(), *directory.problems(user)]:
            raise ArgumentsError(f"AccessPoint {id_!r}", problems)
        super().__init__(file_system, id_)
        self._file_system, self._user = file_system.file_system, user
        self._name = f"{file_system.name}-{id_}"
        self.access_point = Resource(
            self,
            "aws_efs_access_point",
            file_system_id=self._file_system["id"],
            posix_user=user.block(),
            root_directory=directory.block(),
            tags={"Name": self._name},
            lifecycle={"create_before_destroy": True},
        )

    def grant(self, role: str, *, write: bool = False, root: bool = False) -> Resource:
        """Let a role mount this access point, and no other, through a mount target.

        For an ECS task this is the task role, for a Lambda function its execution role.

        Args:
            role: the name of an IAM role of this account, or `role["name"]` of one in the same stack.
            write: whether it may write too.
            root: say True where `posix_user` has uid or gid 0, which nobody can use without `ClientRootAccess`: no
                permission of a file then holds the role back.

        Returns:
            The `aws_iam_role_policy`.

        Raises:
            GrantError: the role is none, `write` or `root` says neither, or `root` is not what `posix_user` needs.
            AddressError: the role has the grant already.
        """
        require_boolean("write", write)
        require_boolean("root", root)
        if root != self._user.is_root:
            needs = "needs ClientRootAccess: grant it with root=True" if self._user.is_root else "needs no root=True"
            raise GrantError(f"access point {self.node.path!r} acts as {self._user}, which {needs}")
        arn, file_system_arn = self.access_point["arn"], self._file_system["arn"]
        statement = client_statement("MountAccessPoint", file_system_arn, through(arn), write=write, root=root)
        return roles.grant(self, role, name=f"efs-{self._name}", statements=[statement])

    def ecs_volume(self, name: str) -> EcsVolume:
        """The `volume` block of an `aws_ecs_task_definition`, which also gives the `mountPoints` of its containers.

        Its service must wait for `FileSystem.mount_targets`, or the first tasks fail to resolve the file system.

        Raises:
            ArgumentsError: ECS would reject the name.
        """
        return EcsVolume(name, file_system_id=self._file_system["id"], access_point_id=self.access_point["id"])

    def lambda_file_system_config(self, local_mount_path: str) -> dict[str, str]:
        """The `file_system_config` block of an `aws_lambda_function`, which must wait for `FileSystem.mount_targets`.

        Args:
            local_mount_path: a directory in `/mnt`, as `/mnt/data`.

        Raises:
            ArgumentsError: Lambda would reject the path.
        """
        return lambda_function.file_system_config(self.access_point["arn"], local_mount_path)

    @property
    def csi_volume_handle(self) -> str:
        """The `volumeHandle` of a Kubernetes PersistentVolume, which needs `iam` among its `mountOptions`.

        https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md
        """
        return f"{self._file_system['id']}::{self.access_point['id']}"
