"""A file system that another stack or a person created."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.efs.mounted import MountedFileSystem
from plainwork.errors import ArgumentsError
from plainwork.names import default_name
from plainwork.security_group import egress_rule_to_existing
from plainwork.terraform.location import account_of, account_problems, region_of, region_problems
from plainwork_core.aws.efs import NFS_PORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.clients import Client
    from plainwork.terraform import Construct, DataSource, Resource

_TYPE, _GROUP = "aws_efs_file_system", "aws_security_group"
_ID = re.compile(r"fs-[0-9a-f]{8,40}")


class ExistingFileSystem(MountedFileSystem):
    """An existing file system: access points on it, grants for them, and egress rules of clients.

    It is not known whether the file system is encrypted, whether its policy requires TLS and access points, in which
    zones it has mount targets, which clients they admit, and what directories exist. `plainwork check` reports what the
    plan of its own stack shows. A resource that mounts cannot depend on its mount targets, so deploy the other stack
    first.

    Args:
        scope: the stack, or a construct in one.
        id_: first part of the resources' names: `files` for `aws_efs_access_point.files_data`.
        file_system_id: the ID of the file system, or its resource or data source.
        security_group_id: the security group of its mount targets, which `client_egress_rule` needs.
        name: the prefix of the names of access points and grants; by default the ids of stack and construct.
        region: Region of the file system; by default that of the stack's provider.
        account_id: account of the file system; by default that of the stack's provider.

    Raises:
        ArgumentsError: lists every argument that AWS rejects.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        file_system_id: str | Resource | DataSource,
        security_group_id: str | Resource | DataSource | None = None,
        name: str | None = None,
        region: str | None = None,
        account_id: str | None = None,
    ) -> None:
        region, account_id = region_of(scope, region), account_of(scope, account_id)
        self.id: str = attribute_of(file_system_id, "id", _TYPE)
        group = attribute_of(security_group_id, "id", _GROUP)
        problems = [
            *_id_problems(self.id),
            *(identifiers.resource_id_problems("security_group_id", group, "sg") if group is not None else ()),
            *region_problems(scope, region),
            *account_problems(scope, account_id),
        ]
        if problems:
            raise ArgumentsError(f"ExistingFileSystem {id_!r}", problems)
        super().__init__(scope, id_, region=region)
        self._set_location(name or default_name(scope, id_), region, account_id)
        self.arn = f"{self._arn_prefix}:file-system/{self.id}"
        self._security_group_id = group

    def client_egress_rule(self, client: Client) -> Resource:
        """Create the egress rule from a security group to the mount targets; whether they admit it is not known.

        Args:
            client: a security group, or a construct that has one.

        Raises:
            ArgumentsError: the client is not a security group, or `security_group_id` is not given.
        """
        missing = "security_group_id must be given for an egress rule: it is the security group of the mount targets"
        return egress_rule_to_existing(self, client, self._security_group_id, missing=missing, port=NFS_PORT)


def _id_problems(value: Any) -> Iterator[str]:
    if not scalars.is_reference(value) and not (isinstance(value, str) and _ID.fullmatch(value)):
        yield f"file_system_id must be the ID of a file system, as 'fs-0123456789abcdef0': got {value!r}"
