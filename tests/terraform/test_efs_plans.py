"""Plans of the AWS provider for file systems and access points, and the resources that a change replaces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Network, Provider, Resource, Stack, synthesize
from plainwork.alarms import AlarmActions
from plainwork.efs import CsiDynamicProvisioning, ServiceAccountRole
from plainwork.functions import jsonencode
from tests.support.efs_file_systems import CLIENTS, KEY_ARN, access_point, file_system
from tests.support.networks import SUBNETS, VPC
from tests.support.providers import INSTALLED
from tests.support.terraform import OFFLINE_PROVIDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.terraform import Terraform

ONE_SUBNET = Network(VPC, {"euw1-az1": SUBNETS["euw1-az1"]})
ALARM_ACTIONS = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
FILE_SYSTEM = {"id": "fs-0123456789abcdef0", "arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0"}


def new_stack(directory: Path, name: str) -> Stack:
    stack = Stack(App(directory / f"{name}.out"), name)
    Provider(stack, "aws", version=INSTALLED, **OFFLINE_PROVIDER)
    return stack


def write(directory: Path, stack: Stack) -> None:
    (directory / "cdk.tf.json").write_text(json.dumps(synthesize(stack)))


def everything(stack: Stack) -> None:
    """Few and many arguments, and every kind of mount."""
    data = access_point(file_system(stack, network=ONE_SUBNET))
    data.grant_read("web")
    full = file_system(
        stack,
        "full",
        clients={"web": CLIENTS, "office": "10.0.0.0/16"},
        throughput_mode="provisioned",
        provisioned_throughput_in_mibps=64,
        automatic_backups=False,
        kms_key_id=KEY_ARN,
        performance_mode="maxIO",
        lifecycle_policy={"transition_to_ia": "AFTER_30_DAYS", "transition_to_primary_storage_class": "AFTER_1_ACCESS"},
    )
    full.client_egress_rule("web")
    file_system(stack, "burst", throughput_mode="bursting").add_alarms(
        alarm_actions=ALARM_ACTIONS, storage_bytes_threshold=2**40
    )
    root = full.access_point("root", path="/", uid=0, gid=0, secondary_gids=(1, 2))
    root.grant_root_access("backup")
    volume = data.ecs_volume("data")
    container = {"name": "web", "image": "web:1", "mountPoints": [volume.mount_point("/data", read_only=False)]}
    Resource(
        stack,
        "aws_ecs_task_definition",
        "web",
        family="web",
        container_definitions=jsonencode([container]),
        volume=volume,
    )
    Resource(
        stack,
        "aws_lambda_function",
        "web",
        function_name="web",
        role="arn:aws:iam::123456789012:role/web",
        package_type="Image",
        image_uri="123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1",
        file_system_config=data.lambda_file_system_config("/mnt/data"),
        vpc_config={"subnet_ids": list(SUBNETS.values()), "security_group_ids": ["sg-0123456789abcdef0"]},
        depends_on=full.mount_targets,
    )
    cluster = Resource(
        stack,
        "aws_iam_openid_connect_provider",
        "eks",
        url="https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        client_id_list=["sts.amazonaws.com"],
    )
    controller = ServiceAccountRole(
        stack,
        "controller",
        name="controller",
        oidc_provider=cluster,
        namespace="kube-system",
        service_account="efs-csi-controller-sa",
    )
    CsiDynamicProvisioning(full, "csi").grant_controller(controller.role["name"])


def test_every_use_is_valid_and_has_a_plan(tmp_path: Path, terraform: Terraform) -> None:
    stack = new_stack(tmp_path, "everything")
    everything(stack)
    write(tmp_path, stack)
    terraform.validate(tmp_path)
    plan = terraform.plan(tmp_path)
    assert {tuple(change["change"]["actions"]) for change in plan["resource_changes"]} <= {("create",), ("read",)}
    (trust,) = [change for change in plan["resource_changes"] if change["address"].endswith("controller_trust")]
    (statement,) = trust["change"]["after"]["statement"]
    issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
    assert [condition["variable"] for condition in statement["condition"]] == [f"{issuer}:aud", f"{issuer}:sub"]


BEFORE: dict[str, dict[str, Any]] = {
    "same": {},
    "user": {},
    "path": {},
    "permissions": {"path": "/data"},
    "owner": {},
}
AFTER: dict[str, dict[str, Any]] = {
    "same": {},
    "user": {"uid": 1001, "gid": 1000, "owner_uid": 1000, "permissions": "755"},
    "path": {"path": "/other"},
    "permissions": {"path": "/data", "permissions": "755"},
    "owner": {"owner_gid": 2000},
}


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> dict[str, list[str]]:
    """The planned actions on each existing resource when arguments change."""
    directory = tmp_path_factory.mktemp("changes")
    before, after = new_stack(directory, "before"), new_stack(directory, "after")
    files = file_system(before, automatic_backups=True)
    changed = file_system(after, automatic_backups=False, throughput_mode="bursting", name="other-files")
    for name, arguments in BEFORE.items():
        access_point(files, name, **arguments)
    for name, arguments in AFTER.items():
        access_point(changed, name, **arguments)
    write(directory, before)
    planned = terraform.plan(directory)["planned_values"]["root_module"]["resources"]
    (directory / "terraform.tfstate").write_text(json.dumps(state_of(planned)))
    write(directory, after)
    terraform.run(directory, "plan", "-input=false", "-no-color", "-refresh=false", "-out=plan.bin")
    plan = json.loads(terraform.run(directory, "show", "-json", "plan.bin"))
    return {change["address"]: change["change"]["actions"] for change in plan["resource_changes"]}


@pytest.mark.parametrize("argument", ["user", "path", "permissions", "owner"])
def test_another_user_or_directory_creates_a_new_access_point_first(
    changes: Mapping[str, list[str]], argument: str
) -> None:
    assert changes[f"aws_efs_access_point.files_{argument}"] == ["create", "delete"]


def test_another_name_updates_the_tag(changes: Mapping[str, list[str]]) -> None:
    assert changes["aws_efs_access_point.files_same"] == ["update"]


@pytest.mark.parametrize(
    "address",
    ["aws_efs_file_system.files", "aws_efs_backup_policy.files", "aws_efs_mount_target.files_euw1_az1"],
)
def test_throughput_backups_and_names_change_in_place(changes: Mapping[str, list[str]], address: str) -> None:
    assert changes[address] == ["update"]


def state_of(planned: list[dict[str, Any]]) -> dict[str, Any]:
    """The state after an apply of the plan, with the resource types of these tests."""
    return {
        "version": 4,
        "terraform_version": "1.10.0",
        "serial": 1,
        "lineage": "1a2b3c4d-0000-0000-0000-000000000000",
        "outputs": {},
        "resources": [applied(resource) for resource in planned if resource["type"].startswith("aws_efs_")],
    }


def applied(resource: dict[str, Any]) -> dict[str, Any]:
    computed = {"id": f"{resource['type']}-{resource['name']}", "file_system_id": FILE_SYSTEM["id"]}
    if resource["type"] == "aws_efs_file_system":
        computed = dict(FILE_SYSTEM)
    return {
        "mode": "managed",
        "type": resource["type"],
        "name": resource["name"],
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        "instances": [{"schema_version": resource["schema_version"], "attributes": resource["values"] | computed}],
    }
