"""IAM principal is an ARN with a wildcard.

What: `Principal` or `NotPrincipal` of a trust policy or resource-based policy is an ARN with `*` or `?`, such as
    `arn:aws:iam::*:role/reader`.
Why: AWS rejects the policy, which `terraform validate` and a plan do not. A principal is the ARN of one account, role,
    user or session, or `*`.
Remedy: Set `Principal` to the account, or to `*`, and add a condition `ArnLike` on `aws:PrincipalArn`.
Limitations: Policies of VPC endpoints and OpenSearch domains are not checked.
"""

from __future__ import annotations

from plainwork_core.iam.statement import Principal
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.subjects import principal_name, resource_kind
from plainwork_policies.reading.statement import Statement, statements_of


@policy(
    "PLW_PRIV_024",
    "iam-principal-wildcard-arn",
    severity="medium",
    on=statements_of("resource", "trust"),
    where=lambda statement: resource_kind(statement) is not None,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",),
)
def iam_principal_wildcard_arn(statement: Statement) -> Findings:
    """Check the ARNs of both elements."""
    statement.require_read("Principal")
    elements = {principal_name(statement): statement.owner.principals, "NotPrincipal": statement.owner.not_principals}
    for name, principals in elements.items():
        element = "NotPrincipal" if name == "NotPrincipal" else "Principal"
        wildcards = [quote(one.value) for one in principals if statement.resolve(element, _has_wildcard(one))]
        if wildcards:
            yield statement[element].fail(
                f"`{name}` is {enumeration(wildcards)}; a principal ARN must not contain a wildcard",
                value=wildcards,
                remedy="Set `Principal` to the account and add an `ArnLike` condition on `aws:PrincipalArn`.",
            )


def _has_wildcard(principal: Principal) -> Ternary:
    """Return whether it is an ARN with a wildcard in its known text; an attribute of a resource is not."""
    text = render(principal.value)
    if text is None and isinstance(principal.value, Unknown):
        return False if names_attribute(principal.value) else principal.value
    return (text or "").startswith("arn:") and not {"*", "?"}.isdisjoint(text or "")
