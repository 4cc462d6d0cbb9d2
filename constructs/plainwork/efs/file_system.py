"""The construct: an EFS file system that clients mount over TLS, through access points, with a granted role only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.alarms import alarm_actions_of, alarm_actions_problems
from plainwork.availability_zones import subnet_problems
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.efs.access_point import AccessPoint
from plainwork.efs.alarms import make_alarms
from plainwork.efs.policy import attach_policy
from plainwork.efs.posix import PosixUser, RootDirectory
from plainwork.efs.storage import (
    LifecyclePolicy,
    ThroughputMode,
    lifecycle_problems,
    throughput_problems,
)
from plainwork.errors import ArgumentsError
from plainwork.roles import to_identifier
from plainwork.security_group import client_egress_rule, make_security_group
from plainwork.terraform import Construct, Resource
from plainwork.terraform.location import account_of, account_problems, region_of, region_problems
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.aws.efs import GENERAL_PURPOSE, NFS_PORT
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plainwork.alarms import AlarmActions
    from plainwork.clients import Clients
    from plainwork_core.waivers import Waiver

_NAME = re.compile(r"(?!sg-)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class FileSystem(UniqueConstruct):
    """An encrypted EFS file system with one mount target for each Availability Zone and `prevent_destroy`.

    Args:
        scope: the stack of the file system.
        id_: the name of the resources: `files` creates `aws_efs_file_system.files`.
        name: the `Name` tag, and the prefix of the names of security group, policies and alarms: up to 64 letters,
            digits, `_`, `.` and `-`.
        region: Region of the resources; that of the stack's provider by default, and always with provider 5.
        account_id: the account of the stack's provider, 12 digits; by default the only one in its
            `allowed_account_ids`.
        vpc_id: the VPC of the mount targets.
        subnets: one subnet for each Availability Zone with clients, by zone ID: `{"euw1-az1": "subnet-..."}`.
        clients: the sources of the ingress rules of the mount targets; the names are part of the rules' addresses.
        throughput_mode: `ElasticThroughput()`, `BurstingThroughput()` or `ProvisionedThroughput(mibps=...)`. No
            default, because it determines the cost.
        automatic_backups: whether AWS Backup creates daily backups in its default vault. No default, because backups
            are billed.
        kms_key_id: the ARN of a KMS key; None is the AWS managed key for EFS, `aws/elasticfilesystem`.
        performance_mode: `generalPurpose`, or `maxIO`, which has a higher latency.
        lifecycle_policy: the transitions between storage classes; by default none.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: lists every argument that AWS rejects.

    Attributes:
        name: the argument `name`.
        file_system: the `aws_efs_file_system`.
        security_group: the `aws_security_group` of the mount targets.
        mount_targets: the `aws_efs_mount_target` resources, for `depends_on` of resources that mount: before the mount
            targets and the file system policy exist, a client cannot resolve the file system.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        region: str | None = None,
        account_id: str | None = None,
        vpc_id: str,
        subnets: Mapping[str, str],
        clients: Clients,
        throughput_mode: ThroughputMode,
        automatic_backups: bool,
        kms_key_id: str | None = None,
        performance_mode: str = GENERAL_PURPOSE,
        lifecycle_policy: LifecyclePolicy = LifecyclePolicy(),  # noqa: B008  frozen
        waive: Iterable[Waiver] = (),
    ) -> None:
        region, account_id = region_of(scope, region), account_of(scope, account_id)
        problems = [
            *_name_problems(name),
            *region_problems(scope, region),
            *account_problems(scope, account_id),
            *identifiers.resource_id_problems("vpc_id", vpc_id, "vpc"),
            *subnet_problems("subnets", subnets, region=region),
            *client_problems("clients", clients),
            *throughput_problems(throughput_mode, performance_mode),
            *scalars.boolean_problems("automatic_backups", automatic_backups),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *lifecycle_problems(lifecycle_policy, throughput_mode),
        ]
        if problems:
            raise ArgumentsError(f"FileSystem {id_!r}", problems)
        super().__init__(scope, id_, region=region, waive=waive)
        self.name = name
        self._throughput_mode, self._performance_mode, self._clients = throughput_mode, performance_mode, clients
        self._arn_prefix = f"arn:{partition(region)}:elasticfilesystem:{region}:{account_id}"
        self._directories: dict[str, tuple[str, RootDirectory]] = {}
        self.file_system = Resource(
            self,
            "aws_efs_file_system",
            encrypted=True,
            kms_key_id=kms_key_id,
            performance_mode=performance_mode,
            **throughput_mode.arguments(),
            lifecycle_policy=lifecycle_policy.blocks() or None,
            tags={"Name": name},
            lifecycle={"prevent_destroy": True},
        )
        policy = attach_policy(self, self.file_system)
        status = {"status": "ENABLED" if automatic_backups else "DISABLED"}
        Resource(self, "aws_efs_backup_policy", file_system_id=self.file_system["id"], backup_policy=status)
        self.security_group = make_security_group(
            self, vpc_id=vpc_id, name=name, description=f"NFS to {name}", port=NFS_PORT, clients=clients
        )
        self.mount_targets = self._create_mount_targets(subnets, policy)

    @property
    def access_point_arns(self) -> str:
        """The ARN with a wildcard that matches every access point in this Region and account."""
        return f"{self._arn_prefix}:access-point/*"

    def add_access_point(
        self,
        id_: str,
        *,
        path: str,
        posix_user: PosixUser,
        permissions: str | None = None,
        owner_uid: int | None = None,
        owner_gid: int | None = None,
    ) -> AccessPoint:
        """Create an access point: one root directory and one POSIX user.

        Args:
            id_: the name of the resource in the file system: `data` creates `aws_efs_access_point.files_data`.
            path: the root directory, as `/data`: up to 100 characters and 4 levels.
            posix_user: the POSIX identity that the access point enforces.
            permissions: the permissions of the directory at its creation, a string of 3 or 4 octal digits. They must
                allow `posix_user` to enter. Required unless `path` is `/`.
            owner_uid: owner of the directory at its creation; by default the uid of `posix_user`.
            owner_gid: owning group of the directory at its creation; by default the gid of `posix_user`.

        Raises:
            ArgumentsError: EFS rejects a value, the user cannot enter the directory, or another access point of this
                file system creates the same directory with another owner or other permissions.
        """
        if not isinstance(posix_user, PosixUser):
            problem = f"posix_user must be a PosixUser, as PosixUser(uid=1000, gid=1000): got {posix_user!r}"
            raise ArgumentsError(f"AccessPoint {id_!r}", [problem])
        uid = posix_user.uid if owner_uid is None else owner_uid
        gid = posix_user.gid if owner_gid is None else owner_gid
        directory = RootDirectory(path, permissions, uid, gid)
        access_point = AccessPoint(
            self, id_, file_system=self.file_system, name=f"{self.name}-{id_}", user=posix_user, directory=directory
        )
        self._claim_directory(directory, id_)
        return access_point

    def client_egress_rule(self, client: str) -> Resource:
        """Create the egress rule from a security group of `clients` to the mount targets.

        A security group that Terraform creates has no egress rule.

        Args:
            client: a name in `clients` whose source is a security group.

        Returns:
            The `aws_vpc_security_group_egress_rule`.

        Raises:
            ArgumentsError: the name is not in `clients`, or its source is not a security group.
        """
        return client_egress_rule(self, client, self._clients, self.security_group, port=NFS_PORT)

    def add_alarms(self, *, storage_bytes_threshold: int, alarm_actions: AlarmActions | None = None) -> list[Resource]:
        """Create alarms on the limit of operations, on burst credits (Bursting throughput only) and on storage.

        Args:
            storage_bytes_threshold: threshold for the bytes in all storage classes. EFS has no storage quota.
            alarm_actions: the actions of the alarms; by default those of the stack.

        Returns:
            The `aws_cloudwatch_metric_alarm` resources.

        Raises:
            ArgumentsError: CloudWatch rejects an argument.
        """
        alarm_actions = alarm_actions_of(self, alarm_actions)
        problems = [
            *alarm_actions_problems("alarm_actions", alarm_actions),
            *scalars.whole_number_problems("storage_bytes_threshold", storage_bytes_threshold, 1, 2**63 - 1),
        ]
        if problems:
            raise ArgumentsError(f"alarms of FileSystem {self.node.id!r}", problems)
        return make_alarms(
            self,
            self.file_system,
            name=self.name,
            throughput_mode=self._throughput_mode,
            performance_mode=self._performance_mode,
            storage_bytes_threshold=storage_bytes_threshold,
            alarm_actions=alarm_actions,
        )

    def _create_mount_targets(self, subnets: Mapping[str, str], policy: Resource) -> list[Resource]:
        """Return one mount target for each zone (https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html).

        They depend on the file system policy, because a client could mount without a role before the policy exists.
        """
        return [
            Resource(
                self,
                "aws_efs_mount_target",
                to_identifier(zone),
                file_system_id=self.file_system["id"],
                subnet_id=subnet,
                security_groups=[self.security_group["id"]],
                depends_on=[policy],
            )
            for zone, subnet in subnets.items()
        ]

    def _claim_directory(self, directory: RootDirectory, id_: str) -> None:
        """Reject another owner or other permissions: the access point that is mounted first creates the directory."""
        other_id, other = self._directories.setdefault(directory.path, (id_, directory))
        if other != directory:
            problem = (
                f"path {directory.path!r} is the root directory of access point {other_id!r} with another owner or "
                f"other permissions, and the first mount determines them: got {directory}, and {other} there"
            )
            raise ArgumentsError(f"AccessPoint {id_!r}", [problem])


def _name_problems(name: Any) -> Iterator[str]:
    """Yield a message if the value cannot begin the names of a security group, policies and alarms."""
    if not scalars.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield (
            "name must be 1 to 64 letters, digits, '_', '.' and '-', begin with a letter or digit, and not with 'sg-': "
            f"got {name!r}"
        )
