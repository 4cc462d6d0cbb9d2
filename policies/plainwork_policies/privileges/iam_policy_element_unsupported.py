"""IAM policy has an element that its type does not support.

What: A trust policy has `Resource` or `NotResource`, or an identity-based policy has `Principal` or `NotPrincipal`.
Why: IAM rejects the policy (MalformedPolicyDocument), which `terraform validate` and a plan do not.
Remedy: Remove the element. The resource of a trust policy is its role; the principal of an identity-based policy is the
    role, user or group that it is attached to.
Limitations: Resource-based policies of services and the policies of AWS Organizations are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.iam.statement import Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.api import Findings, policy
from plainwork_policies.reading.statement import Statement, statements_of

_UNSUPPORTED = {"identity": ("Principal", "NotPrincipal"), "trust": ("Resource", "NotResource")}
_NAMES = {"identity": "an identity-based policy", "trust": "a trust policy"}


@policy(
    "PLW_PRIV_025",
    "iam-policy-element-unsupported",
    severity="medium",
    on=statements_of("identity", "trust"),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    ),
)
def iam_policy_element_unsupported(statement: Statement) -> Findings:
    """Check that the statement does not have the elements."""
    kind = statement.owner.kind
    for element in _UNSUPPORTED[kind]:
        statement.require_read(element)
        if statement.resolve(element, _is_set(statement, element)):
            yield statement[element].fail(
                f"`{element}` is set, but {_NAMES[kind]} does not support it; IAM rejects the policy",
                remedy=f"Remove `{element}`.",
            )


def _is_set(statement: Statement, element: str) -> Ternary:
    """Return whether the element has a certain entry; the entries of a `dynamic` block or a variable may be none."""
    model = statement.owner
    entries: dict[str, Iterable[Text]] = {
        "Principal": (principal.type for principal in model.principals),
        "NotPrincipal": (principal.type for principal in model.not_principals),
        "Resource": model.resources,
        "NotResource": model.not_resources,
    }
    return any_of(map(_is_certain, entries[element]))


def _is_certain(entry: Text) -> Ternary:
    if isinstance(entry, Unknown) and not isinstance(entry, PartialString) and not names_attribute(entry):
        return entry
    return True
