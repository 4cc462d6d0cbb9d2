"""Endpoint policies: only the perimeter's principals, only for its resources, and what AWS itself needs.

An endpoint policy grants nothing by itself; AWS's own default lets everything through. The statements are those of
https://github.com/aws-samples/data-perimeter-policy-examples (vpc_endpoint_policies, commit
031eaa58dd6659374ebda5eefa0e4e5d801b3fa5) without its exceptions by tag, and with one more: some actions name no owner
of what they act on (all of EventBridge and EBS, `ec2:CreateVolume` and others), so no condition on it can be met:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from plainwork.iam import ANY_PRINCIPAL, allow, condition
from plainwork.roles import to_identifier
from plainwork.terraform import DataSource

if TYPE_CHECKING:
    from plainwork.terraform import Construct
    from plainwork.vpc_endpoints.service_needs import ServiceNeeds


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
    needs: ServiceNeeds
    also_allow: Mapping[str, Sequence[dict[str, Any]]]
    _documents: dict[str, DataSource] = field(default_factory=dict)

    def document(self, service: str, region: str) -> DataSource:
        """The document of a service in a region, which may be that of all."""
        shared = self._made("", statement=self._shared())
        if more := [*self.needs.statements(service, region), *self.also_allow.get(service, ())]:
            statements = [{"principals": ANY_PRINCIPAL, **each} for each in more]
            id_ = to_identifier(service if region == self.region else f"{service}_{region}")
            return self._made(id_, source_policy_documents=[shared["json"]], statement=statements)
        return shared

    def full_access(self) -> DataSource:
        """The document of those that let everything through; without one, an endpoint would keep what it had."""
        everything = allow("AllowEverything", ["*"], ["*"], principals=ANY_PRINCIPAL)
        return self._made("full_access", statement=[everything])

    def _made(self, id_: str, **arguments: Any) -> DataSource:
        if id_ not in self._documents:
            self._documents[id_] = DataSource(self.scope, "aws_iam_policy_document", id_ or None, **arguments)
        return self._documents[id_]

    def _shared(self) -> list[dict[str, Any]]:
        perimeter = self.needs.perimeter
        inside = (perimeter.principals, perimeter.resources)
        no_owner = condition("Null", "aws:ResourceAccount", "true")
        is_aws = condition("Bool", "aws:PrincipalIsAWSService", "true")
        statements = [
            allow("AllowPerimeter", ["*"], ["*"], *inside, principals=ANY_PRINCIPAL),
            allow("AllowWithoutOwner", ["*"], ["*"], perimeter.principals, no_owner, principals=ANY_PRINCIPAL),
            allow("AllowAwsServices", ["*"], ["*"], is_aws, principals=ANY_PRINCIPAL),
        ]
        if perimeter.resource_account_ids:
            trusted = (perimeter.principals, perimeter.trusted_resources)
            statements.append(allow("AllowTrustedAccounts", ["*"], ["*"], *trusted, principals=ANY_PRINCIPAL))
        return statements
