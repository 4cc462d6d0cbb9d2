from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import synthesize
from plainwork.alarms import AlarmActions
from plainwork.efs import BurstingThroughput, ElasticThroughput, LifecyclePolicy, PosixUser, ProvisionedThroughput
from tests.support.efs_file_systems import CLIENTS, KEY_ARN, access_point, file_system
from tests.support.networks import SUBNETS

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

ALARM_ACTIONS = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")


def resources(stack: Stack, type_: str) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"].get(type_, {})
    return found


def test_the_smallest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    files = file_system(stack, subnets={"euw1-az1": SUBNETS["euw1-az1"]})
    access_point(files).grant_read("web")
    assert stack == hcl_snapshot


def test_the_fullest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    files = file_system(
        stack,
        clients={"web": CLIENTS, "office": "10.0.0.0/16"},
        throughput_mode=BurstingThroughput(),
        automatic_backups=False,
        kms_key_id=KEY_ARN,
        lifecycle_policy=LifecyclePolicy(
            transition_to_ia="AFTER_30_DAYS", transition_to_primary_storage_class="AFTER_1_ACCESS"
        ),
    )
    files.client_egress_rule("web")
    files.add_alarms(alarm_actions=ALARM_ACTIONS, storage_bytes_threshold=10 * 2**30)
    shared = files.add_access_point(
        "shared",
        path="/teams/shared",
        posix_user=PosixUser(uid=1000, gid=1000, secondary_gids=(2000,)),
        permissions="2770",
        owner_uid=0,
        owner_gid=2000,
    )
    shared.grant_read_write("web")
    everything = files.add_access_point("everything", path="/", posix_user=PosixUser(uid=0, gid=0))
    everything.grant_root_access("backup")
    assert stack == hcl_snapshot


@pytest.mark.parametrize(
    ("throughput_mode", "arguments"),
    [
        (ElasticThroughput(), {"throughput_mode": "elastic"}),
        (BurstingThroughput(), {"throughput_mode": "bursting"}),
        (ProvisionedThroughput(mibps=64), {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 64}),
    ],
)
def test_each_throughput_mode_has_its_arguments(stack: Stack, throughput_mode: Any, arguments: dict[str, Any]) -> None:
    file_system(stack, throughput_mode=throughput_mode)
    created = resources(stack, "aws_efs_file_system")["files"]
    assert {name: value for name, value in created.items() if "throughput" in name} == arguments


def test_a_file_system_is_encrypted_and_has_prevent_destroy(stack: Stack) -> None:
    file_system(stack)
    arguments = resources(stack, "aws_efs_file_system")["files"]
    assert (arguments["encrypted"], arguments["lifecycle"]) == (True, {"prevent_destroy": True})


@pytest.mark.parametrize(("automatic_backups", "status"), [(True, "ENABLED"), (False, "DISABLED")])
def test_automatic_backups_are_enabled_or_disabled_explicitly(
    stack: Stack,
    automatic_backups: bool,  # noqa: FBT001
    status: str,
) -> None:
    file_system(stack, automatic_backups=automatic_backups)
    assert resources(stack, "aws_efs_backup_policy")["files"]["backup_policy"] == {"status": status}


def test_the_address_of_a_mount_target_has_its_zone_id(stack: Stack) -> None:
    file_system(stack, subnets=dict(reversed(SUBNETS.items())))
    targets = resources(stack, "aws_efs_mount_target")
    assert {name: target["subnet_id"] for name, target in targets.items()} == {
        f"files_{zone.replace('-', '_')}": subnet for zone, subnet in SUBNETS.items()
    }


def test_mount_targets_depend_on_the_file_system_policy(stack: Stack) -> None:
    file_system(stack)
    dependencies = [target["depends_on"] for target in resources(stack, "aws_efs_mount_target").values()]
    assert dependencies == [["aws_efs_file_system_policy.files"]] * len(SUBNETS)


def test_mount_targets_are_an_attribute_for_depends_on(stack: Stack) -> None:
    files = file_system(stack)
    assert [target.address for target in files.mount_targets] == [
        "aws_efs_mount_target.files_euw1_az1",
        "aws_efs_mount_target.files_euw1_az2",
        "aws_efs_mount_target.files_euw1_az3",
    ]


@pytest.mark.parametrize(
    ("arguments", "alarms"),
    [
        ({"throughput_mode": ElasticThroughput()}, {"percent_io_limit", "storage_bytes"}),
        ({"throughput_mode": BurstingThroughput()}, {"percent_io_limit", "burst_credit_balance", "storage_bytes"}),
        (
            {"throughput_mode": BurstingThroughput(), "performance_mode": "maxIO"},
            {"burst_credit_balance", "storage_bytes"},
        ),
    ],
)
def test_alarms_exist_only_for_metrics_that_efs_sends(
    stack: Stack, arguments: dict[str, Any], alarms: set[str]
) -> None:
    file_system(stack, **arguments).add_alarms(alarm_actions=ALARM_ACTIONS, storage_bytes_threshold=1)
    assert resources(stack, "aws_cloudwatch_metric_alarm").keys() == {f"files_{name}" for name in alarms}


def test_an_access_point_is_created_before_the_old_one_is_destroyed(stack: Stack) -> None:
    access_point(file_system(stack))
    arguments = resources(stack, "aws_efs_access_point")["files_data"]
    assert arguments["lifecycle"] == {"create_before_destroy": True}
    assert arguments["tags"] == {"Name": "acme-files-data"}
