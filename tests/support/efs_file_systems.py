"""EFS file systems for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork import Network, Provider
from plainwork.efs import FileSystem
from tests.support.iam_policy import decide, rendered
from tests.support.networks import SECURITY_GROUP, SUBNETS, VPC
from tests.support.providers import INSTALLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork import Stack
    from plainwork.efs import AccessPoint

REGION, ACCOUNT_ID = "eu-west-1", "123456789012"
KEY_ARN = f"arn:aws:kms:eu-west-1:{ACCOUNT_ID}:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
CLIENTS = SECURITY_GROUP
NETWORK = Network(VPC, SUBNETS)
_EFS = f"arn:aws:elasticfilesystem:{REGION}:{ACCOUNT_ID}"
FILE_SYSTEM_ARN = f"{_EFS}:file-system/fs-0123456789abcdef0"
DATA_ARN, LOGS_ARN = f"{_EFS}:access-point/fsap-0000000000000000d", f"{_EFS}:access-point/fsap-0000000000000000e"
ARNS = {
    "${aws_efs_file_system.files.arn}": FILE_SYSTEM_ARN,
    "${aws_efs_access_point.files_data.arn}": DATA_ARN,
    "${aws_efs_access_point.files_logs.arn}": LOGS_ARN,
}
"""The values of references after apply."""

ARGUMENTS: dict[str, Any] = {
    "name": "acme-files",
    "region": REGION,
    "account_id": ACCOUNT_ID,
    "network": NETWORK,
    "clients": {"web": CLIENTS},
    "throughput_mode": "elastic",
}
"""The arguments of a file system that have no default, and its name."""


def file_system(stack: Stack, id_: str = "files", **arguments: Any) -> FileSystem:
    """A file system with defaults for the arguments that a test does not set."""
    if not stack.node.try_find_child("provider.aws"):
        Provider(stack, "aws", version=INSTALLED, region=REGION)
    return FileSystem(stack, id_, **{**ARGUMENTS, **arguments})


def access_point(files: FileSystem, id_: str = "data", **arguments: Any) -> AccessPoint:
    """An access point with defaults for the arguments that a test does not set."""
    return files.access_point(id_, **{"path": f"/{id_}", "uid": 1000, "gid": 1000, **arguments})


def is_allowed(stack: Stack, policies: list[str], action: str, context: Mapping[str, str]) -> bool:
    """Whether AWS allows an action of a client: a policy allows it, and none denies it.

    Args:
        stack: the stack of the policies.
        policies: the names of the policy documents of the role; the file system policy is always evaluated.
        action: the action without prefix, as `ClientMount`.
        context: the context keys of the request.
    """
    documents = [rendered(stack, name, ARNS) for name in ["files_policy", *policies]]
    effects = {decide(document, f"elasticfilesystem:{action}", FILE_SYSTEM_ARN, context) for document in documents}
    return "Allow" in effects and "Deny" not in effects
