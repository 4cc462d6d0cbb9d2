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
        ('throughput_mode = "provisioned"', ["`provisioned_throughput_in_mibps` is not set"]),
        ('performance_mode = "maxIO"', []),
        (
            'performance_mode = "maxIO"\nthroughput_mode = "elastic"',
            ["elastic throughput does not support"],
        ),
        (
            'performance_mode = "maxIO"\navailability_zone_name = "eu-west-1a"',
            ["One Zone storage does not support"],
        ),
        ("throughput_mode = var.mode", ["`var.mode` is not declared"]),
    ],
)
def test_modes_of_a_file_system_are_compatible(arguments, found, messages):
    reported = messages(efs_arguments_invalid, FILE_SYSTEM % arguments)
    assert len(reported) == len(found)
    assert all(part in message for part, message in zip(found, reported, strict=True))


def test_an_unknown_performance_mode_is_not_evaluated_with_elastic_throughput(statuses):
    hcl = FILE_SYSTEM % 'throughput_mode = "elastic"\nperformance_mode = var.mode'
    assert statuses(efs_arguments_invalid, hcl) == {"aws_efs_file_system.x": "not_evaluated"}


@pytest.mark.parametrize(
    ("argument", "value", "rule"),
    [
        ("path", '"/"', None),
        ("path", '"/a/b/c/d"', None),
        ("path", '"/a/b/c/d/e"', "the maximum depth is 4 levels"),
        ("path", '"a"', "a path begins with `/`"),
        ("path", f'"/{"a" * 99}"', None),
        ("path", f'"/{"a" * 100}"', "the maximum length is 100 characters"),
        ("permissions", '"0750"', None),
        ("permissions", '"rwx"', "permissions are three or four octal digits"),
        ("permissions", '"0999"', "permissions are three or four octal digits"),
        ("permissions", '"75"', "permissions are three or four octal digits"),
        ("uid", "4294967295", None),
        ("uid", "4294967296", "an ID is a number from 0 to 4294967295"),
        ("uid", "-1", "an ID is a number from 0 to 4294967295"),
        ("gids", "[0, -1]", "an ID is a number from 0 to 4294967295"),
    ],
)
def test_an_access_point_follows_the_rules_of_efs(argument, value, rule, messages):
    found = messages(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {argument: value}))
    assert [message.partition("; ")[2] for message in found] == ([] if rule is None else [rule])


def test_a_posix_user_has_at_most_sixteen_secondary_groups(messages):
    gids = {number: str(list(range(number))) for number in (16, 17)}
    assert messages(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {"gids": gids[16]})) == []
    (message,) = messages(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {"gids": gids[17]}))
    assert "`secondary_gids` has 17 IDs; the maximum is 16" in message


def test_the_finding_has_the_path_and_line_of_the_argument(results):
    (result,) = results(efs_arguments_invalid, ACCESS_POINT % (RIGHT | {"permissions": '"rwx"'}))
    (finding,) = result.findings
    assert finding.path == "root_directory.0.creation_info.0.permissions"
    assert finding.location.line == 12


@pytest.mark.parametrize("argument", ["path", "permissions", "uid", "gids"])
def test_an_unknown_argument_is_not_evaluated(argument, statuses):
    hcl = ACCESS_POINT % (RIGHT | {argument: "var.x"})
    assert statuses(efs_arguments_invalid, hcl) == {"aws_efs_access_point.x": "not_evaluated"}


def test_an_empty_access_point_passes(statuses):
    assert statuses(efs_arguments_invalid, 'resource "aws_efs_access_point" "x" {}\n') == {
        "aws_efs_access_point.x": "passed"
    }


LIFECYCLE = "lifecycle_policy {\n    transition_to_ia = %s\n    transition_to_archive = %s\n  }"


@pytest.mark.parametrize(
    ("to_ia", "to_archive", "status"),
    [
        ('"AFTER_30_DAYS"', "null", "passed"),
        ('"AFTER_30_DAYS"', '""', "passed"),
        ('"AFTER_30_DAYS"', '"AFTER_90_DAYS"', "failed"),
        ('"AFTER_30_DAYS"', "var.archive", "not_evaluated"),
        ("null", "var.archive", "passed"),
    ],
)
def test_a_lifecycle_policy_has_one_transition(to_ia, to_archive, status, statuses):
    hcl = FILE_SYSTEM % (LIFECYCLE % (to_ia, to_archive))
    assert statuses(efs_arguments_invalid, hcl) == {"aws_efs_file_system.x": status}


def test_several_lifecycle_policies_have_one_transition_each(statuses):
    hcl = FILE_SYSTEM % (LIFECYCLE % ('"AFTER_30_DAYS"', "null") + "\n" + LIFECYCLE % ("null", '"AFTER_90_DAYS"'))
    assert statuses(efs_arguments_invalid, hcl) == {"aws_efs_file_system.x": "passed"}


def test_the_finding_has_the_transitions(messages):
    (message,) = messages(efs_arguments_invalid, FILE_SYSTEM % (LIFECYCLE % ('"AFTER_30_DAYS"', '"AFTER_90_DAYS"')))
    assert "`transition_to_ia` and `transition_to_archive` are in one `lifecycle_policy`" in message
