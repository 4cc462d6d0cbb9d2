"""The EFS CSI driver of an EKS cluster: roles for its service accounts, and permissions for dynamic provisioning.

Source of the actions: `pkg/cloud/cloud.go` of https://github.com/kubernetes-sigs/aws-efs-csi-driver. Differences from
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEFSCSIDriverPolicy.html: all statements are
limited to one file system, and there is no `ec2:DescribeAvailabilityZones`, which the driver calls for mounts across
accounts only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork import roles
from plainwork.attributes import attribute_of
from plainwork.checks import identifiers, scalars
from plainwork.efs.policy import READ, READ_WRITE, client_statement, through_access_point
from plainwork.errors import ArgumentsError
from plainwork.iam import allow, condition
from plainwork.references import expression
from plainwork.terraform import Construct, DataSource, Resource
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.efs.mounted import MountedFileSystem
    from plainwork.roles import Role

_KUBERNETES_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_OIDC_PROVIDER, _IN_ARN = "aws_iam_openid_connect_provider", ":oidc-provider/"
_DRIVER_TAG = "efs.csi.aws.com/cluster"
_DESCRIBE = tuple(
    f"elasticfilesystem:Describe{resources}" for resources in ("AccessPoints", "FileSystems", "MountTargets")
)


class ServiceAccountRole(UniqueConstruct):
    """An IAM role that exactly one Kubernetes service account can assume.

    https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html

    Args:
        scope: the stack of the role.
        id_: the name of the resources: `csi_node` creates `aws_iam_role.csi_node`.
        name: the name of the role.
        oidc_provider: the OIDC provider of the cluster: an `aws_iam_openid_connect_provider` as resource or data
            source, or its ARN.
        namespace: the namespace of the service account.
        service_account: the name of the service account. Those of the driver are `efs-csi-controller-sa` and
            `efs-csi-node-sa` in `kube-system`.

    Raises:
        ArgumentsError: lists every argument that cannot match a service account.

    Attributes:
        role: the `aws_iam_role`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        oidc_provider: str | Resource | DataSource,
        namespace: str,
        service_account: str,
    ) -> None:
        names = {"namespace": namespace, "service_account": service_account}
        arn = attribute_of(oidc_provider, "arn", _OIDC_PROVIDER)
        problems = [*_provider_problems(arn), *_name_problems(names)]
        if problems:
            raise ArgumentsError(f"ServiceAccountRole {id_!r}", problems)
        super().__init__(scope, id_)
        issuer = _issuer(oidc_provider)
        subject = f"system:serviceaccount:{namespace}:{service_account}"
        statement = allow(
            "TrustServiceAccount",
            ["sts:AssumeRoleWithWebIdentity"],
            [],
            condition("StringEquals", f"{issuer}:aud", "sts.amazonaws.com"),
            condition("StringEquals", f"{issuer}:sub", subject),
            principals={"type": "Federated", "identifiers": [arn]},
        )
        trust = DataSource(self, "aws_iam_policy_document", "trust", statement=[statement])
        self.role = Resource(self, "aws_iam_role", name=name, assume_role_policy=trust["json"])


class CsiDynamicProvisioning(UniqueConstruct):
    """Permissions for dynamic provisioning: the driver creates an access point for each PersistentVolumeClaim.

    The driver can mount every access point of the file system, so use a separate file system for it. Static
    provisioning, with access points of this construct, does not need these permissions: grant each access point to the
    role of the driver's nodes.

    Args:
        file_system: the file system of the access points.
        id_: a part of the names of the grants: `csi` creates `aws_iam_role_policy.files_csi_...`.
    """

    def __init__(self, file_system: MountedFileSystem, id_: str) -> None:
        super().__init__(file_system, id_)
        self._file_system = file_system

    def grant_controller(self, role: Role) -> Resource:
        """Allow the role of `efs-csi-controller-sa` to create access points, and to delete those of the driver.

        Raises:
            GrantError, AddressError: as for `AccessPoint.grant_read`.
        """
        statements = _controller_statements(self._file_system.arn, self._file_system.access_point_arns)
        return roles.grant(self, role, name=f"efs-{self._file_system.name}-csi-controller", statements=statements)

    def grant_node_read(self, role: Role) -> Resource:
        """Allow the role of `efs-csi-node-sa` to mount every access point of the file system, and to read.

        `mountOptions` of the StorageClass must contain `iam`. Otherwise the driver is an anonymous client, which the
        file system policy denies.

        Raises:
            GrantError, AddressError: as for `AccessPoint.grant_read`.
        """
        return self._grant_node(role, READ)

    def grant_node_read_write(self, role: Role) -> Resource:
        """Allow the role of `efs-csi-node-sa` to mount every access point of the file system, to read and to write.

        Requirements and errors are those of `grant_node_read`.
        """
        return self._grant_node(role, READ_WRITE)

    def _grant_node(self, role: Role, actions: tuple[str, ...]) -> Resource:
        every_access_point = through_access_point(self._file_system.access_point_arns)
        arn = self._file_system.arn
        statement = client_statement("MountEveryAccessPoint", actions, arn, every_access_point)
        return roles.grant(self, role, name=f"efs-{self._file_system.name}-csi-node", statements=[statement])


def _controller_statements(file_system: str, access_points: str) -> list[dict[str, Any]]:
    has_request_tag = condition("StringEquals", f"aws:RequestTag/{_DRIVER_TAG}", "true")
    on_creation = condition("StringEquals", "elasticfilesystem:CreateAction", "CreateAccessPoint")
    has_resource_tag = condition("StringEquals", f"aws:ResourceTag/{_DRIVER_TAG}", "true")
    both = [file_system, access_points]
    return [
        allow("Describe", _DESCRIBE, both),
        allow("CreateTaggedAccessPoints", ["elasticfilesystem:CreateAccessPoint"], [file_system], has_request_tag),
        allow("TagOnCreation", ["elasticfilesystem:TagResource"], both, on_creation, has_request_tag),
        allow("DeleteItsAccessPoints", ["elasticfilesystem:DeleteAccessPoint"], [access_points], has_resource_tag),
    ]


def _issuer(oidc_provider: str | Resource | DataSource) -> str:
    """Return the prefix of the condition keys of a trust policy: the URL of the provider without its scheme."""
    if not isinstance(oidc_provider, str):
        return expression(f'replace({code_of(oidc_provider["url"])}, "https://", "")')
    if code := code_of(oidc_provider):
        return expression(f'split("{_IN_ARN}", {code})[1]')
    return oidc_provider.partition(_IN_ARN)[2]


def _provider_problems(arn: Any) -> Iterator[str]:
    problems = list(identifiers.arn_problems("oidc_provider", arn, "iam"))
    yield from problems
    if not problems and not scalars.is_reference(arn) and not arn.partition(_IN_ARN)[2]:
        yield f"oidc_provider must have {_IN_ARN!r} and the issuer after the account: got {arn!r}"


def _name_problems(names: dict[str, Any]) -> Iterator[str]:
    for field, value in names.items():
        if not scalars.is_reference(value) and not _KUBERNETES_NAME.fullmatch(str(value)):
            yield f"{field} must be a Kubernetes name of lowercase letters, digits, '-' and '.': got {value!r}"
