"""The permissions of clients: file system policy and IAM policies of the role, evaluated as AWS evaluates them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import Resource
from plainwork.errors import AddressError, GrantError
from tests.support.efs_file_systems import DATA_ARN, LOGS_ARN, access_point, file_system, is_allowed

if TYPE_CHECKING:
    from plainwork import Stack

MOUNT, WRITE, ROOT = "ClientMount", "ClientWrite", "ClientRootAccess"
MOUNTED = {
    "aws:SecureTransport": "true",
    "elasticfilesystem:AccessedViaMountTarget": "true",
    "elasticfilesystem:AccessPointArn": DATA_ARN,
}
READER, WRITER = "files_data_reader", "files_data_writer"
CLIENTS: dict[str, tuple[list[str], dict[str, str], set[str]]] = {
    "reader": ([READER], MOUNTED, {MOUNT}),
    "writer": ([WRITER], MOUNTED, {MOUNT, WRITE}),
    "anonymous": ([], MOUNTED, set()),
    "writer of another access point": (["files_logs_other"], MOUNTED, set()),
    "writer through another access point": (
        [WRITER],
        MOUNTED | {"elasticfilesystem:AccessPointArn": LOGS_ARN},
        set(),
    ),
    "writer without an access point": (
        [WRITER],
        {name: value for name, value in MOUNTED.items() if name != "elasticfilesystem:AccessPointArn"},
        set(),
    ),
    "writer without TLS": ([WRITER], MOUNTED | {"aws:SecureTransport": "false"}, set()),
    "writer without a mount target": (
        [WRITER],
        MOUNTED | {"elasticfilesystem:AccessedViaMountTarget": "false"},
        set(),
    ),
}


@pytest.mark.parametrize("client", CLIENTS)
def test_permissions_of_each_client(stack: Stack, client: str) -> None:
    files = file_system(stack)
    data = access_point(files)
    data.grant_read("reader")
    data.grant_read_write("writer")
    access_point(files, "logs").grant_read_write("other")
    policies, context, allowed = CLIENTS[client]
    assert {action for action in (MOUNT, WRITE, ROOT) if is_allowed(stack, policies, action, context)} == allowed


@pytest.mark.parametrize("user", [{"uid": 0, "gid": 1000}, {"uid": 1000, "gid": 0}, {"uid": 0, "gid": 0}])
def test_an_access_point_of_root_needs_grant_root_access(stack: Stack, user: dict[str, int]) -> None:
    data = access_point(file_system(stack), **user)
    for grant in (data.grant_read, data.grant_read_write):
        with pytest.raises(GrantError, match=r"'demo/files/data'.*grant_root_access\(\)"):
            grant("web")
    data.grant_root_access("web")
    assert is_allowed(stack, ["files_data_web"], ROOT, MOUNTED)


def test_grant_root_access_is_rejected_for_another_user(stack: Stack) -> None:
    data = access_point(file_system(stack))
    with pytest.raises(GrantError, match=r"'demo/files/data'.*uid 1000 and gid 1000.*grant_read\(\)"):
        data.grant_root_access("web")


def test_a_grant_accepts_a_reference_to_a_role(stack: Stack) -> None:
    role = Resource(stack, "aws_iam_role", "web", name="web", assume_role_policy="{}")
    access_point(file_system(stack)).grant_read_write(role["name"])
    assert is_allowed(stack, ["files_data_web"], WRITE, MOUNTED)


def test_a_grant_rejects_the_arn_of_a_role(stack: Stack) -> None:
    data = access_point(file_system(stack))
    with pytest.raises(GrantError, match=r"role must be.*got 'arn:aws:iam::123456789012:role/web'"):
        data.grant_read("arn:aws:iam::123456789012:role/web")


def test_a_second_grant_on_an_access_point_is_rejected(stack: Stack) -> None:
    data = access_point(file_system(stack))
    data.grant_read("web")
    with pytest.raises(AddressError, match="files_data_web"):
        data.grant_read_write("web")
