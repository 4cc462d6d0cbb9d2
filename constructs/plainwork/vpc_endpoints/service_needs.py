"""What an endpoint needs to let through besides its perimeter: AWS's own resources, and callers without a principal.

A condition on a key that a request does not have is not met. A resource of AWS is of no perimeter, and a request that
is not signed with AWS credentials has no `aws:PrincipalOrgID` and no `aws:PrincipalAccount`:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html. What AWS owns is
in vpc_endpoint_policies/README.md of https://github.com/aws-samples/data-perimeter-policy-examples. DynamoDB's
DescribeEndpoints acts on no resource (.../service-authorization/latest/reference/list_amazondynamodb.html), and API
Gateway takes whoever sends no AWS signature for anonymous, a bearer token or not
(https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.iam import allow, condition, partition
from plainwork.vpc_endpoints.eks_registries import eks_registry_account

if TYPE_CHECKING:
    from plainwork.vpc_endpoints.aws_owned import AwsOwnedBuckets
    from plainwork.vpc_endpoints.perimeter import EndpointPerimeter

_FEDERATED = {"type": "Federated", "identifiers": ["*"]}
_PULL = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_OF_DOCUMENTS = (
    "ssm:CreateAssociation",
    "ssm:Describe*",
    "ssm:Get*",
    "ssm:List*",
    "ssm:SendCommand",
    "ssm:StartAutomationExecution",
    "ssm:StartSession",
)
_OWNED = {
    "cloudformation": ("AllowTransformsOfAws", ("cloudformation:CreateChangeSet",), ("{region}:aws:transform/*",)),
    "iam": ("AllowPoliciesOfAws", ("iam:Generate*", "iam:Get*", "iam:List*"), (":aws:policy/*",)),
    "imagebuilder": (
        "AllowComponentsOfAws",
        ("imagebuilder:GetComponent", "imagebuilder:GetImage"),
        ("{region}:aws:component/*", "{region}:aws:image/*"),
    ),
    "ssm": (
        "AllowDocumentsOfAws",
        _OF_DOCUMENTS,
        ("{region}::automation-definition/*", "{region}::document/*", "{region}::parameter/aws/*"),
    ),
}
"""By service: what the perimeter's principals may do with resources of AWS, whose ARNs end so."""


@dataclass(frozen=True)
class ServiceNeeds:
    """What the services of one construct need.

    Attributes:
        perimeter: of the construct.
        buckets: those of AWS that can be read.
        eks_images: whether the images of EKS's add-ons can be pulled.
    """

    perimeter: EndpointPerimeter
    buckets: Collection[AwsOwnedBuckets]
    eks_images: bool

    def statements(self, service: str, region: str) -> list[dict[str, Any]]:
        """The statements for a service in a region."""
        statement = self._statement(service.removesuffix("-fips"), region)
        return [statement] if statement else []

    def _statement(self, name: str, region: str) -> dict[str, Any] | None:
        inside, statement = self.perimeter.principals, None
        match name:
            case "s3" if self.buckets:
                statement = self._buckets_of_aws(region)
            case "ecr.api" | "ecr.dkr" if self.eks_images and (account := eks_registry_account(region)):
                of_eks = condition("StringEquals", "aws:ResourceAccount", account)
                statement = allow("AllowImagesOfEks", _PULL, ["*"], inside, of_eks)
            case "dynamodb":
                statement = allow("AllowEndpointDiscovery", ["dynamodb:DescribeEndpoints"], ["*"], inside)
            case "ec2":
                of_amazon = condition("StringEquals", "ec2:Owner", "amazon")
                statement = allow("AllowImagesOfAmazon", ["ec2:RunInstances"], ["*"], inside, of_amazon)
            case "sts":
                actions = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
                statement = allow("AllowFederation", actions, ["*"], self.perimeter.resources, principals=_FEDERATED)
            case "execute-api":
                statement = allow("AllowCallsOfApis", ["execute-api:Invoke"], ["*"], self.perimeter.resources)
            case _ if name in _OWNED:
                sid, actions_on_owned, resources = _OWNED[name]
                arns = [f"arn:{partition(region)}:{name}:{each.format(region=region)}" for each in resources]
                statement = allow(sid, actions_on_owned, arns, inside)
        return statement

    def _buckets_of_aws(self, region: str) -> dict[str, Any]:
        objects = [f"arn:{partition(region)}:s3:::{each}" for kind in self.buckets for each in kind.objects(region)]
        return allow("AllowBucketsOfAws", ["s3:GetObject"], objects)
