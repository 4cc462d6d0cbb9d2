"""Access points, grants and egress rules on a file system that another stack or a person created."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import FileSystem, Provider, Resource
from plainwork.efs import CsiDynamicProvisioning, ExistingFileSystem
from plainwork.errors import ArgumentsError

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

ID = "fs-0123456789abcdef0"
GROUP = "sg-0a1b2c3d4e5f60009"


def existing(stack: Stack, **arguments: Any) -> ExistingFileSystem:
    Provider(stack, "aws", region="eu-west-1", allowed_account_ids=["123456789012"])
    return FileSystem.existing(stack, "files", **{"file_system_id": ID, **arguments})


def test_access_points_and_egress_rules_on_an_existing_file_system(
    stack: Stack, hcl_snapshot: SnapshotAssertion
) -> None:
    files = existing(stack, security_group_id=GROUP)
    tasks = Resource(stack, "aws_security_group", "tasks", name="tasks", vpc_id="vpc-0123456789abcdef0")
    files.access_point("data", path="/data", uid=1000, gid=1000).grant_read_write("web")
    files.client_egress_rule(tasks)
    assert stack == hcl_snapshot


def test_its_arn_is_that_of_the_stacks_region_and_account(stack: Stack) -> None:
    files = existing(stack)
    assert files.arn == f"arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/{ID}"
    CsiDynamicProvisioning(files, "csi").grant_controller("controller")


def test_the_file_system_can_be_a_data_source(stack: Stack) -> None:
    data = Resource(stack, "aws_efs_file_system", "shared")
    assert existing(stack, file_system_id=data).id == "${aws_efs_file_system.shared.id}"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"file_system_id": "files"}, "file_system_id must be the ID of a file system"),
        ({"file_system_id": None}, "file_system_id must be the ID of a file system"),
        ({"security_group_id": "files"}, "security_group_id must be an id that begins with 'sg-'"),
        ({"region": "Ireland"}, "region must be the name of an AWS Region"),
        ({"account_id": "1"}, "account_id must be the account's 12 digits"),
    ],
)
def test_invalid_arguments_are_rejected(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match="ExistingFileSystem 'files'") as error:
        existing(stack, **arguments)
    assert problem in str(error.value)


def test_an_egress_rule_needs_both_security_groups(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match="security_group_id must be given for an egress rule"):
        existing(stack).client_egress_rule(GROUP)


@pytest.mark.parametrize("client", ["10.0.0.0/16", "tasks"])
def test_a_client_of_an_egress_rule_is_a_security_group(stack: Stack, client: str) -> None:
    with pytest.raises(ArgumentsError, match="client"):
        existing(stack, security_group_id=GROUP).client_egress_rule(client)
