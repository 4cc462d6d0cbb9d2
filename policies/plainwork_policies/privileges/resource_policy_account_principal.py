"""Resource-based policy allows an entire account.

What: A statement of the policy of a key, queue, topic, file system or secret allows an account
    (`arn:aws:iam::123456789012:root` or `123456789012`), without a condition that limits its principals.
Why: The administrators of that account decide which of its principals use the resource. The resource's account has no
    record of them.
Remedy: List role ARNs, or add the account to `[iam] trusted_accounts` in `plainwork.toml`.
Limitations: The account of the stack passes, because there IAM policies decide. It is known if it is read from
    `aws_caller_identity`, if it is in the provider's `allowed_account_ids` or in the role that the provider assumes, if
    the ARN of a resource contains it, as in a plan, and in a key policy as the first account that may change the policy
    (AWS's default is `kms:*`), if none of those may. Add any other to `[iam] trusted_accounts`. Accounts that read a
    bucket are checked by `s3-bucket-policy-broad-read`, and trust policies by `iam-trust-account-unconditional`. Other
    resources are not checked: policies of log destinations, repositories and vaults usually list accounts.
    An unknown account ID may be that of the stack and is not evaluated.
    `NotPrincipal` is checked by `resource-policy-public-access`.
"""

from __future__ import annotations

from plainwork_core.iam.principal_scope import is_limited_by_deny, limits_account
from plainwork_core.iam.principals import is_account
from plainwork_core.iam.statement import Principal
from plainwork_core.model.rendering import quote
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.subjects import resource_kind
from plainwork_policies.privileges.trusted_accounts import is_known_account, untrusted_principals
from plainwork_policies.reading.statement import Statement, statements_of

_KINDS = ("file system", "key", "queue", "secret", "topic")


@policy(
    "PLW_PRIV_011",
    "resource-policy-account-principal",
    severity="medium",
    on=statements_of("resource"),
    where=lambda statement: resource_kind(statement) in _KINDS,
    aliases=("account-allowed",),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",),
    settings=("trusted_accounts",),
)
def resource_policy_account_principal(statement: Statement, settings: IamSettings) -> Findings:
    """Check each principal."""
    if statement.is_deny:
        return
    yield from check_each(untrusted_principals(statement, settings), lambda principal: _check(statement, principal))


def _check(statement: Statement, principal: Principal) -> Findings:
    account, limited = is_account(principal), limits_account(statement.owner)
    if account is False or limited is True:
        return
    denied = is_limited_by_deny(statement.owner, statement.stack)
    statement.require_grant("Principal", account, limited, is_known_account(principal), denied)
    value = quote(principal.value)
    yield statement["Principal"].fail(
        f"`Principal` is account `{value}`; "
        f"any principal in that account can be granted access to the {resource_kind(statement)}",
        value=value,
        remedy="List role ARNs, or add the account to `[iam] trusted_accounts`.",
    )
