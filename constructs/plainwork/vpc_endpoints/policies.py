"""Endpoint policies: the statements of the perimeter, and additional statements that single services need.

An endpoint policy grants nothing by itself; AWS's default policy allows everything. The statements are those of
https://github.com/aws-samples/data-perimeter-policy-examples (vpc_endpoint_policies, commit
8e0d3c5179a45dca414d4ea1f3a7b544aba02009) without its exceptions by tag. One statement is added, because requests of
some actions (of EventBridge and EBS, `ec2:CreateVolume` and others) contain no resource owner, so that a condition on
the owner never matches:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount

Services need additional statements, because a condition on a key that a request does not contain does not match
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html):

- Resources of AWS are in no perimeter; service_owned_resources.md of the repository above lists them.
- A caller with a token of another issuer has no AWS credentials yet; AWS's page on endpoint policies of AWS STS allows
  these actions to the principal `*`
  (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_policies.html).
- `dynamodb:DescribeEndpoints` has no resource (.../service-authorization/latest/reference/list_amazondynamodb.html).
- A request that is not signed with AWS credentials has no `aws:PrincipalOrgID` and no `aws:PrincipalAccount`. API
  Gateway treats such a caller as anonymous, with or without a bearer token
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from plainwork.iam import ANY_PRINCIPAL, allow, condition, partition
from plainwork.roles import to_identifier
from plainwork.terraform import DataSource
from plainwork_core.aws.eks import eks_registry_account
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from plainwork.terraform import Construct
    from plainwork.vpc_endpoints.perimeter import EndpointPerimeter
    from plainwork.vpc_endpoints.service_owned import ServiceOwnedBuckets

_LAUNCH = ("ec2:CreateReplaceRootVolumeTask", "ec2:RunInstances")
_PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_DOCUMENT_ACTIONS = (
    "ssm:CreateAssociation",
    "ssm:Describe*",
    "ssm:Get*",
    "ssm:List*",
    "ssm:SendCommand",
    "ssm:StartAutomationExecution",
    "ssm:StartChangeRequestExecution",
    "ssm:StartSession",
)
_SERVICE_OWNED = {
    "cloudformation": ("AllowTransformsOfAws", ("cloudformation:CreateChangeSet",), ("{region}:aws:transform/*",)),
    "ec2": ("AllowPrefixListsOfAws", ("ec2:GetManagedPrefixListEntries",), ("{region}:aws:prefix-list/*",)),
    "iam": ("AllowPoliciesOfAws", ("iam:Generate*", "iam:Get*", "iam:List*"), (":aws:policy/*",)),
    "imagebuilder": (
        "AllowComponentsOfAws",
        ("imagebuilder:GetComponent", "imagebuilder:GetImage"),
        ("{region}:aws:component/*", "{region}:aws:image/*"),
    ),
    "iot.api": (
        "AllowJobTemplatesOfAws",
        ("iot:CreateJob", "iot:DescribeManagedJobTemplate"),
        ("{region}::jobtemplate/*",),
    ),
    "ssm": (
        "AllowDocumentsOfAws",
        _DOCUMENT_ACTIONS,
        ("*::automation-definition/*", "{region}::document/*", "{region}::parameter/aws/*"),
    ),
}
"""By service: statement id, actions and resources (the ends of their ARNs) of AWS's own resources."""


PolicyName = Literal["perimeter", "full-access"]


class EndpointPolicy(StrEnum):
    """Endpoint policy types.

    PERIMETER: allows the perimeter's principals its resources, and the access that AWS services need.
    FULL_ACCESS: allows everything, like AWS's default; the only type of services without endpoint policies.
    """

    PERIMETER = "perimeter"
    FULL_ACCESS = "full-access"


@frozen()
class ServiceStatements:
    """Statements that single services need in addition to the perimeter.

    Attributes:
        perimeter: perimeter of the construct.
        buckets: AWS-owned buckets to allow.
        eks_images: whether to allow pulling the images of EKS add-ons.
    """

    perimeter: EndpointPerimeter
    buckets: Collection[ServiceOwnedBuckets]
    eks_images: bool

    def of(self, service: str, region: str) -> list[dict[str, Any]]:
        """Return the statements for a service in a Region."""
        name = service.removesuffix("-fips")
        return [*filter(None, (self._statement(name, region), self._service_owned(name, region)))]

    def _statement(self, name: str, region: str) -> dict[str, Any] | None:
        inside, statement = self.perimeter.principals, None
        match name:
            case "s3" if self.buckets:
                statement = self._bucket_statement(region)
            case "ecr.api" | "ecr.dkr" if self.eks_images and (account := eks_registry_account(region)):
                eks_registry = condition("StringEquals", "aws:ResourceAccount", account)
                statement = allow("AllowImagesOfEks", _PULL, ["*"], inside, eks_registry)
            case "dynamodb":
                statement = allow("AllowEndpointDiscovery", ["dynamodb:DescribeEndpoints"], ["*"], inside)
            case "ec2":
                amazon_image = condition("StringEquals", "ec2:Owner", "amazon")
                statement = allow("AllowImagesOfAmazon", _LAUNCH, ["*"], inside, amazon_image)
            case "sts":
                actions = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
                statement = allow("AllowFederation", actions, ["*"], self.perimeter.resources)
            case "execute-api":
                statement = allow("AllowCallsOfApis", ["execute-api:Invoke"], ["*"], self.perimeter.resources)
        return statement

    def _service_owned(self, name: str, region: str) -> dict[str, Any] | None:
        if name not in _SERVICE_OWNED:
            return None
        sid, actions, resources = _SERVICE_OWNED[name]
        prefix = f"arn:{partition(region)}:{name.partition('.')[0]}"
        arns = [f"{prefix}:{resource.format(region=region)}" for resource in resources]
        return allow(sid, actions, arns, self.perimeter.principals)

    def _bucket_statement(self, region: str) -> dict[str, Any]:
        keys = [key for buckets in self.buckets for key in buckets.objects(region)]
        return allow("AllowBucketsOfAws", ["s3:GetObject"], [f"arn:{partition(region)}:s3:::{key}" for key in keys])


@dataclass
class Policies:
    """The policy documents of one construct: a shared one, and one for each service with additional statements."""

    scope: Construct
    region: str
    perimeter: EndpointPerimeter
    services: ServiceStatements
    additional_statements: Mapping[str, Sequence[dict[str, Any]]]
    _documents: dict[str, DataSource] = field(default_factory=dict)

    def document(self, service: str, region: str) -> DataSource:
        """Return the document of a service in a Region; the shared one if the service needs no own statements."""
        shared = self._document("", statement=self._shared_statements())
        if own := [*self.services.of(service, region), *self.additional_statements.get(service, ())]:
            statements = [{"principals": ANY_PRINCIPAL, **statement} for statement in own]
            id_ = to_identifier(service if region == self.region else f"{service}_{region}")
            return self._document(id_, source_policy_documents=[shared["json"]], statement=statements)
        return shared

    def full_access(self) -> DataSource:
        """Return the document that allows everything; without `policy` an endpoint would keep its former policy."""
        everything = allow("AllowEverything", ["*"], ["*"], principals=ANY_PRINCIPAL)
        return self._document("full_access", statement=[everything])

    def _document(self, id_: str, **arguments: Any) -> DataSource:
        if id_ not in self._documents:
            self._documents[id_] = DataSource(self.scope, "aws_iam_policy_document", id_ or None, **arguments)
        return self._documents[id_]

    def _shared_statements(self) -> list[dict[str, Any]]:
        perimeter = self.perimeter
        inside = (perimeter.principals, perimeter.resources)
        no_owner = condition("Null", "aws:ResourceAccount", "true")
        is_aws = condition("Bool", "aws:PrincipalIsAWSService", "true")
        statements = [
            allow("AllowPerimeter", ["*"], ["*"], *inside, principals=ANY_PRINCIPAL),
            allow("AllowWithoutOwner", ["*"], ["*"], perimeter.principals, no_owner, principals=ANY_PRINCIPAL),
            allow("AllowAwsServices", ["*"], ["*"], is_aws, principals=ANY_PRINCIPAL),
        ]
        if perimeter.trusted_resource_account_ids:
            trusted = (perimeter.principals, perimeter.trusted_resources)
            statements.append(allow("AllowTrustedAccounts", ["*"], ["*"], *trusted, principals=ANY_PRINCIPAL))
        return statements
