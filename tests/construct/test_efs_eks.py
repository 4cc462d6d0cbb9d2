"""The permissions of the EFS CSI driver, with static and dynamic provisioning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, Variable, synthesize
from plainwork.efs import CsiDynamicProvisioning, ServiceAccountRole
from plainwork.errors import ArgumentsError, GrantError
from tests.support.efs_file_systems import ARNS, DATA_ARN, FILE_SYSTEM_ARN, access_point, file_system, is_allowed
from tests.support.iam_policy import decide, rendered

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
PROVIDER = f"arn:aws:iam::123456789012:oidc-provider/{ISSUER}"
MOUNTED = {
    "aws:SecureTransport": "true",
    "elasticfilesystem:AccessedViaMountTarget": "true",
    "elasticfilesystem:AccessPointArn": DATA_ARN,
}
OTHER_FILE_SYSTEM = FILE_SYSTEM_ARN.replace("fs-0", "fs-f")
TAGGED = {"aws:RequestTag/efs.csi.aws.com/cluster": "true"}
ON_CREATION = {"elasticfilesystem:CreateAction": "CreateAccessPoint"}
HAS_TAG = {"aws:ResourceTag/efs.csi.aws.com/cluster": "true"}
CALLS: dict[str, tuple[str, str, dict[str, str], bool]] = {
    "describe the file system": ("DescribeFileSystems", FILE_SYSTEM_ARN, {}, True),
    "describe another file system": ("DescribeFileSystems", OTHER_FILE_SYSTEM, {}, False),
    "describe an access point": ("DescribeAccessPoints", DATA_ARN, {}, True),
    "describe the mount targets": ("DescribeMountTargets", FILE_SYSTEM_ARN, {}, True),
    "create a tagged access point": ("CreateAccessPoint", FILE_SYSTEM_ARN, TAGGED, True),
    "create an access point without the tag": ("CreateAccessPoint", FILE_SYSTEM_ARN, {}, False),
    "create an access point on another file system": ("CreateAccessPoint", OTHER_FILE_SYSTEM, TAGGED, False),
    "tag at creation": ("TagResource", DATA_ARN, TAGGED | ON_CREATION, True),
    "tag an existing access point": ("TagResource", DATA_ARN, TAGGED, False),
    "delete an access point with the tag": ("DeleteAccessPoint", DATA_ARN, HAS_TAG, True),
    "delete an access point without the tag": ("DeleteAccessPoint", DATA_ARN, {}, False),
    "delete the file system": ("DeleteFileSystem", FILE_SYSTEM_ARN, HAS_TAG, False),
    "mount": ("ClientMount", FILE_SYSTEM_ARN, MOUNTED, False),
}


def service_account_role(stack: Stack, id_: str = "csi_node", **arguments: Any) -> ServiceAccountRole:
    all_arguments = {
        "name": "acme-csi-node",
        "oidc_provider": PROVIDER,
        "namespace": "kube-system",
        "service_account": "efs-csi-node-sa",
        **arguments,
    }
    return ServiceAccountRole(stack, id_, **all_arguments)


def test_a_cluster_with_both_kinds_of_provisioning(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    node = service_account_role(stack)
    controller = service_account_role(
        stack, "csi_controller", name="acme-csi-controller", service_account="efs-csi-controller-sa"
    )
    files = file_system(stack)
    access_point(files).grant_read_write(node.role["name"])
    provisioning = CsiDynamicProvisioning(files, "csi")
    provisioning.grant_controller(controller.role["name"])
    provisioning.grant_node_read_write(node.role["name"])
    assert stack == hcl_snapshot


def test_the_oidc_provider_can_be_a_resource_of_the_stack(stack: Stack) -> None:
    provider = Resource(
        stack, "aws_iam_openid_connect_provider", "eks", url=f"https://{ISSUER}", client_id_list=["sts"]
    )
    service_account_role(stack, oidc_provider=provider)
    (trust,) = synthesize(stack)["data"]["aws_iam_policy_document"]["csi_node_trust"]["statement"]
    issuer = '${replace(aws_iam_openid_connect_provider.eks.url, "https://", "")}'
    assert [condition["variable"] for condition in trust["condition"]] == [f"{issuer}:aud", f"{issuer}:sub"]


def test_the_issuer_of_a_reference_is_a_part_of_the_arn(stack: Stack) -> None:
    Variable(stack, "oidc_provider_arn", type="string")
    service_account_role(stack, oidc_provider="${var.oidc_provider_arn}")
    (trust,) = synthesize(stack)["data"]["aws_iam_policy_document"]["csi_node_trust"]["statement"]
    issuer = '${split(":oidc-provider/", var.oidc_provider_arn)[1]}'
    assert [condition["variable"] for condition in trust["condition"]] == [f"{issuer}:aud", f"{issuer}:sub"]


@pytest.mark.parametrize("call", CALLS)
def test_permissions_of_the_controller(stack: Stack, call: str) -> None:
    CsiDynamicProvisioning(file_system(stack), "csi").grant_controller("controller")
    action, resource, context, allowed = CALLS[call]
    document = rendered(stack, "files_csi_controller", ARNS)
    assert (decide(document, f"elasticfilesystem:{action}", resource, context) == "Allow") == allowed


@pytest.mark.parametrize(
    ("method", "allowed"),
    [("grant_node_read", {"ClientMount"}), ("grant_node_read_write", {"ClientMount", "ClientWrite"})],
)
def test_a_node_can_mount_every_access_point_over_tls(stack: Stack, method: str, allowed: set[str]) -> None:
    getattr(CsiDynamicProvisioning(file_system(stack), "csi"), method)("node")
    actions = ("ClientMount", "ClientWrite", "ClientRootAccess")
    assert {action for action in actions if is_allowed(stack, ["files_csi_node"], action, MOUNTED)} == allowed
    without_tls = MOUNTED | {"aws:SecureTransport": "false"}
    assert not is_allowed(stack, ["files_csi_node"], "ClientMount", without_tls)


INVALID: dict[str, tuple[dict[str, Any], str]] = {
    "another resource": (
        {"oidc_provider": "arn:aws:iam::123456789012:role/eks"},
        "must have ':oidc-provider/' and the issuer",
    ),
    "issuer": ({"oidc_provider": ISSUER}, "oidc_provider must be an ARN.*got 'oidc.eks"),
    "no provider": ({"oidc_provider": None}, "oidc_provider must be an ARN.*got None"),
    "namespace wildcard": ({"namespace": "*"}, r"namespace must be.* got '\*'"),
    "service_account wildcard": (
        {"service_account": "efs-*"},
        r"service_account must be.* got 'efs-\*'",
    ),
}


@pytest.mark.parametrize("argument", INVALID)
def test_an_invalid_argument_of_a_service_account_role_is_rejected(stack: Stack, argument: str) -> None:
    arguments, problem = INVALID[argument]
    with pytest.raises(ArgumentsError, match=problem):
        service_account_role(stack, **arguments)


def test_dynamic_provisioning_rejects_an_invalid_role(stack: Stack) -> None:
    with pytest.raises(GrantError, match=r"role must be.*got 'not a role'"):
        CsiDynamicProvisioning(file_system(stack), "csi").grant_controller("not a role")
