import pytest

from plainwork_policies.efs.efs_access_point_directory_inaccessible import efs_access_point_directory_inaccessible

ACCESS_POINT = """resource "aws_efs_access_point" "x" {
  %s
  root_directory {
    path = %s
    %s
  }
}
"""
USER = "posix_user {\n    uid = 1000\n    gid = 100\n    secondary_gids = [200]\n  }"
MADE = "creation_info {\n      owner_uid = %s\n      owner_gid = %s\n      permissions = %s\n    }"


@pytest.fixture
def status(statuses):
    return lambda *parts: statuses(efs_access_point_directory_inaccessible, ACCESS_POINT % parts)[
        "aws_efs_access_point.x"
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [('"/"', "passed"), ("null", "passed"), ('"/reports"', "failed"), ("var.path", "not_evaluated")],
)
def test_a_directory_needs_creation_info(path, expected, status):
    assert status(USER, path, "") == expected


@pytest.mark.parametrize(
    ("owner", "group", "mode", "expected"),
    [
        ("1000", "0", '"700"', "passed"),
        ("1000", "0", '"0600"', "failed"),
        ("1000", "100", '"077"', "failed"),
        ("0", "100", '"710"', "passed"),
        ("0", "200", '"710"', "passed"),
        ("0", "100", '"705"', "failed"),
        ("0", "0", '"705"', "passed"),
        ("0", "0", '"750"', "failed"),
        ("var.owner", "0", '"750"', "not_evaluated"),
        ("0", "0", '"rwx"', "passed"),
    ],
)
def test_the_posix_user_needs_permission_to_enter_the_directory(owner, group, mode, expected, status):
    assert status(USER, '"/reports"', MADE % (owner, group, mode)) == expected


@pytest.mark.parametrize("user", ["", "posix_user {\n    uid = 0\n    gid = 0\n  }"])
def test_without_a_posix_user_and_as_root_permissions_are_not_checked(user, status):
    assert status(user, '"/reports"', MADE % ("1", "1", '"700"')) == "passed"


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ("", "`path` is `/reports` and `creation_info` is not set"),
        (
            MADE % ("0", "0", '"750"'),
            "`permissions` is `750` with owner `0:0`; POSIX user `1000`, neither the owner nor a member of the group",
        ),
    ],
)
def test_the_finding_has_the_permissions_the_owner_and_the_user(made, found, messages):
    (message,) = messages(efs_access_point_directory_inaccessible, ACCESS_POINT % (USER, '"/reports"', made))
    assert found in message


def test_the_root_of_the_file_system_needs_no_creation_info(statuses):
    hcl = 'resource "aws_efs_access_point" "x" {}\n'
    assert statuses(efs_access_point_directory_inaccessible, hcl) == {"aws_efs_access_point.x": "passed"}
