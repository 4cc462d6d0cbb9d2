"""The mount targets of a file system: https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.roles import to_identifier
from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.terraform import Construct


def make_mount_targets(
    scope: Construct, file_system_id: str, subnets: Mapping[str, str], security_group_id: str, policy: Resource
) -> list[Resource]:
    """Return one mount target for each zone.

    They depend on the file system policy, because a client could mount without a role before the policy exists.
    """
    return [
        Resource(
            scope,
            "aws_efs_mount_target",
            to_identifier(zone),
            file_system_id=file_system_id,
            subnet_id=subnet,
            security_groups=[security_group_id],
            depends_on=[policy],
        )
        for zone, subnet in subnets.items()
    ]
