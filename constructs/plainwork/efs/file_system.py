"""The construct: an EFS file system that clients mount over TLS, through access points, with a granted role only."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from plainwork.alarms import alarm_actions_of, alarm_actions_problems
from plainwork.checks import identifiers, scalars
from plainwork.clients import client_problems
from plainwork.efs.alarms import make_alarms
from plainwork.efs.existing import ExistingFileSystem
from plainwork.efs.mount_targets import make_mount_targets
from plainwork.efs.mounted import MountedFileSystem
from plainwork.efs.policy import attach_policy
from plainwork.efs.replication import replicate
from plainwork.efs.storage import lifecycle_blocks, lifecycle_problems, throughput_problems
from plainwork.errors import ArgumentsError
from plainwork.kms import AWS_MANAGED_KEY
from plainwork.names import default_name
from plainwork.network import network_problems
from plainwork.security_group import client_egress_rule, make_security_group
from plainwork.terraform import Construct, DataSource, Resource
from plainwork.terraform.location import account_of, account_problems, region_of, region_problems
from plainwork_core.aws.efs import GENERAL_PURPOSE, NFS_PORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plainwork.alarms import AlarmActions
    from plainwork.clients import Client, Clients
    from plainwork.network import Network
    from plainwork_core.waivers import Waiver

_NAME = re.compile(r"(?!sg-)[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_NO_TRANSITIONS: Mapping[str, str] = MappingProxyType({})
DEFAULT_STORAGE_BYTES_THRESHOLD = 2**40


class FileSystem(MountedFileSystem):
    """An encrypted EFS file system with one mount target for each Availability Zone and `prevent_destroy`.

    Args:
        scope: the stack of the file system.
        id_: the name of the resources: `files` creates `aws_efs_file_system.files`.
        network: the VPC, and one subnet for each Availability Zone with clients.
        clients: the security groups, networks and prefix lists that can connect to the mount targets.
        throughput_mode: `elastic`, billed by transferred data; `bursting`, 50 KiB/s for each GiB of storage, with burst
            credits; or `provisioned`, billed by the hour. No default, because it determines the cost.
        provisioned_throughput_in_mibps: the throughput in MiB/s with `provisioned`, at least 1. Above 3414, the
            highest default quota, it results in an `UnverifiedValueWarning`.
        name: the `Name` tag, and the prefix of the names of security group, policies and alarms: up to 64 letters,
            digits, `_`, `.` and `-`. By default the ids of stack and construct: `shop-files`.
        automatic_backups: whether AWS Backup creates daily backups in its default vault, which bills them.
        kms_key_id: the ARN of a KMS key, by default that of `aws/elasticfilesystem`. A change replaces the file system.
        performance_mode: `generalPurpose`, or `maxIO`, which has a higher latency.
        lifecycle_policy: the age at which a file that is not read moves to another storage class, by Terraform's names:
            `{"transition_to_ia": "AFTER_30_DAYS", "transition_to_archive": "AFTER_90_DAYS"}`; by default never.
        one_zone: the Availability Zone ID of a One Zone file system, which costs less: if the zone is lost, so are the
            files since the last backup, and clients in other zones depend on it. None stores files in three zones.
        region: Region of the resources; that of the stack's provider by default, and always with provider 5.
        account_id: the account of the stack's provider, 12 digits; by default the only one in its
            `allowed_account_ids`.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: lists every argument that AWS rejects.

    Attributes:
        file_system: the `aws_efs_file_system`.
        security_group: the `aws_security_group` of the mount targets.
        mount_targets: the `aws_efs_mount_target` resources, for `depends_on` of resources that mount: before the mount
            targets and the file system policy exist, a client cannot resolve the file system.
    """

    existing = ExistingFileSystem

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: Network,
        clients: Clients,
        throughput_mode: str,
        provisioned_throughput_in_mibps: float | None = None,
        name: str | None = None,
        automatic_backups: bool = True,
        kms_key_id: str | None = AWS_MANAGED_KEY,
        performance_mode: str = GENERAL_PURPOSE,
        lifecycle_policy: Mapping[str, str] = _NO_TRANSITIONS,
        one_zone: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
        waive: Iterable[Waiver] = (),
    ) -> None:
        region, account_id = region_of(scope, region), account_of(scope, account_id)
        name = default_name(scope, id_) if name is None else name
        mibps = provisioned_throughput_in_mibps
        problems = [
            *_name_problems(name),
            *region_problems(scope, region),
            *account_problems(scope, account_id),
            *(network_errors := list(network_problems(network, region=region))),
            *client_problems("clients", clients),
            *throughput_problems(throughput_mode, mibps, performance_mode, one_zone=one_zone is not None),
            *scalars.boolean_problems("automatic_backups", automatic_backups),
            *identifiers.kms_key_problems("kms_key_id", kms_key_id, region),
            *lifecycle_problems(lifecycle_policy, throughput_mode),
            *(_zone_problems(one_zone, network) if not network_errors else ()),
        ]
        if problems:
            raise ArgumentsError(f"FileSystem {id_!r}", problems)
        super().__init__(scope, id_, region=region, waive=waive)
        self._set_location(name, region, account_id)
        self._throughput_mode, self._performance_mode = throughput_mode, performance_mode
        self._clients, self._region = clients, region
        self.file_system = Resource(
            self,
            "aws_efs_file_system",
            encrypted=True,
            kms_key_id=kms_key_id,
            performance_mode=performance_mode,
            throughput_mode=throughput_mode,
            provisioned_throughput_in_mibps=mibps,
            availability_zone_name=self._zone_name(one_zone),
            lifecycle_policy=lifecycle_blocks(lifecycle_policy) or None,
            tags={"Name": name},
            lifecycle={"prevent_destroy": True},
        )
        self.id, self.arn = self.file_system["id"], self.file_system["arn"]
        policy = attach_policy(self, self.file_system)
        status = {"status": "ENABLED" if automatic_backups else "DISABLED"}
        Resource(self, "aws_efs_backup_policy", file_system_id=self.id, backup_policy=status)
        self.security_group = make_security_group(
            self, vpc_id=network.vpc_id, name=name, description=f"NFS to {name}", port=NFS_PORT, clients=clients
        )
        subnets = {zone: subnet for zone, subnet in network.subnets.items() if one_zone in {None, zone}}
        self.mount_targets = make_mount_targets(self, self.id, subnets, self.security_group["id"], policy)

    def client_egress_rule(self, client: Client) -> Resource:
        """Create the egress rule from a security group of `clients` to the mount targets.

        A security group that Terraform creates has no egress rule.

        Args:
            client: one of `clients` that is a security group, or its name.

        Returns:
            The `aws_vpc_security_group_egress_rule`.

        Raises:
            ArgumentsError: it is not one of `clients`, or not a security group.
        """
        return client_egress_rule(self, client, self._clients, self.security_group["id"], port=NFS_PORT)

    def add_alarms(
        self,
        *,
        storage_bytes_threshold: int = DEFAULT_STORAGE_BYTES_THRESHOLD,
        alarm_actions: AlarmActions | None = None,
    ) -> list[Resource]:
        """Create alarms on the limit of operations, on burst credits (Bursting throughput only) and on storage.

        Args:
            storage_bytes_threshold: threshold for the bytes in all storage classes, by default 1 TiB. EFS has no
                storage quota.
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

    def replicate(
        self,
        *,
        region: str,
        kms_key_id: str | None = AWS_MANAGED_KEY,
        alarm_actions: AlarmActions | None = None,
    ) -> Resource:
        """Replicate the files to a new, read-only file system in another Region, and alarm if it is 15 minutes behind.

        EFS creates that file system without mount targets, access points and policy: create them there, with
        `FileSystem.existing`, before it is needed. It becomes writable when the replication is deleted, which
        `prevent_destroy` rejects.

        Args:
            region: the Region of the replica.
            kms_key_id: the ARN of a KMS key in that Region, by default that of `aws/elasticfilesystem`.
            alarm_actions: the actions of the alarm; by default those of the stack.

        Returns:
            The `aws_efs_replication_configuration`.

        Raises:
            ArgumentsError: EFS rejects an argument.
            AddressError: the file system has a replication already.
        """
        return replicate(
            self,
            self.file_system,
            name=self.name,
            region=self._region,
            to_region=region,
            kms_key_id=kms_key_id,
            alarm_actions=alarm_actions_of(self, alarm_actions),
        )

    def _zone_name(self, zone_id: str | None) -> str | None:
        """Return the name of a zone in this account, which the argument needs instead of the ID."""
        if zone_id is None:
            return None
        return DataSource(self, "aws_availability_zone", zone_id=zone_id)["name"]


def _name_problems(name: Any) -> Iterator[str]:
    """Yield a message if the value cannot begin the names of a security group, policies and alarms."""
    if not scalars.is_reference(name) and not (isinstance(name, str) and _NAME.fullmatch(name)):
        yield (
            "name must be 1 to 64 letters, digits, '_', '.' and '-', begin with a letter or digit, and not with 'sg-': "
            f"got {name!r}"
        )


def _zone_problems(one_zone: Any, network: Network) -> Iterator[str]:
    if one_zone is not None and one_zone not in network.subnets:
        yield f"one_zone must be a zone of network.subnets, {', '.join(network.subnets)}: got {one_zone!r}"
