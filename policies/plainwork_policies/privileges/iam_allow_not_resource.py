"""IAM Allow statement uses NotResource.

What: An `Allow` statement has `NotResource`, in an identity-based or a resource-based policy.
Why: The statement includes every resource that is not listed, and every resource that is created later. A new bucket
    for secrets is readable until it is added to the list.
Remedy: Replace `NotResource` with `Resource` and list the required resources. To exclude resources, add a `Deny`
    statement.
Limitations: Trust policies, permissions boundaries, session policies, VPC endpoint policies and service control
    policies are not checked, because they grant nothing by themselves. `NotResource` with `*` includes nothing. A
    condition on a tag, on a key of the service or on a key of the action limits the resources, as in
    `iam-wildcard-resource`. Actions without resource-level permissions, which require `Resource = "*"`, are not
    distinguished. A policy document data source that no resource of the stack uses is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam.reach import is_every_resource
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import any_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.limiting_conditions import limits_resources
from plainwork_policies.reading.statement import Statement, statements_of


@policy(
    "PLW_PRIV_006",
    "iam-allow-not-resource",
    severity="high",
    on=statements_of("identity", "resource", "unused"),
    aliases=("not-resource",),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html",),
)
def iam_allow_not_resource(statement: Statement) -> Findings:
    """Check `NotResource`."""
    statement.require_read("NotResource")
    excluded = statement.owner.not_resources
    excludes_all = any_of(map(is_every_resource, excluded))
    if statement.is_deny or not excluded or excludes_all is True:
        return
    if (limited := limits_resources(statement.owner)) is True:
        return
    statement.require_grant("NotResource", excludes_all, limited)
    resources = [quote(resource) for resource in excluded]
    yield statement["NotResource"].fail(
        f"`NotResource` is {enumeration(resources)} in an `Allow` statement; it allows every other resource",
        value=resources,
        remedy="Replace `NotResource` with `Resource`; put exceptions in a `Deny` statement.",
    )
