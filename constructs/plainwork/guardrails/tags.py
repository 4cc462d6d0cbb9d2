"""Policies that require tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from plainwork.checks.scalars import boolean_problems
from plainwork.errors import ArgumentsError, InputError
from plainwork.guardrails.policies import (
    managed_policies,
    number_problems,
    organization_policies,
    scope_problems,
)
from plainwork.names import default_name
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.guardrails.documents import policy_documents
from plainwork_core.guardrails.tag_policy import tag_policies
from plainwork_core.guardrails.tag_statements import Scope, tag_statements

if TYPE_CHECKING:
    from plainwork.guardrails.policies import Target
    from plainwork.terraform import Construct, Resource
    from plainwork_core.guardrails.tag_rules import TagSettings
    from plainwork_core.waivers import Waiver


class TagGuardrails(UniqueConstruct):
    """The settings `[tags]` as service control policies and tag policies of AWS Organizations, or as IAM policies.

    Service control policies deny requests that create a resource without a required tag, that set a value that is not
    allowed, and that remove a required tag. Tag policies define the case of the keys. They are divided where they
    exceed the maximum size.

    Args:
        scope: the stack of the management account, or of the delegated administrator for policies.
        id_: the name of the resources: `tags` creates `aws_organizations_policy.tags`.
        settings: `TagSettings.load()` for those of the settings file, or `TagSettings(required=("Owner",))`.
        targets: roots, organizational units and accounts that the policies are attached to, by resource or ID.
        exempt_principals: ARNs of principals that are not denied, such as `arn:aws:iam::*:role/break-glass`.
        services: prefixes of the covered services, such as `["ec2", "rds"]`. `ALL` and an empty list are all except
            those whose tags an older provider sends after creation: `["ALL", "s3"]` adds Amazon S3.
        through_services: whether requests that an AWS service makes with the credentials of the caller are denied, too,
            as those of CloudFormation. Some of these services cannot send tags.
        organizations: False creates managed policies of IAM with the same statements, for accounts without
            Organizations. Attach them to roles in addition to the policies that allow.
        name: of the policies; by default the ids of stack and construct.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: a rule of the settings cannot be enforced, or AWS rejects an argument.

    Attributes:
        policies: the service control policies, or the managed policies.
        tag_policies: the tag policies; empty without Organizations.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: TagSettings,
        targets: Sequence[Target] = (),
        exempt_principals: Sequence[str] = (),
        services: Sequence[str] = (),
        through_services: bool = False,
        organizations: bool = True,
        name: str | None = None,
        waive: Iterable[Waiver] = (),
    ) -> None:
        problems = [
            *scope_problems(targets, exempt_principals, organizations),
            *boolean_problems("through_services", through_services),
        ]
        try:
            limits = Scope(tuple(services), tuple(exempt_principals), through_services)
            found = policy_documents(tag_statements(settings, limits), organizations=organizations)
            values = tag_policies(settings, services) if organizations else []
        except InputError as error:
            raise ArgumentsError(f"TagGuardrails {id_!r}", [*problems, str(error)]) from None
        problems += number_problems(found, "SERVICE_CONTROL_POLICY", targets)
        problems += number_problems(values, "TAG_POLICY", targets)
        if problems:
            raise ArgumentsError(f"TagGuardrails {id_!r}", problems)
        super().__init__(scope, id_, waive=waive)
        name, description = name or default_name(scope, id_), "Requires tags on create"
        self.tag_policies: list[Resource] = []
        if not organizations:
            self.policies = managed_policies(self, name, found, description=description)
            return
        self.policies = organization_policies(self, name, found, description=description, targets=targets)
        self.tag_policies = organization_policies(
            self,
            f"{name}-keys",
            values,
            id_="keys",
            type_="TAG_POLICY",
            description="Case and values of tags",
            targets=targets,
        )
