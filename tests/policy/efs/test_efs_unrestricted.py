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
def test_one_user_has_one_directory(argument, value, expected, verdicts):
    hcl = ACCESS_POINT % (RIGHT | {argument: value})
    assert verdicts(efs_access_point_unrestricted, hcl) == {"aws_efs_access_point.x": expected}


def test_an_access_point_that_says_nothing_confines_nobody(messages):
    assert messages(efs_access_point_unrestricted, 'resource "aws_efs_access_point" "x" {}\n') == [
        "sets no user: clients say themselves who they are",
        "gives the root of the file system, with everybody's files",
    ]


def test_root_and_a_mode_for_everybody_are_findings_of_their_own(messages):
    assert messages(efs_access_point_unrestricted, ACCESS_POINT % (RIGHT | {"uid": "0", "mode": '"777"'})) == [
        "makes every client root (uid 0)",
        "makes a directory of mode `777`, which every user may write to",
    ]


def test_a_stack_without_access_points_has_nothing_to_judge(verdicts):
    assert verdicts(efs_access_point_unrestricted, 'resource "aws_efs_file_system" "x" {}\n') == {}
