"""Security groups that a plan replaces while a resource of the plan still has them, which AWS rejects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.model.stack import Change, Stack
from plainwork_core.model.values import look_up

_TYPE = "aws_security_group"
_GROUPS_OF: Mapping[str, str] = {
    "aws_alb": "security_groups",
    "aws_db_instance": "vpc_security_group_ids",
    "aws_db_proxy": "vpc_security_group_ids",
    "aws_efs_mount_target": "security_groups",
    "aws_eks_cluster": "vpc_config.0.security_group_ids",
    "aws_elasticache_cluster": "security_group_ids",
    "aws_elasticache_replication_group": "security_group_ids",
    "aws_elb": "security_groups",
    "aws_instance": "vpc_security_group_ids",
    "aws_lb": "security_groups",
    "aws_network_interface": "security_groups",
    "aws_rds_cluster": "vpc_security_group_ids",
    "aws_vpc_endpoint": "security_group_ids",
}
"""The argument with the security groups of the network interfaces of a type."""


def holders(change: Change, stack: Stack) -> tuple[str, ...]:
    """Return the addresses of what still has a security group when it is deleted before the new one exists.

    Terraform updates them after the replacement:
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#recreating-a-security-group
    """
    if change.type != _TYPE or not change.replaces or change.actions[0] == "create":
        return ()
    return tuple(_with_group(look_up(change.before, "id"), stack))


def _with_group(group: object, stack: Stack) -> Iterator[str]:
    for change in stack.changes:
        path = _GROUPS_OF.get(change.type)
        if path is None or change.destroys:
            continue
        groups = look_up(change.before, path)
        if isinstance(group, str) and isinstance(groups, list) and group in groups:
            yield change.address
