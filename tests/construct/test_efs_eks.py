"""What the EFS CSI driver may: mount what it was granted, and make access points where that is wished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, synthesize
from plainwork.efs import CsiProvisioning, OidcProvider, ServiceAccountRole
from plainwork.errors import ArgumentsError, GrantError
from tests.support.efs_file_systems import ARNS, DATA_ARN, FILE_SYSTEM_ARN, access_point, file_system, may
from tests.support.iam_policy import decide, rendered

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
PROVIDER = OidcProvider(arn=f"arn:aws:iam::123456789012:oidc-provider/{ISSUER}", url=f"https://{ISSUER}")
MOUNTED = {
    "aws:SecureTransport": "true",
    "elasticfilesystem:AccessedViaMountTarget": "true",
    "elasticfilesystem:AccessPointArn": DATA_ARN,
}
OTHER_FILE_SYSTEM = FILE_SYSTEM_ARN.replace("fs-0", "fs-f")
TAGGED = {"aws:RequestTag/efs.csi.aws.com/cluster": "true"}
ON_CREATION = {"elasticfilesystem:CreateAction": "CreateAccessPoint"}
ITS_OWN = {"aws:ResourceTag/efs.csi.aws.com/cluster": "true"}
CALLS: dict[str, tuple[str, str, dict[str, str], bool]] = {
    "look at the file system": ("DescribeFileSystems", FILE_SYSTEM_ARN, {}, True),
    "look at another file system": ("DescribeFileSystems", OTHER_FILE_SYSTEM, {}, False),
    "look at an access point": ("DescribeAccessPoints", DATA_ARN, {}, True),
    "look at the mount targets": ("DescribeMountTargets", FILE_SYSTEM_ARN, {}, True),
    "make a tagged access point": ("CreateAccessPoint", FILE_SYSTEM_ARN, TAGGED, True),
    "make an access point without the tag": ("CreateAccessPoint", FILE_SYSTEM_ARN, {}, False),
    "make an access point elsewhere": ("CreateAccessPoint", OTHER_FILE_SYSTEM, TAGGED, False),
    "tag what it makes": ("TagResource", DATA_ARN, TAGGED | ON_CREATION, True),
    "tag what is there": ("TagResource", DATA_ARN, TAGGED, False),
    "delete what it has made": ("DeleteAccessPoint", DATA_ARN, ITS_OWN, True),
    "delete what it has not made": ("DeleteAccessPoint", DATA_ARN, {}, False),
    "delete the file system": ("DeleteFileSystem", FILE_SYSTEM_ARN, ITS_OWN, False),
    "mount": ("ClientMount", FILE_SYSTEM_ARN, MOUNTED, False),
}


def service_account_role(stack: Stack, id_: str = "csi_node", **arguments: Any) -> ServiceAccountRole:
    given = {
        "name": "acme-csi-node",
        "oidc_provider": PROVIDER,
        "namespace": "kube-system",
        "service_account": "efs-csi-node-sa",
        **arguments,
    }
    return ServiceAccountRole(stack, id_, **given)


def test_a_cluster_with_both_kinds_of_provisioning(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    node = service_account_role(stack)
    controller = service_account_role(
        stack, "csi_controller", name="acme-csi-controller", service_account="efs-csi-controller-sa"
    )
    files = file_system(stack)
    access_point(files).grant(node.role["name"], write=True)
    provisioning = CsiProvisioning(files, "csi")
    provisioning.grant_controller(controller.role["name"])
    provisioning.grant_node(node.role["name"], write=True)
    assert stack == hcl_snapshot


def test_the_provider_may_be_made_in_the_stack(stack: Stack) -> None:
    made = Resource(stack, "aws_iam_openid_connect_provider", "eks", url=PROVIDER.url, client_id_list=["sts"])
    service_account_role(stack, oidc_provider=OidcProvider(arn=made["arn"], url=made["url"]))
    (trust,) = synthesize(stack)["data"]["aws_iam_policy_document"]["csi_node_trust"]["statement"]
    issuer = '${replace(aws_iam_openid_connect_provider.eks.url, "https://", "")}'
    assert [each["variable"] for each in trust["condition"]] == [f"{issuer}:aud", f"{issuer}:sub"]


@pytest.mark.parametrize("call", CALLS)
def test_what_the_controller_may(stack: Stack, call: str) -> None:
    CsiProvisioning(file_system(stack), "csi").grant_controller("controller")
    action, resource, context, able = CALLS[call]
    document = rendered(stack, "files_csi_controller", ARNS)
    assert (decide(document, f"elasticfilesystem:{action}", resource, context) == "Allow") == able


@pytest.mark.parametrize(("write", "able"), [(False, {"ClientMount"}), (True, {"ClientMount", "ClientWrite"})])
def test_a_node_mounts_what_the_controller_makes(stack: Stack, write: bool, able: set[str]) -> None:  # noqa: FBT001
    CsiProvisioning(file_system(stack), "csi").grant_node("node", write=write)
    actions = ("ClientMount", "ClientWrite", "ClientRootAccess")
    assert {each for each in actions if may(stack, ["files_csi_node"], each, MOUNTED)} == able
    without_tls = MOUNTED | {"aws:SecureTransport": "false"}
    assert not may(stack, ["files_csi_node"], "ClientMount", without_tls)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no provider": ({"oidc_provider": PROVIDER.arn}, "oidc_provider must be OidcProvider"),
    "no ARN": ({"oidc_provider": OidcProvider(ISSUER, ISSUER)}, "oidc_provider arn must be an ARN"),
    "no issuer": ({"oidc_provider": OidcProvider(PROVIDER.arn, None)}, "oidc_provider url must be that of the cluster"),  # type: ignore[arg-type]
    "the provider of another cluster": (
        {"oidc_provider": OidcProvider(PROVIDER.arn, ISSUER.replace("EXAMPLED", "OTHER"))},
        "oidc_provider arn must end in ':oidc-provider/' and url",
    ),
    "every namespace": ({"namespace": "*"}, r"namespace must be lower case letters.* got '\*'"),
    "every service account": (
        {"service_account": "efs-*"},
        r"service_account must be lower case letters.* got 'efs-\*'",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_service_account_is_refused(stack: Stack, what: str) -> None:
    arguments, problem = REFUSED[what]
    with pytest.raises(ArgumentsError, match=problem):
        service_account_role(stack, **arguments)


def test_what_is_no_role_provisions_nothing(stack: Stack) -> None:
    with pytest.raises(GrantError, match="role must be the name of an IAM role"):
        CsiProvisioning(file_system(stack), "csi").grant_controller("not a role")
