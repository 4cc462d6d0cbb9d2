"""VPC endpoint policy allows full access.

What: a statement of a VPC endpoint policy allows `*`, or every action of a service, to everyone on every resource,
    without a condition.
Why: the endpoint is the way out of a closed network. Open, it also leads to everybody else's buckets and queues: who is
    inside can carry data out to an account of their own, with keys of their own.
Remedy: name the resources, or the organization that callers and resources belong to::

        condition {
          test     = "StringEquals"
          variable = "aws:ResourceOrgID"
          values   = [data.aws_organizations_organization.own.id]
        }
Limitations: a gateway endpoint without a policy is `vpc-endpoint-policy-missing`'s. Any condition on the principal, the
    resource or their account or organization counts; one on TLS, on the network or on the region does not, because
    whoever is
    inside meets it. A statement that names actions, a principal or a resource passes; another one that denies leaves
    the verdict open.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds, statements
from plainwork_core.iam.conditions import narrowed, requires_true
from plainwork_core.iam.patterns import is_any
from plainwork_core.iam.principals import everyone_among
from plainwork_core.iam.statement import Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.iam_wildcard_action import is_service_wide

_MET_BY_ALL = ("aws:securetransport", "aws:sourcevpc", "aws:vpcsourceip", "aws:sourceip", "aws:requestedregion")


@policy(
    "PLW_PRIV_012",
    "vpc-endpoint-policy-full-access",
    aliases=("endpoint-policy-open",),
    severity="low",
    subjects=of_kinds("endpoint"),
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
def vpc_endpoint_policy_full_access(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge one statement by all it names."""
    narrow = requires_true(statement, "aws:principalisawsservice") or narrowed(
        statement, lambda key: not key.startswith(_MET_BY_ALL)
    )
    everything = all_of(
        (
            everyone_among(statement.principals),
            any_of(map(_is_wide_action, statement.actions)),
            any_of(map(_is_everything, statement.resources)),
        )
    )
    if statement.effect == "Deny" or narrow is True or everything is False:
        return
    path = statement.path("Principal")
    if doubt := statement.doubt(everything, narrow) or _denied(statement, stack):
        yield not_evaluated(path, doubt)
        return
    wide = [render(action) for action in statement.actions if _is_wide_action(action) is True]
    remedy = "name the resources, or add a condition on `aws:ResourceOrgID` or `aws:PrincipalOrgID`"
    message = f"lets {enumeration(wide)} through for everyone, on every resource"
    yield fail(path, message, value="*", remedy=remedy)


def _is_wide_action(action: Text) -> Ternary:
    text = render(action) or ""
    return is_service_wide(text) or (action if isinstance(action, Unknown) else False)


def _is_everything(resource: Text) -> Ternary:
    if not isinstance(resource, Unknown):
        return is_any(resource)
    return False if names_attribute(resource) or (render(resource) or "").startswith("arn:") else resource


def _denied(statement: Statement, stack: Stack) -> str | None:
    if (statement.address, statement.document.argument) not in _denying(stack):
        return None
    return "another statement denies a part, and what is left is not worked out"


@cached_per_stack
def _denying(stack: Stack) -> set[tuple[str, str]]:
    return {(each.address, each.document.argument) for each in statements(stack) if each.effect == "Deny"}
