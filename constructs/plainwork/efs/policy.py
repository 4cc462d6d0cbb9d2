"""The file system policy, which only denies, and the statements that allow a client of a role to mount.

A file system without a policy allows everything to every client that can reach a mount target. With a policy, a client
needs a permission, and an anonymous client has none. An IAM policy of the role is sufficient:
https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html, confirmed by
https://github.com/aws/aws-cdk/issues/36224.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.iam import allow, condition, deny
from plainwork.terraform import DataSource, Resource
from plainwork_core.aws.efs import (
    ACCESS_POINT_ARN,
    ACCESSED_VIA_MOUNT_TARGET,
    CLIENT_MOUNT,
    CLIENT_ROOT_ACCESS,
    CLIENT_WRITE,
)

if TYPE_CHECKING:
    from plainwork.terraform import Construct

READ = (CLIENT_MOUNT,)
READ_WRITE = (CLIENT_MOUNT, CLIENT_WRITE)
ROOT_ACCESS = (CLIENT_MOUNT, CLIENT_WRITE, CLIENT_ROOT_ACCESS)
"""The actions of the three kinds of grants."""


def attach_policy(scope: Construct, file_system: Resource) -> Resource:
    """Deny every client without TLS, and every client without an access point.

    The policy denies the actions of clients, not the API. It can therefore always be changed, so the check of EFS
    against policies that prevent their own change (`bypass_policy_lockout_safety_check`) stays enabled.
    """
    clients = (ROOT_ACCESS, [file_system["arn"]])
    document = DataSource(
        scope,
        "aws_iam_policy_document",
        "policy",
        statement=[
            deny("DenyPlainNfs", *clients, condition("Bool", "aws:SecureTransport", "false")),
            deny("DenyWithoutAccessPoint", *clients, condition("Null", ACCESS_POINT_ARN, "true")),
        ],
    )
    return Resource(scope, "aws_efs_file_system_policy", file_system_id=file_system["id"], policy=document["json"])


def client_statement(
    sid: str, actions: tuple[str, ...], file_system_arn: str, access_point: dict[str, Any]
) -> dict[str, Any]:
    """Allow actions of a client through a mount target and the access points that a condition matches.

    https://docs.aws.amazon.com/efs/latest/ug/access-points-iam-policy.html

    Args:
        sid: of the statement.
        actions: `READ`, `READ_WRITE` or `ROOT_ACCESS`.
        file_system_arn: the resource of the statement.
        access_point: see `through_access_point`.
    """
    via_mount_target = condition("Bool", ACCESSED_VIA_MOUNT_TARGET, "true")
    return allow(sid, actions, [file_system_arn], access_point, via_mount_target)


def through_access_point(arn: str) -> dict[str, Any]:
    """Return the condition that a client uses this access point; `*` in the ARN is a wildcard."""
    return condition("StringLike" if "*" in arn else "StringEquals", ACCESS_POINT_ARN, arn)
