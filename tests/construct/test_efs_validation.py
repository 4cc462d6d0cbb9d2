"""Values that the provider accepts, but AWS or the first mount rejects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Network
from plainwork.alarms import AlarmActions
from plainwork.efs import FileSystem
from plainwork.errors import ArgumentsError, UnverifiedValueWarning
from tests.support.efs_file_systems import ARGUMENTS, KEY_ARN, access_point, file_system
from tests.support.networks import SUBNETS, VPC

if TYPE_CHECKING:
    from plainwork import Stack

ALARM_ACTIONS = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")

INVALID_FILE_SYSTEMS: dict[str, tuple[dict[str, Any], str, str]] = {
    "name with a space": ({"name": "acme files"}, "name must be 1 to 64", "'acme files'"),
    "name empty": ({"name": ""}, "name must be 1 to 64", "''"),
    "name that EC2 reserves": ({"name": "sg-files"}, "not with 'sg-'", "'sg-files'"),
    "region": ({"region": "Ireland"}, "region must be", "'Ireland'"),
    "account_id number": ({"account_id": 123456789012}, "account_id must be", "123456789012"),
    "network": ({"network": SUBNETS}, "network must be Network(", "euw1-az1"),
    "zones of another region": (
        {"network": Network(VPC, {"use1-az1": SUBNETS["euw1-az1"]})},
        "network.subnets must be keyed by zone ids of eu-west-1",
        "'use1-az1'",
    ),
    "one_zone": ({"one_zone": "euw1-az9"}, "one_zone must be a zone of network.subnets, euw1-az1", "'euw1-az9'"),
    "maxIO in one zone": (
        {"one_zone": "euw1-az1", "throughput_mode": "bursting", "performance_mode": "maxIO"},
        "performance_mode 'maxIO' is not supported in one Availability Zone",
        "'generalPurpose'",
    ),
    "clients empty": ({"clients": {}}, "clients must", "{}"),
    "clients internet": ({"clients": {"all": "0.0.0.0/0"}}, "clients['all']", "'0.0.0.0/0'"),
    "throughput_mode": ({"throughput_mode": "fast"}, "throughput_mode must be one of 'elastic', 'bursting'", "'fast'"),
    "throughput_mode None": ({"throughput_mode": None}, "throughput_mode must be one of 'elastic', 'bursting'", "None"),
    "throughput_mode reference": (
        {"throughput_mode": "${var.mode}"},
        "throughput_mode must be a literal",
        "${var.mode}",
    ),
    "mibps None": (
        {"throughput_mode": "provisioned"},
        "provisioned_throughput_in_mibps must be a number of at least 1",
        "None",
    ),
    "mibps too small": (
        {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 0.5},
        "provisioned_throughput_in_mibps must be a number of at least 1",
        "0.5",
    ),
    "mibps with another mode": (
        {"provisioned_throughput_in_mibps": 64},
        "provisioned_throughput_in_mibps must not be set with throughput_mode 'elastic'",
        "64",
    ),
    "performance_mode maxIO with elastic throughput": (
        {"performance_mode": "maxIO"},
        "performance_mode 'maxIO' is not supported with throughput_mode 'elastic'",
        "'generalPurpose'",
    ),
    "performance_mode": (
        {"performance_mode": "fast"},
        "performance_mode must be one of 'generalPurpose'",
        "'fast'",
    ),
    "automatic_backups string": ({"automatic_backups": "yes"}, "automatic_backups must be True or False", "'yes'"),
    "kms_key_id without ARN": ({"kms_key_id": "1a2b3c4d"}, "kms_key_id must be an ARN", "'1a2b3c4d'"),
    "kms_key_id alias": ({"kms_key_id": KEY_ARN.replace("key/", "alias/")}, "kms_key_id must be", "alias/"),
    "kms_key_id of another region": (
        {"kms_key_id": KEY_ARN.replace("eu-west-1", "eu-west-2")},
        "'eu-west-1'",
        "eu-west-2",
    ),
    "lifecycle_policy list": (
        {"lifecycle_policy": ["AFTER_1_DAY"]},
        "lifecycle_policy must be transitions",
        "AFTER_1_DAY",
    ),
    "lifecycle_policy misspelled": (
        {"lifecycle_policy": {"transition_to_ai": "AFTER_1_DAY"}},
        "lifecycle_policy has no transition 'transition_to_ai'; did you mean",
        "transition_to_ia",
    ),
    "transition_to_ia": (
        {"lifecycle_policy": {"transition_to_ia": "AFTER_3_DAYS"}},
        "lifecycle_policy['transition_to_ia'] must be one of 'AFTER_1_DAY'",
        "'AFTER_3_DAYS'",
    ),
    "transition_to_archive not later than transition_to_ia": (
        {"lifecycle_policy": {"transition_to_ia": "AFTER_30_DAYS", "transition_to_archive": "AFTER_30_DAYS"}},
        "lifecycle_policy['transition_to_archive'] must be later than transition_to_ia AFTER_30_DAYS",
        "'AFTER_30_DAYS'",
    ),
    "transition_to_archive without elastic throughput": (
        {
            "throughput_mode": "bursting",
            "lifecycle_policy": {"transition_to_archive": "AFTER_90_DAYS"},
        },
        "lifecycle_policy['transition_to_archive'] requires throughput_mode 'elastic'",
        "'bursting'",
    ),
}
VALID_FILE_SYSTEMS: dict[str, dict[str, Any]] = {
    "references": {
        "name": "${var.name}",
        "region": "${var.region}",
        "account_id": "${var.account_id}",
        "network": Network("${aws_vpc.main.id}", {"euw1-az1": "${aws_subnet.a.id}"}),
        "kms_key_id": "${aws_kms_key.files.arn}",
    },
    "one subnet": {"network": Network(VPC, {"euw1-az1": SUBNETS["euw1-az1"]})},
    "one zone": {"one_zone": "euw1-az1"},
    "mibps minimum": {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 1},
    "mibps maximum": {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 3414},
    "mibps reference": {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": "${var.mibps}"},
    "performance_mode maxIO with bursting throughput": {
        "throughput_mode": "bursting",
        "performance_mode": "maxIO",
    },
    "no backups": {"automatic_backups": False},
    "kms_key_id": {"kms_key_id": KEY_ARN},
    "transition_to_archive after transition_to_ia": {
        "lifecycle_policy": {"transition_to_ia": "AFTER_30_DAYS", "transition_to_archive": "AFTER_90_DAYS"}
    },
    "transition_to_ia with bursting throughput": {
        "throughput_mode": "bursting",
        "lifecycle_policy": {"transition_to_ia": "AFTER_7_DAYS"},
    },
}
LONGEST_PATH = "/" + "a" * 99
INVALID_ACCESS_POINTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "permissions letters": ({"permissions": "rwx"}, "permissions must be a string of 3 or 4 octal digits", "'rwx'"),
    "permissions not octal": ({"permissions": "0999"}, "permissions must be a string of 3 or 4 octal digits", "'0999'"),
    "permissions number": ({"permissions": 750}, "permissions must be a string of 3 or 4 octal digits", "750"),
    "path relative": ({"path": "data"}, "path must be absolute", "'data'"),
    "path too deep": ({"path": "/a/b/c/d/e"}, "path must have at most 4 directories: got 5", "'/a/b/c/d/e'"),
    "path too long": ({"path": LONGEST_PATH + "a"}, "path must have at most 100 characters: got 101", "'/aaaa"),
    "path with a trailing slash": ({"path": "/data/"}, "path must", "'/data/'"),
    "path upwards": ({"path": "/data/../web"}, "path must", "'/data/../web'"),
    "path with a wildcard": ({"path": "/data/*"}, "path must", "'/data/*'"),
    "uid negative": ({"uid": -1, "gid": 1000}, "uid must be a whole number from 0 to 4294967295", "-1"),
    "uid too large": ({"uid": 2**32, "gid": 1}, "uid must be a whole number", "4294967296"),
    "gid negative": ({"uid": 1000, "gid": -1}, "gid must be a whole number from 0", "-1"),
    "gid string": (
        {"uid": 1000, "gid": "web"},
        "gid must be a whole number from 0",
        "'web'",
    ),
    "secondary_gids too many": (
        {"uid": 1000, "gid": 1000, "secondary_gids": tuple(range(1, 18))},
        "secondary_gids must be at most 16",
        "17",
    ),
    "secondary_gids negative": (
        {"uid": 1000, "gid": 1000, "secondary_gids": (-1,)},
        "secondary_gids must be a whole number",
        "-1",
    ),
    "secondary_gids number": (
        {"secondary_gids": 1},
        "secondary_gids must be a list of group IDs",
        "got 1",
    ),
    "uid None": ({"uid": None}, "uid must be a whole number", "None"),
    "owner_uid negative": ({"owner_uid": -1}, "owner_uid must be a whole number from 0", "-1"),
    "owner_gid too large": ({"owner_gid": 2**32}, "owner_gid must be a whole number", "4294967296"),
    "permissions of the root directory": (
        {"path": "/", "permissions": "750"},
        "permissions must not be set if path is '/'",
        "'750'",
    ),
    "owner without execute": (
        {"permissions": "640"},
        "do not allow user 1000 of group 1000 to enter '/data'",
        "'640'",
    ),
    "owner without execute, group and others with it": (
        {"permissions": "0677"},
        "do not allow user 1000",
        "'0677'",
    ),
    "group without execute": (
        {"owner_uid": 0, "permissions": "765"},
        "belongs to user 0 and group 1000",
        "'765'",
    ),
    "others without execute": (
        {"owner_uid": 0, "owner_gid": 0, "permissions": "770"},
        "belongs to user 0 and group 0",
        "'770'",
    ),
}
VALID_ACCESS_POINTS: dict[str, dict[str, Any]] = {
    "references": {
        "path": "${var.path}",
        "permissions": "${var.permissions}",
        "uid": "${var.uid}",
        "gid": "${var.gid}",
    },
    "root directory": {"path": "/", "permissions": None},
    "four directories": {"path": "/a/b/c/d"},
    "100 characters": {"path": LONGEST_PATH},
    "largest IDs": {"uid": 2**32 - 1, "gid": 2**32 - 1, "secondary_gids": (2**32 - 1,)},
    "16 groups": {"uid": 1000, "gid": 1000, "secondary_gids": tuple(range(1, 17))},
    "four digits": {"permissions": "0750"},
    "owner alone": {"permissions": "100"},
    "group": {"owner_uid": 0, "permissions": "2770"},
    "secondary group": {
        "owner_uid": 0,
        "owner_gid": 7,
        "uid": 1,
        "gid": 1,
        "secondary_gids": (7,),
        "permissions": "710",
    },
    "others": {"owner_uid": 0, "owner_gid": 0, "permissions": "1777"},
    "root, without execute": {"uid": 0, "gid": 0, "permissions": "600"},
    "owner reference": {"owner_uid": "${var.uid}", "permissions": "600"},
}


@pytest.mark.parametrize("argument", INVALID_FILE_SYSTEMS)
def test_an_invalid_argument_of_a_file_system_is_rejected(stack: Stack, argument: str) -> None:
    arguments, rule, value = INVALID_FILE_SYSTEMS[argument]
    with pytest.raises(ArgumentsError, match="FileSystem 'files': invalid arguments:") as error:
        file_system(stack, **arguments)
    assert [problem for problem in error.value.problems if rule in problem and value in problem]


@pytest.mark.parametrize("argument", VALID_FILE_SYSTEMS)
def test_a_valid_argument_of_a_file_system_is_accepted(stack: Stack, argument: str) -> None:
    file_system(stack, **VALID_FILE_SYSTEMS[argument])


@pytest.mark.parametrize("argument", INVALID_ACCESS_POINTS)
def test_an_invalid_argument_of_an_access_point_is_rejected(stack: Stack, argument: str) -> None:
    arguments, rule, value = INVALID_ACCESS_POINTS[argument]
    with pytest.raises(ArgumentsError, match="AccessPoint 'data': invalid arguments:") as error:
        access_point(file_system(stack), **arguments)
    (problem,) = error.value.problems
    assert rule in problem
    assert value in problem


@pytest.mark.parametrize("argument", VALID_ACCESS_POINTS)
def test_a_valid_argument_of_an_access_point_is_accepted(stack: Stack, argument: str) -> None:
    access_point(file_system(stack), **VALID_ACCESS_POINTS[argument])


def test_every_invalid_argument_is_reported_at_once(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as error:
        file_system(stack, network="files", automatic_backups=1, kms_key_id="files")
    assert [problem.split()[0] for problem in error.value.problems] == ["network", "automatic_backups", "kms_key_id"]


@pytest.mark.parametrize("argument", ["network", "clients", "throughput_mode"])
def test_an_argument_without_default_is_required(stack: Stack, argument: str) -> None:
    with pytest.raises(TypeError, match=f"missing 1 required keyword-only argument: '{argument}'"):
        FileSystem(stack, "files", **{name: value for name, value in ARGUMENTS.items() if name != argument})


def test_throughput_above_the_default_quota_is_a_warning(stack: Stack) -> None:
    with pytest.warns(
        UnverifiedValueWarning, match="provisioned_throughput_in_mibps is 3415; more than 3414 MiB/s requires"
    ):
        file_system(stack, throughput_mode="provisioned", provisioned_throughput_in_mibps=3415)


def test_encryption_cannot_be_disabled(stack: Stack) -> None:
    with pytest.raises(TypeError, match="encrypted"):
        file_system(stack, encrypted=False)


def test_two_access_points_with_one_directory_and_different_permissions_are_rejected(stack: Stack) -> None:
    files = file_system(stack)
    access_point(files, "data")
    access_point(files, "again", path="/data")
    with pytest.raises(ArgumentsError, match=r"path '/data' .* access point 'data'"):
        access_point(files, "others", path="/data", permissions="700")


@pytest.mark.parametrize("client", ["office", "unknown"])
def test_an_egress_rule_of_another_source_than_a_security_group_is_rejected(stack: Stack, client: str) -> None:
    files = file_system(stack, clients={"office": "10.0.0.0/16"})
    with pytest.raises(ArgumentsError, match=rf"security group.*got '{client}'"):
        files.client_egress_rule(client)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"alarm_actions": None}, "alarm_actions must be given, or set for the stack before"),
        ({"storage_bytes_threshold": 0}, "storage_bytes_threshold must be a whole number from 1 .*: got 0"),
    ],
)
def test_an_invalid_argument_of_alarms_is_rejected(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match=problem):
        file_system(stack).add_alarms(**{"alarm_actions": ALARM_ACTIONS, "storage_bytes_threshold": 1, **arguments})
