"""IAM role trust policy allows another account without a condition.

What: A statement of a trust policy allows an account (`arn:aws:iam::123456789012:root` or `123456789012`) that is not
    an account of the stack, and has no condition.
Why: Any principal of that account that is allowed to call `sts:AssumeRole` can assume the role. If the account belongs
    to a vendor, any of its customers that learns the ARN of the role can have the vendor assume it (the confused
    deputy).
Remedy: Add a condition on `sts:ExternalId` for a vendor, or on `aws:PrincipalOrgID` or `aws:PrincipalArn`; or add the
    account to `[iam] trusted_accounts`.
Limitations: Any condition that requires a value passes. An account of the stack passes: it is read from
    `aws_caller_identity`, or is in the provider's `allowed_account_ids`, in the role that the provider assumes, or in
    the ARN of a resource. An account ID that is a variable is not evaluated. `*` is checked by
    `resource-policy-public-access`, and an ARN with a wildcard by `iam-principal-wildcard-arn`. Roles and users of the
    other account pass.
"""

from __future__ import annotations

from plainwork_core.iam.conditions import is_limited, requires_true
from plainwork_core.iam.principal_scope import is_limited_by_deny
from plainwork_core.iam.principals import account_of, is_account
from plainwork_core.iam.statement import Principal
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import any_of
from plainwork_policies.api import Findings, Stack, check_each, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.trusted_accounts import is_known_account, untrusted_principals
from plainwork_policies.reading.statement import Statement, statements_of

_MFA = "aws:multifactorauthpresent"


@policy(
    "PLW_PRIV_020",
    "iam-trust-account-unconditional",
    severity="low",
    on=statements_of("trust"),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
    settings=("trusted_accounts",),
)
def iam_trust_account_unconditional(statement: Statement, stack: Stack, settings: IamSettings) -> Findings:
    """Check each account."""
    model = statement.owner
    limited = any_of((is_limited(model, lambda _: True), requires_true(model, _MFA)))
    if statement.is_deny or limited is True:
        return

    def check(principal: Principal) -> Findings:
        account = is_account(principal)
        if account is False or account_of(principal) == "*":
            return
        statement.require_grant(
            "Principal", account, limited, is_known_account(principal), is_limited_by_deny(model, stack)
        )
        value = quote(principal.value)
        yield statement["Principal"].fail(
            f"`Principal` is account `{value}` without a condition; "
            "any principal in that account can be granted the role",
            value=value,
            remedy="Add a condition on `sts:ExternalId`, `aws:PrincipalOrgID` or `aws:PrincipalArn`, or add the "
            "account to `[iam] trusted_accounts`.",
        )

    yield from check_each(untrusted_principals(statement, settings), check)
