"""How clients get to a file system: its mount targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.roles import to_identifier
from plainwork.terraform import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.terraform import Construct


NFS = 2049


def make_mount_targets(
    scope: Construct, file_system: Resource, security_group: Resource, subnets: Mapping[str, str], *, after: Resource
) -> list[Resource]:
    """One in each zone, and none before the file system policy is there, so that nobody ever comes in without it.

    https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html: a zone has at most one.
    """
    return [
        Resource(
            scope,
            "aws_efs_mount_target",
            to_identifier(zone),
            file_system_id=file_system["id"],
            subnet_id=subnet,
            security_groups=[security_group["id"]],
            depends_on=[after],
        )
        for zone, subnet in subnets.items()
    ]
