"""IAM policy does not have an element that its type requires.

What: A statement of a trust policy, or of the policy of a bucket, key, queue, topic or secret, has neither `Principal`
    nor `NotPrincipal`; or one of an identity-based policy has neither `Resource` nor `NotResource`.
Why: AWS rejects the policy (MalformedPolicyDocument), which `terraform validate` and a plan do not.
Remedy: Add the element.
Limitations: In HCL, an empty list is not evaluated: it is the default of a variable more often than an element. The
    policies of other services and those of AWS Organizations are not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.subjects import resource_kind
from plainwork_policies.reading.statement import Statement, statements_of

_KINDS = ("bucket", "key", "queue", "secret", "topic")
_PRINCIPAL, _RESOURCE = ("Principal", "NotPrincipal"), ("Resource", "NotResource")
_REQUIRED = {"identity": _RESOURCE, "resource": _PRINCIPAL, "trust": _PRINCIPAL}


@policy(
    "PLW_PRIV_026",
    "iam-policy-element-missing",
    severity="medium",
    on=statements_of("identity", "resource", "trust"),
    where=lambda statement: statement.owner.kind != "resource" or resource_kind(statement) in _KINDS,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",),
)
def iam_policy_element_missing(statement: Statement) -> Findings:
    """Check that the statement has one of the elements."""
    element, negated = _REQUIRED[statement.owner.kind]
    statement.require_read(element)
    if statement.stack.format != "plan" and not statement.owner.empty.isdisjoint((element, negated)):
        raise statement[element].not_evaluated(f"`{element}` is an empty list, which may be a default; check a plan")
    if not statement[element].is_configured and not statement[negated].is_configured:
        yield statement[element].fail(
            f"`{element}` has no entry; AWS rejects the policy",
            remedy=f"Add `{element}`.",
        )
