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
def verdict(verdicts):
    return lambda *parts: verdicts(efs_access_point_directory_inaccessible, ACCESS_POINT % parts)[
        "aws_efs_access_point.x"
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [('"/"', "passed"), ("null", "passed"), ('"/reports"', "failed"), ("var.path", "not_evaluated")],
)
def test_a_directory_has_to_be_made_for_somebody(path, expected, verdict):
    assert verdict(USER, path, "") == expected


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
def test_the_access_point_s_user_may_enter_its_directory(owner, group, mode, expected, verdict):
    assert verdict(USER, '"/reports"', MADE % (owner, group, mode)) == expected


@pytest.mark.parametrize("user", ["", "posix_user {\n    uid = 0\n    gid = 0\n  }"])
def test_clients_that_bring_their_own_user_and_root_are_not_compared(user, verdict):
    assert verdict(user, '"/reports"', MADE % ("1", "1", '"700"')) == "passed"


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ("", "leads to `/reports`, and nothing says for whom EFS makes that directory: mounts fail until it exists"),
        (
            MADE % ("0", "0", '"750"'),
            (
                "makes a directory of mode `750`, which its own user 1000, as neither its owner nor of its group, "
                "may not enter"
            ),
        ),
    ],
)
def test_the_finding_says_why(made, found, messages):
    assert messages(efs_access_point_directory_inaccessible, ACCESS_POINT % (USER, '"/reports"', made)) == [found]


def test_an_access_point_without_a_directory_leads_to_the_root(verdicts):
    hcl = 'resource "aws_efs_access_point" "x" {}\n'
    assert verdicts(efs_access_point_directory_inaccessible, hcl) == {"aws_efs_access_point.x": "passed"}
