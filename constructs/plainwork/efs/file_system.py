"""A file system that nobody reaches but over TLS, through an access point, with a role that was granted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.alarms import alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.efs.access_point import AccessPoint
from plainwork.efs.alarms import make_alarms
from plainwork.efs.arguments import lifecycle_problems, name_problems
from plainwork.efs.network import NFS, make_mount_targets
from plainwork.efs.policy import attach_policy
from plainwork.efs.posix import PosixUser, RootDirectory
from plainwork.efs.storage import StorageLifecycle
from plainwork.efs.throughput import GENERAL_PURPOSE, Throughput, throughput_problems
from plainwork.errors import ArgumentsError
from plainwork.iam import partition
from plainwork.security_group import IngressSource, client_egress_rule, make_security_group, source_problems
from plainwork.terraform import Construct, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.alarms import AlarmActions


class FileSystem(Construct):
    """An encrypted EFS file system with a mount target in each zone, which is not to be destroyed.

    Args:
        scope: the stack that the file system is made in.
        id_: the name of the resources: `files` makes `aws_efs_file_system.files`.
        name: its `Name` tag, and what the names of security group, policies and alarms begin with: up to 64 letters,
            digits, `_`, `.` and `-`.
        region: the region of the stack's provider.
        account_id: the account of the stack's provider, 12 digits.
        vpc_id: where the mount targets are.
        subnets: a subnet in each zone that has clients, by zone id: `{"euw1-az1": "subnet-..."}`.
        clients: who may connect to the mount targets, by names that become part of the rules' addresses.
        throughput: `Elastic()`, `Bursting()` or `Provisioned(mibps=...)`: what it costs.
        backup: whether AWS Backup keeps daily backups, which cost, in its default vault.
        kms_key_id: the ARN of a KMS key; None is AWS's own key for EFS, `aws/elasticfilesystem`.
        performance_mode: `generalPurpose`, or `maxIO`, which has the higher latency.
        lifecycle_policy: when files move to cheaper storage; by default never.

    Raises:
        ArgumentsError: naming every argument that AWS would reject.

    Attributes:
        name: as given.
        file_system: the `aws_efs_file_system`.
        security_group: the `aws_security_group` of the mount targets.
        mount_targets: each `aws_efs_mount_target`, for the `depends_on` of what mounts: until they are there, and the
            file system policy before them, a client fails to resolve the file system.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        region: str,
        account_id: str,
        vpc_id: str,
        subnets: Mapping[str, str],
        clients: Mapping[str, IngressSource],
        throughput: Throughput,
        backup: bool,
        kms_key_id: str | None = None,
        performance_mode: str = GENERAL_PURPOSE,
        lifecycle_policy: StorageLifecycle = StorageLifecycle(),  # noqa: B008  frozen
    ) -> None:
        problems = [
            *name_problems(name),
            *identifiers.region_problems("region", region),
            *identifiers.account_id_problems("account_id", account_id),
            *identifiers.resource_id_problems("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region),
            *source_problems("clients", clients),
            *throughput_problems(throughput, performance_mode),
            *scalars.boolean_problems("backup", backup),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *lifecycle_problems(lifecycle_policy, throughput),
        ]
        if problems:
            raise ArgumentsError(f"FileSystem {id_!r}", problems)
        super().__init__(scope, id_)
        self.name = name
        self._throughput, self._performance_mode, self._allow_from = throughput, performance_mode, clients
        self._arn_prefix = f"arn:{partition(region)}:elasticfilesystem:{region}:{account_id}"
        self._directories: dict[str, tuple[str, RootDirectory]] = {}
        self.file_system = Resource(
            self,
            "aws_efs_file_system",
            encrypted=True,
            kms_key_id=kms_key_id,
            performance_mode=performance_mode,
            **throughput.arguments(),
            lifecycle_policy=lifecycle_policy.blocks() or None,
            tags={"Name": name},
            lifecycle={"prevent_destroy": True},
        )
        policy = attach_policy(self, self.file_system)
        status = {"status": "ENABLED" if backup else "DISABLED"}
        Resource(self, "aws_efs_backup_policy", file_system_id=self.file_system["id"], backup_policy=status)
        self.security_group = make_security_group(
            self, vpc_id=vpc_id, name=name, description=f"NFS to {name}", port=NFS, sources=clients
        )
        self.mount_targets = make_mount_targets(self, self.file_system, self.security_group, subnets, after=policy)

    @property
    def access_point_arns(self) -> str:
        """What the ARN of every access point in this region and account matches."""
        return f"{self._arn_prefix}:access-point/*"

    def access_point(
        self,
        id_: str,
        *,
        path: str,
        posix_user: PosixUser,
        permissions: str | None = None,
        owner_uid: int | None = None,
        owner_gid: int | None = None,
    ) -> AccessPoint:
        """A way into one directory, as one user.

        Args:
            id_: the name of the resource in the file system: `data` makes `aws_efs_access_point.files_data`.
            path: the directory, as `/data`: up to 100 characters and 4 directories deep.
            posix_user: who every request is made as.
            permissions: what the directory has when it is made, 3 or 4 octal digits in a string. They must let
                `posix_user` in. Needed unless `path` is `/`.
            owner_uid: who owns the directory when it is made; by default `posix_user`.
            owner_gid: the group that owns it then; by default that of `posix_user`.

        Raises:
            ArgumentsError: EFS would reject it, the user could not enter, or another access point of this file system
                would make the same directory otherwise.
        """
        if not isinstance(posix_user, PosixUser):
            problem = f"posix_user must be PosixUser(uid=1000, gid=1000) or the like: got {posix_user!r}"
            raise ArgumentsError(f"AccessPoint {id_!r}", [problem])
        uid = posix_user.uid if owner_uid is None else owner_uid
        gid = posix_user.gid if owner_gid is None else owner_gid
        directory = RootDirectory(path, permissions, uid, gid)
        made = AccessPoint(self, id_, user=posix_user, directory=directory)
        self._claim(directory, id_)
        return made

    def client_egress_rule(self, source: str) -> Resource:
        """The other half of a rule of `clients`: let a security group of clients out to the mount targets.

        Terraform makes security groups that let nothing out.

        Args:
            source: a name in `clients` that stands for a security group.

        Returns:
            The `aws_vpc_security_group_egress_rule`.

        Raises:
            ArgumentsError: there is no such name, or it is no security group.
        """
        return client_egress_rule(self, source, self._allow_from, self.security_group, port=NFS)

    def alarms(self, *, alarm_actions: AlarmActions, storage_bytes: int) -> list[Resource]:
        """Alarms on operations near the limit, on burst credits with `Bursting()`, and on the bytes that are stored.

        Args:
            alarm_actions: whom they tell.
            storage_bytes: how much may be stored, in bytes over all storage classes: EFS itself has no limit.

        Returns:
            Each `aws_cloudwatch_metric_alarm`.

        Raises:
            ArgumentsError: CloudWatch would reject them.
        """
        problems = [
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *scalars.whole_number_problems("storage_bytes", storage_bytes, 1, 2**63 - 1),
        ]
        if problems:
            raise ArgumentsError(f"the alarms of FileSystem {self.node.id!r}", problems)
        return make_alarms(
            self,
            self.file_system,
            name=self.name,
            throughput=self._throughput,
            performance_mode=self._performance_mode,
            storage_bytes=storage_bytes,
            alarm_actions=alarm_actions,
        )

    def _claim(self, directory: RootDirectory, id_: str) -> None:
        """Whoever mounts first makes the directory, so two must not want it differently."""
        other, known = self._directories.setdefault(directory.path, (id_, directory))
        if known != directory:
            problem = (
                f"path {directory.path!r} is made by access point {other!r} with another owner or other permissions, "
                f"and whichever is mounted first would win: got {directory}, and {known} there"
            )
            raise ArgumentsError(f"AccessPoint {id_!r}", [problem])
