"""VPC endpoint policy allows full access.

What: A statement of a VPC endpoint policy allows `*`, or all actions of a service, for `Principal` `*` on `Resource`
    `*`, without a condition.
Why: The endpoint is a way out of an isolated network. With full access it also reaches buckets and queues of other
    accounts: a workload can copy data to an external account with credentials of that account.
Remedy: List resources, or add a condition on `aws:ResourceOrgID` or `aws:PrincipalOrgID`.
Limitations: A gateway endpoint without a policy is checked by `vpc-endpoint-policy-missing`. Any condition on the
    principal, the resource or their account or organization counts. A condition on TLS, the network or the Region does
    not, because every caller in the network meets it. A statement that lists actions, principals or resources passes.
    If another statement of the policy is a `Deny`, the result is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam import statements
from plainwork_core.iam.conditions import is_limited, requires_true
from plainwork_core.iam.principals import has_public_principal
from plainwork_core.iam.reach import is_every_resource, is_service_wide
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, policy
from plainwork_policies.reading.statement import Statement, statements_of

_MET_BY_ALL = ("aws:securetransport", "aws:sourcevpc", "aws:vpcsourceip", "aws:sourceip", "aws:requestedregion")


@policy(
    "PLW_PRIV_012",
    "vpc-endpoint-policy-full-access",
    severity="low",
    on=statements_of("endpoint"),
    aliases=("endpoint-policy-open",),
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
def vpc_endpoint_policy_full_access(statement: Statement) -> Findings:
    """Check the principals, actions, resources and conditions together."""
    model = statement.owner
    by_key = is_limited(model, lambda key: not key.startswith(_MET_BY_ALL))
    limited = any_of((by_key, requires_true(model, "aws:principalisawsservice")))
    is_full = all_of(
        (
            has_public_principal(model.principals),
            any_of(map(is_service_wide, model.actions)),
            any_of(map(is_every_resource, model.resources)),
        )
    )
    if statement.is_deny or limited is True or is_full is False:
        return
    statement.require_grant("Principal", is_full, limited, _is_limited_by_deny(statement))
    actions = [quote(action) for action in model.actions if is_service_wide(action) is True]
    yield statement["Principal"].fail(
        f"`Action` is {enumeration(actions)} for `Principal` `*` on `Resource` `*` without a condition",
        value="*",
        remedy="List resources, or add a condition on `aws:ResourceOrgID` or `aws:PrincipalOrgID`.",
    )


def _is_limited_by_deny(statement: Statement) -> Ternary:
    if (statement.address, statement.owner.document.argument) not in _denying(statement.stack):
        return False
    return Unknown("a `Deny` statement limits the policy; the remaining access cannot be determined")


@cached_per_stack
def _denying(stack: Stack) -> set[tuple[str, str]]:
    denying = (statement for statement in statements(stack) if statement.effect == "Deny")
    return {(statement.address, statement.document.argument) for statement in denying}
