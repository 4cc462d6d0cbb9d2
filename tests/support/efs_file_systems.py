"""EFS file systems for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Provider
from plainwork.efs import Elastic, FileSystem, PosixUser
from plainwork.security_group import IngressSource
from tests.support.iam_policy import decide, rendered
from tests.support.networks import SECURITY_GROUP, SUBNETS, VPC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork import Stack
    from plainwork.efs import AccessPoint

REGION, ACCOUNT_ID = "eu-west-1", "123456789012"
KEY_ARN = f"arn:aws:kms:eu-west-1:{ACCOUNT_ID}:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
CLIENTS = IngressSource(referenced_security_group_id=SECURITY_GROUP)
USER = PosixUser(uid=1000, gid=1000)
_EFS = f"arn:aws:elasticfilesystem:{REGION}:{ACCOUNT_ID}"
FILE_SYSTEM_ARN = f"{_EFS}:file-system/fs-0123456789abcdef0"
DATA_ARN, LOGS_ARN = f"{_EFS}:access-point/fsap-0000000000000000d", f"{_EFS}:access-point/fsap-0000000000000000e"
ARNS = {
    "${aws_efs_file_system.files.arn}": FILE_SYSTEM_ARN,
    "${aws_efs_access_point.files_data.arn}": DATA_ARN,
    "${aws_efs_access_point.files_logs.arn}": LOGS_ARN,
}
"""What Terraform would put in the place of references."""

ARGUMENTS: dict[str, Any] = {
    "name": "acme-files",
    "region": REGION,
    "account_id": ACCOUNT_ID,
    "vpc_id": VPC,
    "subnets": SUBNETS,
    "clients": {"web": CLIENTS},
    "throughput": Elastic(),
    "backup": True,
}
"""What a file system must be told."""


def file_system(stack: Stack, id_: str = "files", **arguments: Any) -> FileSystem:
    """A file system with everything that a test does not say."""
    if not stack.node.try_find_child("provider.aws"):
        Provider(stack, "aws", region=REGION)
    return FileSystem(stack, id_, **{**ARGUMENTS, **arguments})


def access_point(files: FileSystem, id_: str = "data", **arguments: Any) -> AccessPoint:
    """An access point with everything that a test does not say."""
    return files.access_point(id_, **{"path": f"/{id_}", "posix_user": USER, "permissions": "750", **arguments})


def may(stack: Stack, policies: list[str], action: str, context: Mapping[str, str]) -> bool:
    """Whether AWS would let a client of the file system: some policy allows it, and none denies it.

    Args:
        stack: that the policies are in.
        policies: the names of a role's documents; that of the file system counts always.
        action: without its prefix, as `ClientMount`.
        context: of the request.
    """
    documents = [rendered(stack, name, ARNS) for name in ["files_policy", *policies]]
    effects = {decide(each, f"elasticfilesystem:{action}", FILE_SYSTEM_ARN, context) for each in documents}
    return "Allow" in effects and "Deny" not in effects
