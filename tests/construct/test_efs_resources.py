from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import FileSystem, Network, Provider, synthesize
from plainwork.alarms import AlarmActions
from plainwork.errors import AddressError, ArgumentsError
from tests.support.efs_file_systems import CLIENTS, KEY_ARN, NETWORK, access_point, file_system
from tests.support.networks import SUBNETS, VPC

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

ONE_SUBNET = Network(VPC, {"euw1-az1": SUBNETS["euw1-az1"]})
ALARM_ACTIONS = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")


def resources(stack: Stack, type_: str) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"].get(type_, {})
    return found


def test_the_smallest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    files = file_system(stack, network=ONE_SUBNET)
    access_point(files).grant_read("web")
    assert stack == hcl_snapshot


def test_the_fullest_use(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    files = file_system(
        stack,
        clients={"web": CLIENTS, "office": "10.0.0.0/16"},
        throughput_mode="bursting",
        automatic_backups=False,
        kms_key_id=KEY_ARN,
        lifecycle_policy={"transition_to_ia": "AFTER_30_DAYS", "transition_to_primary_storage_class": "AFTER_1_ACCESS"},
    )
    files.client_egress_rule("web")
    files.add_alarms(alarm_actions=ALARM_ACTIONS, storage_bytes_threshold=10 * 2**30)
    shared = files.access_point(
        "shared",
        path="/teams/shared",
        uid=1000,
        gid=1000,
        secondary_gids=(2000,),
        permissions="2770",
        owner_uid=0,
        owner_gid=2000,
    )
    shared.grant_read_write("web")
    everything = files.access_point("everything", path="/", uid=0, gid=0)
    everything.grant_root_access("backup")
    assert stack == hcl_snapshot


@pytest.mark.parametrize(
    "arguments",
    [
        {"throughput_mode": "elastic"},
        {"throughput_mode": "bursting"},
        {"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 64},
    ],
)
def test_each_throughput_mode_has_its_arguments(stack: Stack, arguments: dict[str, Any]) -> None:
    file_system(stack, **arguments)
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
    file_system(stack, network=Network(VPC, dict(reversed(SUBNETS.items()))))
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
        ({"throughput_mode": "elastic"}, {"percent_io_limit", "storage_bytes"}),
        ({"throughput_mode": "bursting"}, {"percent_io_limit", "burst_credit_balance", "storage_bytes"}),
        (
            {"throughput_mode": "bursting", "performance_mode": "maxIO"},
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


def test_the_name_consists_of_the_ids_of_stack_and_construct_by_default(stack: Stack) -> None:
    file_system(stack, name=None)
    assert resources(stack, "aws_efs_file_system")["files"]["tags"] == {"Name": "demo-files"}


def test_region_and_account_are_those_of_the_provider(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1", allowed_account_ids=["123456789012"])
    files = FileSystem(stack, "files", network=NETWORK, clients=["10.0.0.0/16"], throughput_mode="elastic")
    assert files.access_point_arns == "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/*"


def test_a_one_zone_file_system_has_one_mount_target(stack: Stack) -> None:
    file_system(stack, one_zone="euw1-az2")
    zone = synthesize(stack)["data"]["aws_availability_zone"]["files"]
    assert zone["zone_id"] == "euw1-az2"
    name = "${data.aws_availability_zone.files.name}"
    assert resources(stack, "aws_efs_file_system")["files"]["availability_zone_name"] == name
    assert set(resources(stack, "aws_efs_mount_target")) == {"files_euw1_az2"}


def test_a_replication_has_an_alarm_on_its_delay(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    file_system(stack).replicate(region="eu-central-1", alarm_actions=ALARM_ACTIONS)
    assert stack == hcl_snapshot


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"region": "eu-west-1"}, "region must be another Region than that of the file system: got 'eu-west-1'"),
        ({"region": "cn-north-1"}, "region must be in partition 'aws', as 'eu-west-1' is: got 'cn-north-1'"),
        ({"region": "Ireland"}, "region must be the name of an AWS Region"),
        ({"kms_key_id": KEY_ARN}, "kms_key_id must be a key in Region 'eu-central-1'"),
        ({"alarm_actions": None}, "alarm_actions must be given"),
    ],
)
def test_an_invalid_replication_is_rejected(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ArgumentsError, match="replication of FileSystem 'files'") as error:
        file_system(stack).replicate(**{"region": "eu-central-1", "alarm_actions": ALARM_ACTIONS, **arguments})
    assert problem in str(error.value)


def test_a_file_system_has_one_replication(stack: Stack) -> None:
    files = file_system(stack)
    files.replicate(region="eu-central-1", alarm_actions=ALARM_ACTIONS)
    with pytest.raises(AddressError, match=r"aws_efs_replication_configuration\.files"):
        files.replicate(region="eu-north-1", alarm_actions=ALARM_ACTIONS)
