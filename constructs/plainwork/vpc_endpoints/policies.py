"""Endpoint policies: only the perimeter's principals, only for its resources, and what AWS itself needs.

An endpoint policy grants nothing by itself; AWS's own default lets everything through. The statements are those of
https://github.com/aws-samples/data-perimeter-policy-examples (vpc_endpoint_policies, commit
031eaa58dd6659374ebda5eefa0e4e5d801b3fa5) without its exceptions by tag. DynamoDB's DescribeEndpoints acts on no
resource, so on none of a perimeter:
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from plainwork.iam import EVERYBODY, allow, condition, partition
from plainwork.roles import identifier
from plainwork.terraform import DataSource

if TYPE_CHECKING:
    from plainwork.terraform import Construct
    from plainwork.vpc_endpoints.aws_owned import AwsOwnedBuckets
    from plainwork.vpc_endpoints.perimeter import EndpointPerimeter

_FEDERATED = {"type": "Federated", "identifiers": ["*"]}
_OF_DOCUMENTS = (
    "ssm:CreateAssociation",
    "ssm:Describe*",
    "ssm:Get*",
    "ssm:List*",
    "ssm:SendCommand",
    "ssm:StartSession",
)


class EndpointPolicy(StrEnum):
    """What an endpoint lets through.

    PERIMETER: requests of the perimeter's principals for its resources, and what AWS itself needs.
    FULL_ACCESS: everything, which is AWS's own default, and all that a service without endpoint policies has.
    """

    PERIMETER = "perimeter"
    FULL_ACCESS = "full_access"


@dataclass
class Policies:
    """The policy documents of one construct: one for all, and one more for each service that needs more."""

    scope: Construct
    region: str
    perimeter: EndpointPerimeter
    buckets: Collection[AwsOwnedBuckets]
    also_allow: Mapping[str, Sequence[dict[str, Any]]]
    _documents: dict[str, DataSource] = field(default_factory=dict)

    def document(self, service: str, region: str) -> DataSource:
        """The document of a service in a region, which may be that of all."""
        shared = self._made("", statement=self._shared())
        if more := [*self._of_aws(service, region), *self.also_allow.get(service, ())]:
            statements = [{"principals": EVERYBODY, **each} for each in more]
            id_ = identifier(service if region == self.region else f"{service}_{region}")
            return self._made(id_, source_policy_documents=[shared["json"]], statement=statements)
        return shared

    def full_access(self) -> DataSource:
        """The document of those that let everything through; without one, an endpoint would keep what it had."""
        everything = allow("AllowEverything", ["*"], ["*"], principals=EVERYBODY)
        return self._made("full_access", statement=[everything])

    def _made(self, id_: str, **arguments: Any) -> DataSource:
        if id_ not in self._documents:
            self._documents[id_] = DataSource(self.scope, "aws_iam_policy_document", id_ or None, **arguments)
        return self._documents[id_]

    def _shared(self) -> list[dict[str, Any]]:
        inside = (self.perimeter.principals, self.perimeter.resources)
        is_aws = condition("Bool", "aws:PrincipalIsAWSService", "true")
        statements = [
            allow("AllowPerimeter", ["*"], ["*"], *inside, principals=EVERYBODY),
            allow("AllowAwsServices", ["*"], ["*"], is_aws, principals=EVERYBODY),
        ]
        if self.perimeter.resource_account_ids:
            trusted = (self.perimeter.principals, self.perimeter.trusted_resources)
            statements.append(allow("AllowTrustedAccounts", ["*"], ["*"], *trusted, principals=EVERYBODY))
        return statements

    def _of_aws(self, service: str, region: str) -> list[dict[str, Any]]:
        """What a service needs of AWS's own resources, or without a principal of the perimeter."""
        arn, inside = f"arn:{partition(region)}", self.perimeter.principals
        match service.removesuffix("-fips"):
            case "s3" if self.buckets:
                objects = [f"{arn}:s3:::{each}" for kind in self.buckets for each in kind.objects(region)]
                return [allow("AllowBucketsOfAws", ["s3:GetObject"], objects)]
            case "dynamodb":
                return [allow("AllowEndpointDiscovery", ["dynamodb:DescribeEndpoints"], ["*"], inside)]
            case "ssm":
                owned = [f"{arn}:ssm:{region}::document/*", f"{arn}:ssm:{region}::parameter/aws/*"]
                return [allow("AllowDocumentsOfAws", _OF_DOCUMENTS, owned, inside)]
            case "ec2":
                of_amazon = condition("StringEquals", "ec2:Owner", "amazon")
                return [allow("AllowImagesOfAmazon", ["ec2:RunInstances"], ["*"], inside, of_amazon)]
            case "sts":
                actions = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
                return [allow("AllowFederation", actions, ["*"], self.perimeter.resources, principals=_FEDERATED)]
        return []
