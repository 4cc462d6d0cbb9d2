"""IAM policy allows assuming the roles of any account.

What: A statement of an identity-based policy allows `sts:AssumeRole` on all roles of all accounts
    (`arn:aws:iam::*:role/*`), without a condition that limits the roles.
Why: Any role of any account that trusts the account of the principal can be assumed: each trust that is added later
    gives the principal more permissions.
Remedy: List the role ARNs, or the accounts and the beginnings of the role names.
Limitations: `*` is checked by `iam-wildcard-resource`. A name in any account (`arn:aws:iam::*:role/deploy`) passes,
    because organizations create such a role in each account.
"""

from __future__ import annotations

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.conditions import is_limited, requires_tag
from plainwork_core.iam.reach import includes_action
from plainwork_core.iam.statement import Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, policy
from plainwork_policies.reading.statement import Statement, statements_of

_LIMITS = ("aws:resource", "iam:resourcetag/", "sts:externalid", "sts:rolesessionname")
_ROLE = "role/"


@policy(
    "PLW_PRIV_023",
    "iam-assume-role-any-account",
    severity="medium",
    on=statements_of("identity", "unused"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",),
)
def iam_assume_role_any_account(statement: Statement) -> Findings:
    """Check the ARNs of the roles."""
    model = statement.owner
    assumes = includes_action(model, "sts:assumerole")
    limited = any_of((requires_tag(model), is_limited(model, lambda key: key.startswith(_LIMITS))))
    answers = {resource: _is_any_role(resource) for resource in model.resources}
    reaches = any_of(answers.values())
    if statement.is_deny or assumes is False or limited is True or reaches is False:
        return
    statement.require_grant("Resource", assumes, limited, reaches)
    wide = [quote(resource) for resource, answer in answers.items() if answer is True]
    yield statement["Resource"].fail(
        f"`Resource` is `{wide[0]}`; the principal can assume every role of any account that trusts its account",
        value=wide,
        remedy="List the role ARNs, or the accounts and the beginnings of the role names.",
    )


def _is_any_role(resource: Text) -> Ternary:
    """Return whether it includes all roles of all accounts, by its known parts."""
    text = render(resource)
    if text is None and isinstance(resource, Unknown):
        return False if names_attribute(resource) else resource
    arn = parse_arn(text or "")
    is_of_any_account = arn is not None and arn.service == "iam" and is_any(arn.account)
    return arn is not None and is_of_any_account and is_any(arn.resource.removeprefix(_ROLE))
