"""What a client may, judged as AWS judges it: the file system's policy and those of the client's role together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource
from plainwork.efs import CsiProvisioning, PosixUser
from plainwork.errors import AddressError, GrantError
from tests.support.efs_file_systems import DATA_ARN, LOGS_ARN, access_point, file_system, may

if TYPE_CHECKING:
    from plainwork import Stack

MOUNT, WRITE, ROOT = "ClientMount", "ClientWrite", "ClientRootAccess"
MOUNTED = {
    "aws:SecureTransport": "true",
    "elasticfilesystem:AccessedViaMountTarget": "true",
    "elasticfilesystem:AccessPointArn": DATA_ARN,
}
READER, WRITER = "files_data_reader", "files_data_writer"
WAYS_IN: dict[str, tuple[list[str], dict[str, str], set[str]]] = {
    "a reader": ([READER], MOUNTED, {MOUNT}),
    "a writer": ([WRITER], MOUNTED, {MOUNT, WRITE}),
    "nobody in particular": ([], MOUNTED, set()),
    "a writer of another access point": (["files_logs_other"], MOUNTED, set()),
    "a writer through another access point": (
        [WRITER],
        MOUNTED | {"elasticfilesystem:AccessPointArn": LOGS_ARN},
        set(),
    ),
    "a writer through no access point": (
        [WRITER],
        {name: value for name, value in MOUNTED.items() if name != "elasticfilesystem:AccessPointArn"},
        set(),
    ),
    "a writer without TLS": ([WRITER], MOUNTED | {"aws:SecureTransport": "false"}, set()),
    "a writer past the mount targets": (
        [WRITER],
        MOUNTED | {"elasticfilesystem:AccessedViaMountTarget": "false"},
        set(),
    ),
}


@pytest.mark.parametrize("who", WAYS_IN)
def test_who_may_do_what(stack: Stack, who: str) -> None:
    files = file_system(stack)
    data = access_point(files)
    data.grant("reader")
    data.grant("writer", write=True)
    access_point(files, "logs").grant("other", write=True)
    policies, context, able = WAYS_IN[who]
    assert {action for action in (MOUNT, WRITE, ROOT) if may(stack, policies, action, context)} == able


@pytest.mark.parametrize("user", [PosixUser(uid=0, gid=1000), PosixUser(uid=1000, gid=0), PosixUser(uid=0, gid=0)])
def test_root_is_granted_only_in_so_many_words(stack: Stack, user: PosixUser) -> None:
    data = access_point(file_system(stack), posix_user=user)
    with pytest.raises(GrantError, match="needs ClientRootAccess: grant it with root=True"):
        data.grant("web", write=True)
    data.grant("web", write=True, root=True)
    assert may(stack, ["files_data_web"], ROOT, MOUNTED)


def test_root_is_not_granted_where_nobody_needs_it(stack: Stack) -> None:
    data = access_point(file_system(stack))
    with pytest.raises(GrantError, match=r"PosixUser\(uid=1000, gid=1000, secondary_gids=\(\)\), which needs no root"):
        data.grant("web", root=True)


@pytest.mark.parametrize("said", ["false", None, 0])
def test_what_only_looks_like_no_grants_nothing(stack: Stack, said: Any) -> None:
    files = file_system(stack)
    for grant in (access_point(files).grant, CsiProvisioning(files, "csi").grant_node):
        with pytest.raises(GrantError, match=f"write must be True or False: got {said!r}"):
            grant("web", write=said)


def test_a_role_of_the_stack_is_granted_by_reference(stack: Stack) -> None:
    role = Resource(stack, "aws_iam_role", "web", name="web", assume_role_policy="{}")
    access_point(file_system(stack)).grant(role["name"], write=True)
    assert may(stack, ["files_data_web"], WRITE, MOUNTED)


def test_what_is_no_role_is_granted_nothing(stack: Stack) -> None:
    data = access_point(file_system(stack))
    with pytest.raises(GrantError, match="role must be the name of an IAM role"):
        data.grant("arn:aws:iam::123456789012:role/web")


def test_a_role_is_granted_an_access_point_once(stack: Stack) -> None:
    data = access_point(file_system(stack))
    data.grant("web")
    with pytest.raises(AddressError, match=r"duplicate .*files_data_web in stack"):
        data.grant("web", write=True)
