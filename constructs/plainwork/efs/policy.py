"""The file system policy, which only denies, and what a role is allowed instead.

While a file system has no policy, everybody who reaches a mount target may do everything. With one, a client needs a
permission from somewhere, and an anonymous client has none; a permission in an IAM policy of the role is enough:
https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html, and the same was seen in
https://github.com/aws/aws-cdk/issues/36224.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import GrantError
from plainwork.iam import allow, condition, deny
from plainwork.terraform import DataSource, Resource

if TYPE_CHECKING:
    from plainwork.terraform import Construct

MOUNT, WRITE, ROOT_ACCESS = (f"elasticfilesystem:Client{what}" for what in ("Mount", "Write", "RootAccess"))
_ACCESS_POINT = "elasticfilesystem:AccessPointArn"


def attach_policy(scope: Construct, file_system: Resource) -> Resource:
    """Deny every client that comes without TLS or without an access point.

    Only what clients do is denied, not the API: the policy can always be changed, so EFS's check against locking
    oneself out (`bypass_policy_lockout_safety_check`) stays on.
    """
    clients = ((MOUNT, WRITE, ROOT_ACCESS), [file_system["arn"]])
    document = DataSource(
        scope,
        "aws_iam_policy_document",
        "policy",
        statement=[
            deny("DenyPlainNfs", *clients, condition("Bool", "aws:SecureTransport", "false")),
            deny("DenyWithoutAccessPoint", *clients, condition("Null", _ACCESS_POINT, "true")),
        ],
    )
    return Resource(scope, "aws_efs_file_system_policy", file_system_id=file_system["id"], policy=document["json"])


def client_statement(
    sid: str, file_system_arn: str, access_point: dict[str, Any], *, write: bool, root: bool = False
) -> dict[str, Any]:
    """Let a client mount, through a mount target, what a condition on access points matches.

    https://docs.aws.amazon.com/efs/latest/ug/access-points-iam-policy.html
    """
    actions = [MOUNT, *([WRITE] if write else []), *([ROOT_ACCESS] if root else [])]
    via_mount_target = condition("Bool", "elasticfilesystem:AccessedViaMountTarget", "true")
    return allow(sid, actions, [file_system_arn], access_point, via_mount_target)


def require_boolean(name: str, value: Any) -> None:
    """Let nothing that only looks like no, as `"false"`, give a permission.

    Raises:
        GrantError: the value is neither True nor False.
    """
    if problems := [*scalars.boolean_problems(name, value)]:
        raise GrantError(f"a grant on an EFS file system cannot be made: {problems[0]}")


def through(*arns: str) -> dict[str, Any]:
    """The condition that a client comes through one of these access points; `*` in an ARN stands for anything."""
    return condition("StringLike" if any("*" in arn for arn in arns) else "StringEquals", _ACCESS_POINT, *arns)
