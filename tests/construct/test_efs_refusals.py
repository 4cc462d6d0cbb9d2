"""What the provider lets through and AWS or a first mount would reject, refused when it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork.alarms import AlarmActions
from plainwork.efs import Bursting, Elastic, FileSystem, PosixUser, Provisioned, StorageLifecycle
from plainwork.errors import ArgumentsError
from plainwork.security_group import IngressSource
from tests.support.efs_file_systems import ARGUMENTS, KEY_ARN, access_point, file_system
from tests.support.networks import SUBNETS

if TYPE_CHECKING:
    from plainwork import Stack

ALARM_ACTIONS = AlarmActions(alarm=("arn:aws:sns:eu-west-1:123456789012:pager",))
BY_NAME = {"eu-west-1a": SUBNETS["euw1-az1"]}

FILE_SYSTEMS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a name with blanks": ({"name": "acme files"}, "name must be 1 to 64", "'acme files'"),
    "no name": ({"name": None}, "name must be 1 to 64", "None"),
    "a name that EC2 keeps": ({"name": "sg-files"}, "not with 'sg-'", "'sg-files'"),
    "no region": ({"region": "Ireland"}, "region must be the name of an AWS region", "'Ireland'"),
    "an account as a number": (
        {"account_id": 123456789012},
        "account_id must be the account's 12 digits",
        "123456789012",
    ),
    "no VPC": ({"vpc_id": "files"}, "vpc_id must be an id", "'files'"),
    "a zone by its name": ({"subnets": BY_NAME}, "subnets must be keyed by zone ids", "'eu-west-1a'"),
    "no subnet": ({"subnets": {}}, "subnets must be at least 1 subnet id", "{}"),
    "nobody to connect": ({"clients": {}}, "clients must name who may connect", "{}"),
    "the internet": (
        {"clients": {"all": IngressSource(cidr_ipv4="0.0.0.0/0")}},
        "must not be the whole internet",
        "'0.0.0.0/0'",
    ),
    "a throughput by its name": ({"throughput": "elastic"}, "throughput must be Elastic(), Bursting()", "'elastic'"),
    "a throughput that is not made": ({"throughput": Elastic}, "throughput must be Elastic(), Bursting()", "Elastic"),
    "no amount": ({"throughput": Provisioned(None)}, "mibps must be a number from 1 to 3414", "None"),  # type: ignore[arg-type]  what is refused
    "too little": ({"throughput": Provisioned(0.5)}, "mibps must be a number from 1 to 3414", "0.5"),
    "too much": ({"throughput": Provisioned(3415)}, "mibps must be a number from 1 to 3414", "3415"),
    "Max I/O and elastic": ({"performance_mode": "maxIO"}, "'maxIO' cannot be had with throughput Elastic()", ""),
    "an unknown mode": ({"performance_mode": "fast"}, "performance_mode must be one of 'generalPurpose'", "'fast'"),
    "a backup by a word": ({"backup": "yes"}, "backup must be True or False", "'yes'"),
    "a key by its id": ({"kms_key_id": "1a2b3c4d"}, "kms_key_id must be an ARN", "'1a2b3c4d'"),
    "an alias": ({"kms_key_id": KEY_ARN.replace("key/", "alias/")}, "not of an alias", "alias/"),
    "a key elsewhere": (
        {"kms_key_id": KEY_ARN.replace("eu-west-1", "eu-west-2")},
        "kms_key_id must be of a key in region 'eu-west-1'",
        "eu-west-2",
    ),
    "a lifecycle as a dict": ({"lifecycle_policy": {}}, "lifecycle_policy must be a StorageLifecycle", "{}"),
    "an age that EFS does not have": (
        {"lifecycle_policy": StorageLifecycle("AFTER_3_DAYS")},
        "transition_to_ia must be one of 'AFTER_1_DAY'",
        "'AFTER_3_DAYS'",
    ),
    "an archive before infrequent access": (
        {"lifecycle_policy": StorageLifecycle("AFTER_30_DAYS", "AFTER_30_DAYS")},
        "transition_to_archive must be later than transition_to_ia AFTER_30_DAYS",
        "'AFTER_30_DAYS'",
    ),
    "an archive without elastic throughput": (
        {"throughput": Bursting(), "lifecycle_policy": StorageLifecycle(transition_to_archive="AFTER_90_DAYS")},
        "transition_to_archive is only for throughput Elastic()",
        "Bursting()",
    ),
}
ACCEPTED: dict[str, dict[str, Any]] = {
    "references": {
        "name": "${var.name}",
        "region": "${var.region}",
        "account_id": "${var.account_id}",
        "vpc_id": "${aws_vpc.main.id}",
        "subnets": {"euw1-az1": "${aws_subnet.a.id}"},
        "kms_key_id": "${aws_kms_key.files.arn}",
    },
    "one zone": {"subnets": {"euw1-az1": SUBNETS["euw1-az1"]}},
    "the least throughput": {"throughput": Provisioned(1)},
    "the most throughput": {"throughput": Provisioned(3414)},
    "throughput by reference": {"throughput": Provisioned("${var.mibps}")},  # type: ignore[arg-type]  any argument may be one
    "Max I/O and bursting": {"throughput": Bursting(), "performance_mode": "maxIO"},
    "no backup": {"backup": False},
    "a key": {"kms_key_id": KEY_ARN},
    "an archive after infrequent access": {"lifecycle_policy": StorageLifecycle("AFTER_30_DAYS", "AFTER_90_DAYS")},
    "infrequent access with bursting": {"throughput": Bursting(), "lifecycle_policy": StorageLifecycle("AFTER_7_DAYS")},
}
LONGEST = "/" + "a" * 99
ACCESS_POINTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "permissions in letters": ({"permissions": "rwx"}, "permissions must be 3 or 4 octal digits", "'rwx'"),
    "permissions that are not octal": ({"permissions": "0999"}, "permissions must be 3 or 4 octal digits", "'0999'"),
    "permissions as a number": ({"permissions": 750}, "permissions must be 3 or 4 octal digits", "750"),
    "a relative path": ({"path": "data"}, "path must begin with '/'", "'data'"),
    "a path that is too deep": ({"path": "/a/b/c/d/e"}, "path must have at most 4 directories: got 5", "'/a/b/c/d/e'"),
    "a path that is too long": ({"path": LONGEST + "a"}, "path must have at most 100 characters: got 101", "'/aaaa"),
    "a path with a slash at its end": ({"path": "/data/"}, "without a '/' at the end", "'/data/'"),
    "a path upwards": ({"path": "/data/../web"}, "do not begin with '.'", "'/data/../web'"),
    "a path with a star": ({"path": "/data/*"}, "have none of", "'/data/*'"),
    "a user below zero": ({"posix_user": PosixUser(-1, 1000)}, "uid must be a whole number from 0 to 4294967295", "-1"),
    "a user that is too large": ({"posix_user": PosixUser(2**32, 1)}, "uid must be a whole number", "4294967296"),
    "a group below zero": ({"posix_user": PosixUser(1000, -1)}, "gid must be a whole number from 0", "-1"),
    "a group as text": ({"posix_user": PosixUser(1000, "web")}, "gid must be a whole number from 0", "'web'"),  # type: ignore[arg-type]  what is refused
    "too many groups": (
        {"posix_user": PosixUser(1000, 1000, tuple(range(1, 18)))},
        "secondary_gids must be at most 16",
        "17",
    ),
    "another group below zero": ({"posix_user": PosixUser(1000, 1000, (-1,))}, "secondary_gids must be a whole", "-1"),
    "other groups as a list": (
        {"posix_user": PosixUser(1000, 1000, [1])},  # type: ignore[arg-type]  what is refused
        "secondary_gids must be a tuple",
        "[1]",
    ),
    "other groups as a number": (
        {"posix_user": PosixUser(1000, 1000, 1)},  # type: ignore[arg-type]  what is refused
        "secondary_gids must be a tuple",
        "got 1",
    ),
    "no user": ({"posix_user": None}, "posix_user must be PosixUser(uid=1000, gid=1000)", "None"),
    "an owner below zero": ({"owner_uid": -1}, "owner_uid must be a whole number from 0", "-1"),
    "an owning group that is too large": ({"owner_gid": 2**32}, "owner_gid must be a whole number", "4294967296"),
    "a directory that nobody makes": ({"permissions": None}, "permissions must be given, as '750'", "'/data'"),
    "permissions of the root directory": ({"path": "/"}, "permissions must not be given where path is '/'", "'750'"),
    "an owner who cannot enter": ({"permissions": "640"}, "do not let user 1000 of group 1000 into '/data'", "'640'"),
    "an owner kept out, whoever else is let in": ({"permissions": "0677"}, "do not let user 1000", "'0677'"),
    "a group that cannot enter": ({"owner_uid": 0, "permissions": "765"}, "belongs to user 0 and group 1000", "'765'"),
    "others who cannot enter": (
        {"owner_uid": 0, "owner_gid": 0, "permissions": "770"},
        "belongs to user 0 and group 0",
        "'770'",
    ),
}
ACCEPTED_ACCESS_POINTS: dict[str, dict[str, Any]] = {
    "references": {
        "path": "${var.path}",
        "permissions": "${var.permissions}",
        "posix_user": PosixUser("${var.uid}", "${var.gid}"),  # type: ignore[arg-type]  any argument may be one
    },
    "the root directory": {"path": "/", "permissions": None},
    "four directories": {"path": "/a/b/c/d"},
    "a hundred characters": {"path": LONGEST},
    "the largest ids": {"posix_user": PosixUser(2**32 - 1, 2**32 - 1, (2**32 - 1,))},
    "sixteen groups": {"posix_user": PosixUser(1000, 1000, tuple(range(1, 17)))},
    "four digits": {"permissions": "0750"},
    "an owner alone": {"permissions": "100"},
    "a group": {"owner_uid": 0, "permissions": "2770"},
    "a second group": {"owner_uid": 0, "owner_gid": 7, "posix_user": PosixUser(1, 1, (7,)), "permissions": "710"},
    "others": {"owner_uid": 0, "owner_gid": 0, "permissions": "1777"},
    "root, whom nothing keeps out": {"posix_user": PosixUser(0, 0), "permissions": "600"},
    "an owner by reference": {"owner_uid": "${var.uid}", "permissions": "600"},
}


@pytest.mark.parametrize("what", FILE_SYSTEMS)
def test_a_file_system_is_refused(stack: Stack, what: str) -> None:
    arguments, rule, value = FILE_SYSTEMS[what]
    with pytest.raises(ArgumentsError, match="FileSystem 'files': invalid arguments:") as refused:
        file_system(stack, **arguments)
    assert [problem for problem in refused.value.problems if rule in problem and value in problem]


@pytest.mark.parametrize("what", ACCEPTED)
def test_a_file_system_is_made(stack: Stack, what: str) -> None:
    file_system(stack, **ACCEPTED[what])


@pytest.mark.parametrize("what", ACCESS_POINTS)
def test_an_access_point_is_refused(stack: Stack, what: str) -> None:
    arguments, rule, value = ACCESS_POINTS[what]
    with pytest.raises(ArgumentsError, match="AccessPoint 'data': invalid arguments:") as refused:
        access_point(file_system(stack), **arguments)
    (problem,) = refused.value.problems
    assert rule in problem
    assert value in problem


@pytest.mark.parametrize("what", ACCEPTED_ACCESS_POINTS)
def test_an_access_point_is_made(stack: Stack, what: str) -> None:
    access_point(file_system(stack), **ACCEPTED_ACCESS_POINTS[what])


def test_every_problem_is_told_at_once(stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as refused:
        file_system(stack, vpc_id="files", backup=1, kms_key_id="files")
    assert [problem.split()[0] for problem in refused.value.problems] == ["vpc_id", "backup", "kms_key_id"]


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_nothing_is_assumed(stack: Stack, argument: str) -> None:
    with pytest.raises(TypeError, match=f"missing 1 required keyword-only argument: '{argument}'"):
        FileSystem(stack, "files", **{name: value for name, value in ARGUMENTS.items() if name != argument})


def test_encryption_cannot_be_left_out(stack: Stack) -> None:
    with pytest.raises(TypeError, match="encrypted"):
        file_system(stack, encrypted=False)


def test_two_access_points_do_not_make_one_directory_differently(stack: Stack) -> None:
    files = file_system(stack)
    access_point(files, "data")
    access_point(files, "again", path="/data")
    with pytest.raises(ArgumentsError, match="path '/data' is made by access point 'data' with another owner"):
        access_point(files, "others", path="/data", permissions="700")


@pytest.mark.parametrize("source", ["office", "unknown"])
def test_only_a_security_group_is_let_out(stack: Stack, source: str) -> None:
    files = file_system(stack, clients={"office": IngressSource(cidr_ipv4="10.0.0.0/16")})
    with pytest.raises(ArgumentsError, match=rf"must name a security group of clients, which has \[\]: got '{source}'"):
        files.client_egress_rule(source)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"alarm_actions": None}, r"alarm_actions must be AlarmActions\(.*\): got None"),
        ({"storage_bytes": 0}, "storage_bytes must be a whole number from 1 .*: got 0"),
    ],
)
def test_alarms_are_refused(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match=problem):
        file_system(stack).alarms(**{"alarm_actions": ALARM_ACTIONS, "storage_bytes": 1, **arguments})
