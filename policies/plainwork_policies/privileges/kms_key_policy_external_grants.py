"""KMS key policy allows another account to create grants.

What: A statement of a key policy allows `kms:CreateGrant`, also by `kms:*`, to an account, role or user of another
    account, without a condition on the grants.
Why: A grant gives any principal access to the key, and no key policy shows it. With
    `kms:GrantIsForAWSResource`, only AWS services create grants, for the resources that they encrypt.
Remedy: List the actions that the account uses, and allow `kms:CreateGrant` in a statement with the condition `Bool`
    `kms:GrantIsForAWSResource = true`.
Limitations: The account of the key is known as in `resource-policy-account-principal`; if it is not, the result is not
    evaluated. Principals of other accounts cannot change the key policy, whatever it allows. A condition on another key
    of a grant (`kms:GranteePrincipal`, `kms:GrantOperations`, `kms:GrantConstraintType`, `kms:ViaService`) passes.
"""

from __future__ import annotations

from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam.conditions import is_limited, requires_true
from plainwork_core.iam.principals import account_of, is_public
from plainwork_core.iam.reach import includes_action
from plainwork_core.iam.statement import Principal
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.subjects import resource_kind
from plainwork_policies.privileges.trusted_accounts import has_known_account, untrusted_principals
from plainwork_policies.reading.statement import Statement, statements_of

_LIMITS = ("kms:granteeprincipal", "kms:grantoperations", "kms:grantconstrainttype", "kms:viaservice")


@policy(
    "PLW_PRIV_021",
    "kms-key-policy-external-grants",
    severity="high",
    on=statements_of("resource"),
    where=lambda statement: resource_kind(statement) == "key",
    links=(
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
        "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
    ),
    settings=("trusted_accounts",),
)
def kms_key_policy_external_grants(statement: Statement, settings: IamSettings) -> Findings:
    """Check each principal of another account."""
    model = statement.owner
    grants = includes_action(model, "kms:creategrant")
    for_services = requires_true(model, "kms:grantisforawsresource")
    limited = any_of((for_services, is_limited(model, lambda key: key.startswith(_LIMITS))))
    if statement.is_deny or grants is False or limited is True:
        return

    def check(principal: Principal) -> Findings:
        external = _is_external(principal, statement)
        if external is False or is_public(principal):
            return
        statement.require_grant("Principal", external, grants, limited)
        value = quote(principal.value)
        yield statement["Principal"].fail(
            f"`Principal` is `{value}` of another account, which can grant anyone access to the key",
            value=value,
            remedy="List the actions that the account uses, and add the condition `kms:GrantIsForAWSResource` to "
            "`kms:CreateGrant`.",
        )

    yield from check_each(untrusted_principals(statement, settings), check)


def _is_external(principal: Principal, statement: Statement) -> Ternary:
    """Return whether *principal* belongs to another account than the key, if it does not belong to a trusted one."""
    if principal.type == "AWS" and is_account_id(account_of(principal)):
        return has_known_account(statement) or Unknown("the account of the key is unknown")
    if isinstance(principal.value, Unknown) and names_attribute(principal.value):
        return False
    return next((value for value in (principal.type, principal.value) if isinstance(value, Unknown)), False)
