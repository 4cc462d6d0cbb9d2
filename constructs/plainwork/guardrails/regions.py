"""Policies that deny other Regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from plainwork.errors import ArgumentsError, InputError
from plainwork.guardrails.policies import managed_policies, organization_policies, scope_problems
from plainwork.names import default_name
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.guardrails.documents import policy_documents
from plainwork_core.guardrails.region_statements import region_statements

if TYPE_CHECKING:
    from plainwork.guardrails.policies import Target
    from plainwork.terraform import Construct
    from plainwork_core.guardrails.region_statements import RegionSettings
    from plainwork_core.waivers import Waiver


class RegionGuardrails(UniqueConstruct):
    """The settings `[regions]` as a service control policy of AWS Organizations, or as an IAM policy.

    It denies requests to other Regions, except for the actions of global services, such as IAM, Amazon CloudFront,
    Amazon Route 53, AWS Support and AWS Organizations.

    Args:
        scope: the stack of the management account, or of the delegated administrator for policies.
        id_: the name of the resources: `regions` creates `aws_organizations_policy.regions`.
        settings: `RegionSettings.load()` for those of the settings file, or `RegionSettings(allowed=("eu-west-1",))`.
        targets: roots, organizational units and accounts that the policy is attached to, by resource or ID.
        exempt_principals: ARNs of principals that are not denied, such as `arn:aws:iam::*:role/break-glass`.
        organizations: False creates a managed policy of IAM with the same statement, for accounts without
            Organizations. Attach it to roles in addition to the policies that allow.
        name: of the policy; by default the ids of stack and construct.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: no Region is allowed, or AWS rejects an argument.

    Attributes:
        policies: the policy, in a list.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: RegionSettings,
        targets: Sequence[Target] = (),
        exempt_principals: Sequence[str] = (),
        organizations: bool = True,
        name: str | None = None,
        waive: Iterable[Waiver] = (),
    ) -> None:
        problems = list(scope_problems(targets, exempt_principals, organizations))
        try:
            statements = region_statements(settings, exempt_principals)
            found = policy_documents(statements, organizations=organizations)
        except InputError as error:
            raise ArgumentsError(f"RegionGuardrails {id_!r}", [*problems, str(error)]) from None
        if problems:
            raise ArgumentsError(f"RegionGuardrails {id_!r}", problems)
        super().__init__(scope, id_, waive=waive)
        name, description = name or default_name(scope, id_), "Denies other Regions"
        if organizations:
            self.policies = organization_policies(self, name, found, description=description, targets=targets)
        else:
            self.policies = managed_policies(self, name, found, description=description)
