import pytest

from plainwork_policies.efs.efs_access_point_unrestricted import efs_access_point_unrestricted

ACCESS_POINT = """resource "aws_efs_access_point" "x" {
  posix_user {
    uid = %(uid)s
    gid = 0
  }
  root_directory {
    path = %(path)s
    creation_info {
      owner_uid   = 0
      owner_gid   = 0
      permissions = %(mode)s
    }
  }
}
"""
RIGHT = {"uid": "1000", "path": '"/reports"', "mode": '"755"'}


@pytest.mark.parametrize(
    ("argument", "value", "expected"),
    [
        ("uid", "1", "passed"),
        ("uid", "0", "failed"),
        ("uid", '"0"', "failed"),
        ("uid", "var.uid", "not_evaluated"),
        ("path", '"/a"', "passed"),
        ("path", '"/"', "failed"),
        ("path", "null", "failed"),
        ("path", "var.path", "not_evaluated"),
        ("mode", '"0775"', "passed"),
        ("mode", '"777"', "failed"),
        ("mode", '"1777"', "failed"),
        ("mode", '"702"', "failed"),
        ("mode", '"rwx"', "passed"),
        ("mode", "var.mode", "not_evaluated"),
    ],
)
def test_an_access_point_has_a_user_a_directory_and_safe_permissions(argument, value, expected, statuses):
    hcl = ACCESS_POINT % (RIGHT | {argument: value})
    assert statuses(efs_access_point_unrestricted, hcl) == {"aws_efs_access_point.x": expected}


def test_an_empty_access_point_has_neither_user_nor_directory(messages):
    user, path = messages(efs_access_point_unrestricted, 'resource "aws_efs_access_point" "x" {}\n')
    assert "`posix_user` is not set" in user
    assert "`path` is not set" in path


def test_root_and_permissions_are_separate_findings(messages):
    hcl = ACCESS_POINT % (RIGHT | {"uid": "0", "mode": '"777"'})
    user, permissions = messages(efs_access_point_unrestricted, hcl)
    assert "`uid` is `0`" in user
    assert "`permissions` is `777`" in permissions


def test_a_stack_without_access_points_is_not_checked(statuses):
    assert statuses(efs_access_point_unrestricted, 'resource "aws_efs_file_system" "x" {}\n') == {}
