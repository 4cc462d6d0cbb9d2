import pytest

from plainwork_policies.efs.efs_arguments_invalid import efs_arguments_invalid

FILE_SYSTEM = 'resource "aws_efs_file_system" "x" {\n  %s\n}\n'
ACCESS_POINT = """resource "aws_efs_access_point" "x" {
  posix_user {
    uid = %(uid)s
    gid = 1000
    secondary_gids = %(gids)s
  }
  root_directory {
    path = %(path)s
    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = %(permissions)s
    }
  }
}
"""
RIGHT = {"uid": "1000", "gids": "[]", "path": '"/a"', "permissions": '"750"'}


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ('throughput_mode = "elastic"', []),
        ('throughput_mode = "provisioned"\nprovisioned_throughput_in_mibps = 5', []),
        ('throughput_mode = "provisioned"\nprovisioned_throughput_in_mibps = var.x', []),
        ('throughput_mode = "provisioned"', ["is `provisioned`, and nothing says how much"]),
        ('performance_mode = "maxIO"', []),
        (
            'performance_mode = "maxIO"\nthroughput_mode = "elastic"',
            ["is `maxIO`, which EFS refuses with elastic throughput"],
        ),
        (
            'performance_mode = "maxIO"\navailability_zone_name = "eu-west-1a"',
            ["is `maxIO`, which EFS refuses in one zone"],
        ),
        ("throughput_mode = var.mode", ["`var.mode` is not declared"]),
    ],
)
def test_modes_of_a_file_system_go_together(arguments, found, messages):
    assert messages(efs_arguments_invalid, FILE_SYSTEM % arguments) == found


@pytest.mark.parametrize(
    ("argument", "value", "rule"),
    [
        ("path", '"/"', None),
        ("path", '"/a/b/c/d"', None),
        ("path", '"/a/b/c/d/e"', "EFS takes 4 levels at most"),
        ("path", '"a"', "a path begins with `/`"),
        ("path", f'"/{"a" * 99}"', None),
        ("path", f'"/{"a" * 100}"', "EFS takes 100 characters at most"),
        ("permissions", '"0750"', None),
        ("permissions", '"rwx"', "EFS takes three or four octal digits"),
        ("permissions", '"0999"', "EFS takes three or four octal digits"),
        ("permissions", '"75"', "EFS takes three or four octal digits"),
        ("uid", "4294967295", None),
        ("uid", "4294967296", "an id is a number from 0 to 4294967295"),
        ("uid", "-1", "an id is a number from 0 to 4294967295"),
        ("gids", "[0, -1]", "an id is a number from 0 to 4294967295"),
    ],
)
def test_an_access_point_has_what_efs_takes(argument, value, rule, messages):
    found = messages(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {argument: value}))
    assert [message.partition(", but ")[2] for message in found] == ([] if rule is None else [rule])


def test_a_user_is_in_sixteen_more_groups_at_most(messages):
    gids = {number: str(list(range(number))) for number in (16, 17)}
    assert messages(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {"gids": gids[16]})) == []
    assert messages(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {"gids": gids[17]})) == [
        "has 17 groups, but EFS takes 16"
    ]


def test_the_finding_stands_at_the_argument(judged):
    (result,) = judged(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {"permissions": '"rwx"'}))
    (finding,) = result.findings
    assert finding.path == "root_directory.0.creation_info.0.permissions"
    assert finding.location.line == 12


@pytest.mark.parametrize("argument", ["path", "permissions", "uid"])
def test_what_is_not_known_is_not_evaluated(argument, verdicts):
    hcl = ACCESS_POINT % (RIGHT | {argument: "var.x"})
    assert verdicts(efs_arguments_invalid, hcl) == {"aws_efs_access_point.x": "not_evaluated"}


def test_an_access_point_without_anything_is_taken(verdicts):
    assert verdicts(efs_arguments_invalid, 'resource "aws_efs_access_point" "x" {}\n') == {
        "aws_efs_access_point.x": "passed"
    }
