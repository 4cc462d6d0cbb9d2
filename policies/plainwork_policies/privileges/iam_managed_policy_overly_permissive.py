"""Overly permissive AWS managed policy is attached.

What: A role, user, group or permission set has an AWS managed policy attached that allows privilege escalation, that
    allows all actions of a service on all resources (`AmazonS3FullAccess`), or that `[iam] denied_managed_policies`
    lists, in any partition. The default of the setting is `IAMFullAccess` and `PowerUserAccess`.
Why: `PowerUserAccess` allows all actions of all services except IAM: all data, keys and instances.
    `AdministratorAccess-Amplify` allows its principal to become an administrator. A policy for a service includes every
    action and resource that is added to it.
Remedy: Attach a policy that lists the required actions, or add the policy to `[iam] allowed_managed_policies`.
Limitations: Only attachments are checked. The statements of AWS managed policies are a table in plainwork; a policy
    that it does not have is not evaluated. All actions of a service are medium, and pass for a service without
    resource-level permissions (`AWSSupportAccess`). Policies for service roles (`service-role/...`,
    `AmazonEKSComputePolicy`) pass, because the service prescribes them. Privilege escalation is that of
    `iam-privilege-escalation`, without remote sessions. `AdministratorAccess` is checked by
    `iam-administrator-access-attached`. A permissions boundary grants nothing and is not checked.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.aws.managed_policies import managed_policy
from plainwork_core.iam.escalation import EscalationPath
from plainwork_core.iam.managed_policies import escalations, service_wide_actions
from plainwork_core.model.rendering import render
from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Argument, Finding, Findings, Resource, check_each, policy
from plainwork_policies.engine.severity import Severity
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.subjects import (
    ADMINISTRATOR,
    ATTACHMENTS,
    attached_arns,
    aws_managed_policy,
    opens_session,
)

_SERVICE_ROLE = "service-role/"
_OF_SERVICE_ROLES = ("AmazonEKSComputePolicy", "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy")
"""Policies for service roles that have another path.

https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-servicerole.html
"""


@policy(
    "PLW_PRIV_009",
    "iam-managed-policy-overly-permissive",
    severity="high",
    on=ATTACHMENTS,
    aliases=("elevated-policy-attached",),
    links=("https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",),
    settings=("denied_managed_policies", "allowed_managed_policies"),
)
def iam_managed_policy_overly_permissive(attachment: Resource, settings: IamSettings) -> Findings:
    """Check each ARN that the resource attaches."""
    yield from check_each(attached_arns(attachment), partial(_check, settings))


def _check(settings: IamSettings, arn: Argument) -> Findings:
    name = aws_managed_policy(arn)
    if name in (ADMINISTRATOR, *settings.allowed_managed_policies):
        return
    if name in settings.denied_managed_policies:
        yield _failure(arn, name, "which `[iam] denied_managed_policies` lists")
    elif name.startswith(_SERVICE_ROLE) or name in _OF_SERVICE_ROLES:
        return
    elif name and managed_policy(name) is None:
        raise arn.not_evaluated(f"plainwork has no copy of the AWS managed policy `{name}`, which may be new")
    elif path := _escalation(arn, name):
        rule = f"which allows privilege escalation by {enumeration(path.actions)} on all resources"
        yield _failure(arn, name, rule, "medium" if path.starts_builds_only else "high")
    elif wide := service_wide_actions(name):
        is_total = any(map(is_any, wide))
        scope = "all actions" if is_total else enumeration(wide)
        yield _failure(arn, name, f"which allows {scope} on all resources", "high" if is_total else "medium")


def _escalation(arn: Argument, name: str) -> EscalationPath | None:
    paths = escalations(name, arn.block.owner, arn.path) if name else []
    found = [path for path in paths if not opens_session(path)]
    return min(found, key=lambda path: path.starts_builds_only, default=None)


def _failure(arn: Argument, name: str, rule: str, severity: Severity = "high") -> Finding:
    return arn.fail(
        f"`{arn.path}` is `{name}`, {rule}",
        value=render(arn.raw) or name,
        remedy="Attach a policy that lists the required actions.",
        severity=severity,
    )
