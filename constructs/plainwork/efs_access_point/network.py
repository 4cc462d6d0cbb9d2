"""How clients get to a file system: mount targets, and the way out of the clients' security group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.errors import ArgumentsError
from plainwork.roles import identifier
from plainwork.terraform import Construct, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork.security_group import Source

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
            identifier(zone),
            file_system_id=file_system["id"],
            subnet_id=subnet,
            security_groups=[security_group["id"]],
            depends_on=[after],
        )
        for zone, subnet in subnets.items()
    ]


def egress_rule(scope: Construct, name: str, sources: Mapping[str, Source], to: Resource) -> Resource:
    """Let the security group of a source out to another; see `FileSystem.egress_rule`."""
    client = sources[name].referenced_security_group_id if name in sources else None
    if client is None:
        known = [each for each, source in sources.items() if source.referenced_security_group_id]
        problem = f"source must name a security group of allow_from, which has {known}: got {name!r}"
        raise ArgumentsError(f"an egress rule to FileSystem {scope.node.id!r}", [problem])
    return Resource(
        scope,
        "aws_vpc_security_group_egress_rule",
        name,
        security_group_id=client,
        description=f"{name} to NFS of {scope.node.id}",
        ip_protocol="tcp",
        from_port=NFS,
        to_port=NFS,
        referenced_security_group_id=to["id"],
    )
