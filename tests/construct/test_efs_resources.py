from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from plainwork.alarms import AlarmActions
from plainwork.efs import Bursting, Elastic, PosixUser, Provisioned, StorageLifecycle
from plainwork.security_group import IngressSource
from tests.support.efs_file_systems import CLIENTS, KEY_ARN, access_point, file_system
from tests.support.networks import SUBNETS

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

ALARM_ACTIONS = AlarmActions(alarm=("arn:aws:sns:eu-west-1:123456789012:pager",))


def resources(stack: Stack, type_: str) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"].get(type_, {})
    return found


def test_the_smallest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    files = file_system(stack, subnets={"euw1-az1": SUBNETS["euw1-az1"]})
    access_point(files).grant("web")
    assert stack == hcl_snapshot


def test_the_fullest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    files = file_system(
        stack,
        clients={"web": CLIENTS, "office": IngressSource(cidr_ipv4="10.0.0.0/16")},
        throughput=Bursting(),
        backup=False,
        kms_key_id=KEY_ARN,
        lifecycle_policy=StorageLifecycle(
            transition_to_ia="AFTER_30_DAYS", transition_to_primary_storage_class="AFTER_1_ACCESS"
        ),
    )
    files.client_egress_rule("web")
    files.alarms(alarm_actions=ALARM_ACTIONS, storage_bytes=10 * 2**30)
    shared = files.access_point(
        "shared",
        path="/teams/shared",
        posix_user=PosixUser(uid=1000, gid=1000, secondary_gids=(2000,)),
        permissions="2770",
        owner_uid=0,
        owner_gid=2000,
    )
    shared.grant("web", write=True)
    everything = files.access_point("everything", path="/", posix_user=PosixUser(uid=0, gid=0))
    everything.grant("backup", write=True, root=True)
    assert stack == hcl_snapshot


@pytest.mark.parametrize(
    ("throughput", "arguments"),
    [
        (Elastic(), {"throughput_mode": "elastic"}),
        (Bursting(), {"throughput_mode": "bursting"}),
        (Provisioned(mibps=64), {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 64}),
    ],
)
def test_the_throughput_is_written_out(stack: Stack, throughput: Any, arguments: dict[str, Any]) -> None:
    file_system(stack, throughput=throughput)
    made = resources(stack, "aws_efs_file_system")["files"]
    assert {name: value for name, value in made.items() if "throughput" in name} == arguments


def test_nothing_destroys_the_files(stack: Stack) -> None:
    file_system(stack)
    made = resources(stack, "aws_efs_file_system")["files"]
    assert (made["encrypted"], made["lifecycle"]) == (True, {"prevent_destroy": True})


@pytest.mark.parametrize(("backup", "status"), [(True, "ENABLED"), (False, "DISABLED")])
def test_backups_are_said_either_way(stack: Stack, backup: bool, status: str) -> None:  # noqa: FBT001
    file_system(stack, backup=backup)
    assert resources(stack, "aws_efs_backup_policy")["files"]["backup_policy"] == {"status": status}


def test_a_mount_target_keeps_its_address_whatever_else_there_is(stack: Stack) -> None:
    file_system(stack, subnets=dict(reversed(SUBNETS.items())))
    targets = resources(stack, "aws_efs_mount_target")
    assert {name: each["subnet_id"] for name, each in targets.items()} == {
        f"files_{zone.replace('-', '_')}": subnet for zone, subnet in SUBNETS.items()
    }


def test_nobody_can_mount_before_the_policy_is_there(stack: Stack) -> None:
    file_system(stack)
    waits = [each["depends_on"] for each in resources(stack, "aws_efs_mount_target").values()]
    assert waits == [["aws_efs_file_system_policy.files"]] * len(SUBNETS)


def test_a_service_can_wait_for_the_mount_targets(stack: Stack) -> None:
    files = file_system(stack)
    assert [each.address for each in files.mount_targets] == [
        "aws_efs_mount_target.files_euw1_az1",
        "aws_efs_mount_target.files_euw1_az2",
        "aws_efs_mount_target.files_euw1_az3",
    ]


@pytest.mark.parametrize(
    ("arguments", "alarms"),
    [
        ({"throughput": Elastic()}, {"percent_io_limit", "storage_bytes"}),
        ({"throughput": Bursting()}, {"percent_io_limit", "burst_credit_balance", "storage_bytes"}),
        ({"throughput": Bursting(), "performance_mode": "maxIO"}, {"burst_credit_balance", "storage_bytes"}),
    ],
)
def test_only_metrics_that_are_sent_are_watched(stack: Stack, arguments: dict[str, Any], alarms: set[str]) -> None:
    file_system(stack, **arguments).alarms(alarm_actions=ALARM_ACTIONS, storage_bytes=1)
    assert resources(stack, "aws_cloudwatch_metric_alarm").keys() == {f"files_{name}" for name in alarms}


def test_an_access_point_is_replaced_by_making_the_new_one_first(stack: Stack) -> None:
    access_point(file_system(stack))
    made = resources(stack, "aws_efs_access_point")["files_data"]
    assert made["lifecycle"] == {"create_before_destroy": True}
    assert made["tags"] == {"Name": "acme-files-data"}
