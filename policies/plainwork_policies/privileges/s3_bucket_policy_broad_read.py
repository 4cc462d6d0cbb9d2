"""S3 bucket policy allows an entire account to read the bucket.

What: A statement of a bucket policy allows reading or listing objects to an account (`arn:aws:iam::123456789012:root`
    or `123456789012`, or `*` with a condition on one account), without a condition that limits its
    principals.
Why: The administrators of that account decide which of its principals read the data. The bucket's account has no record
    of them.
Remedy: List the role ARNs that read the bucket, add a condition on `aws:PrincipalArn`, or add the account to
    `[iam] trusted_accounts` in `plainwork.toml`.
Limitations: The account of the stack passes, as in `resource-policy-account-principal`. Public access is checked by
    `resource-policy-public-access`. Conditions on the principal (`aws:PrincipalArn`, `aws:PrincipalTag/...`), the
    network (`aws:SourceVpce`, `aws:SourceVpc`, `aws:SourceIp`), the calling service (`aws:SourceArn`,
    `aws:SourceAccount`) and the access point (`s3:DataAccessPointArn`) limit the principals; `aws:PrincipalOrgID` and
    `aws:PrincipalAccount` do not limit an account. If a `Deny` statement limits the principals (`NotIpAddress` of
    `aws:SourceIp`, `NotPrincipal`), the result is not evaluated. Canonical user IDs, ACLs, access points and the public
    access block are not checked.
"""

from __future__ import annotations

from functools import partial

from plainwork_core.iam.principal_scope import is_limited_by_deny, limits_account, limits_public_to_account
from plainwork_core.iam.principals import allows_public, is_account
from plainwork_core.iam.statement import Principal
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import all_of
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.privileges.subjects import is_bucket_policy, reads_objects
from plainwork_policies.privileges.trusted_accounts import (
    is_known_account,
    is_limited_to_trusted_accounts,
    untrusted_principals,
)
from plainwork_policies.reading.statement import Statement, statements_of

_RULE = "any principal in that account can be granted read access"
_REMEDY = (
    "List the role ARNs that read the bucket, add a condition on `aws:PrincipalArn`, or add the account to "
    "`[iam] trusted_accounts`."
)


@policy(
    "PLW_PRIV_004",
    "s3-bucket-policy-broad-read",
    severity="high",
    on=statements_of("resource"),
    where=is_bucket_policy,
    aliases=("account-reads-bucket",),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",),
    settings=("trusted_accounts",),
)
def s3_bucket_policy_broad_read(statement: Statement, settings: IamSettings) -> Findings:
    """Check each principal that reads the bucket."""
    if statement.is_deny or reads_objects(statement) is False:
        return
    yield from check_each(untrusted_principals(statement, settings), partial(_check, statement))
    by_condition = all_of((allows_public(statement.owner), limits_public_to_account(statement.owner)))
    if not is_limited_to_trusted_accounts(statement, settings) and statement.resolve("Principal", by_condition):
        _require_grant(statement)
        message = f"`Principal` is `*` with a condition on one account; {_RULE}"
        yield statement["Principal"].fail(message, value="*", remedy=_REMEDY)


def _check(statement: Statement, principal: Principal) -> Findings:
    account, limited = is_account(principal), limits_account(statement.owner)
    if account is False or limited is True:
        return
    _require_grant(statement, account, limited, is_known_account(principal))
    value = quote(principal.value)
    yield statement["Principal"].fail(f"`Principal` is account `{value}`; {_RULE}", value=value, remedy=_REMEDY)


def _require_grant(statement: Statement, *answers: object) -> None:
    denied = is_limited_by_deny(statement.owner, statement.stack)
    statement.require_grant("Principal", reads_objects(statement), *answers, denied)
