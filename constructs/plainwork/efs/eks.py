"""The EFS CSI driver of an EKS cluster: roles for its service accounts, and what it needs to make access points.

What the driver calls is in `pkg/cloud/cloud.go` of https://github.com/kubernetes-sigs/aws-efs-csi-driver. Against
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEFSCSIDriverPolicy.html everything is on one file
system, and there is no `ec2:DescribeAvailabilityZones`, which the driver asks for in mounts across accounts only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork import roles
from plainwork.checks import identifiers, scalars
from plainwork.efs.policy import client_statement, require_boolean, through
from plainwork.errors import ArgumentsError
from plainwork.iam import allow, condition
from plainwork.references import expression
from plainwork.terraform import Construct, DataSource, Resource
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.efs.file_system import FileSystem

_KUBERNETES_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_OF_THE_DRIVER = "efs.csi.aws.com/cluster"
_DESCRIBE = tuple(f"elasticfilesystem:Describe{what}" for what in ("AccessPoints", "FileSystems", "MountTargets"))


@dataclass(frozen=True)
class OidcProvider:
    """Who vouches for the service accounts of a cluster, by the names that `aws_iam_openid_connect_provider` has.

    Attributes:
        arn: of the IAM identity provider.
        url: of the cluster's issuer, with or without `https://`.
    """

    arn: str
    url: str

    @property
    def issuer(self) -> str:
        """What the condition keys of a trust policy begin with: the URL without its scheme."""
        code = code_of(self.url)
        return expression(f'replace({code}, "https://", "")') if code else self.url.removeprefix("https://")

    def problems(self) -> Iterator[str]:
        """One sentence for each thing that IAM would not match."""
        yield from identifiers.arn_problems("oidc_provider arn", self.arn, "iam")
        if not isinstance(self.url, str) or not self.url:
            yield f"oidc_provider url must be that of the cluster's issuer: got {self.url!r}"
            return
        known = not scalars.is_reference(self.arn) and not scalars.is_reference(self.url)
        if known and str(self.arn).partition(":oidc-provider/")[2] != self.issuer:
            yield f"oidc_provider arn must end in ':oidc-provider/' and url {self.url!r}: got {self.arn!r}"


class ServiceAccountRole(Construct):
    """A role that one Kubernetes service account takes, and no other.

    https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html

    Args:
        scope: the stack that the role is made in.
        id_: the name of the resources: `csi_node` makes `aws_iam_role.csi_node`.
        name: of the role.
        oidc_provider: of the cluster.
        namespace: of the service account.
        service_account: its name; the driver's are `efs-csi-controller-sa` and `efs-csi-node-sa` in `kube-system`.

    Raises:
        ArgumentsError: naming every argument that could match no service account.

    Attributes:
        role: the `aws_iam_role`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        oidc_provider: OidcProvider,
        namespace: str,
        service_account: str,
    ) -> None:
        names = {"namespace": namespace, "service_account": service_account}
        problems = [*_provider_problems(oidc_provider), *_name_problems(names)]
        if problems:
            raise ArgumentsError(f"ServiceAccountRole {id_!r}", problems)
        super().__init__(scope, id_)
        issuer = oidc_provider.issuer
        subject = f"system:serviceaccount:{namespace}:{service_account}"
        statement = allow(
            "TrustServiceAccount",
            ["sts:AssumeRoleWithWebIdentity"],
            [],
            condition("StringEquals", f"{issuer}:aud", "sts.amazonaws.com"),
            condition("StringEquals", f"{issuer}:sub", subject),
            principals={"type": "Federated", "identifiers": [oidc_provider.arn]},
        )
        trust = DataSource(self, "aws_iam_policy_document", "trust", statement=[statement])
        self.role = Resource(self, "aws_iam_role", name=name, assume_role_policy=trust["json"])


class CsiProvisioning(Construct):
    """What the driver needs to make access points by itself, one for each PersistentVolumeClaim.

    It then reaches every access point of the file system, so give it one of its own. For access points that are made
    here (static provisioning) none of this is needed: grant them to the role of the driver's nodes.

    Args:
        file_system: that it makes access points on.
        id_: part of the names of the grants: `csi` makes `aws_iam_role_policy.files_csi_...`.
    """

    def __init__(self, file_system: FileSystem, id_: str) -> None:
        super().__init__(file_system, id_)
        self._file_system = file_system

    def grant_controller(self, role: str) -> Resource:
        """Let the role of `efs-csi-controller-sa` make access points, and delete those that the driver has made.

        Raises:
            GrantError, AddressError: as for `AccessPoint.grant`.
        """
        statements = _controller_statements(self._file_system.file_system["arn"], self._file_system.access_point_arns)
        return roles.grant(self, role, name=f"efs-{self._file_system.name}-csi-controller", statements=statements)

    def grant_node(self, role: str, *, write: bool = False) -> Resource:
        """Let the role of `efs-csi-node-sa` mount every access point of the file system.

        The StorageClass needs `iam` among its `mountOptions`, or the driver comes as nobody and is refused.

        Raises:
            GrantError, AddressError: as for `AccessPoint.grant`.
        """
        require_boolean("write", write)
        arn, every = self._file_system.file_system["arn"], through(self._file_system.access_point_arns)
        statement = client_statement("MountEveryAccessPoint", arn, every, write=write)
        return roles.grant(self, role, name=f"efs-{self._file_system.name}-csi-node", statements=[statement])


def _controller_statements(file_system: str, access_points: str) -> list[dict[str, Any]]:
    tagged = condition("StringEquals", f"aws:RequestTag/{_OF_THE_DRIVER}", "true")
    on_creation = condition("StringEquals", "elasticfilesystem:CreateAction", "CreateAccessPoint")
    its_own = condition("StringEquals", f"aws:ResourceTag/{_OF_THE_DRIVER}", "true")
    both = [file_system, access_points]
    return [
        allow("Describe", _DESCRIBE, both),
        allow("CreateTaggedAccessPoints", ["elasticfilesystem:CreateAccessPoint"], [file_system], tagged),
        allow("TagOnCreation", ["elasticfilesystem:TagResource"], both, on_creation, tagged),
        allow("DeleteItsAccessPoints", ["elasticfilesystem:DeleteAccessPoint"], [access_points], its_own),
    ]


def _provider_problems(provider: Any) -> Iterator[str]:
    if isinstance(provider, OidcProvider):
        yield from provider.problems()
    else:
        yield f"oidc_provider must be OidcProvider(arn=..., url=...): got {provider!r}"


def _name_problems(names: dict[str, Any]) -> Iterator[str]:
    for field, value in names.items():
        if not scalars.is_reference(value) and not _KUBERNETES_NAME.fullmatch(str(value)):
            yield f"{field} must be lower case letters, digits, '-' and '.', as Kubernetes has them: got {value!r}"
