"""IAM role trust policy does not restrict the OIDC audience.

What: A trust policy accepts tokens of GitHub Actions or of an EKS cluster without a condition on `aud`, or with a
    condition that every audience meets.
Why: A token that was issued for another service, and that this service received, can also assume the role.
Remedy: Add the condition `StringEquals` on `aud`, such as `sts.amazonaws.com`.
Limitations: An `aws_iam_openid_connect_provider` of the stack with one client ID passes, because AWS accepts no other
    audience from it. Other issuers are not checked, and an unknown issuer is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam.federation import (
    accepts_web_identity,
    claims,
    has_one_audience,
    is_multi_tenant,
    is_restricted,
    issuer_name,
)
from plainwork_core.model.ternary import all_of
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, Stack, policy
from plainwork_policies.reading.statement import Statement, statements_of


@policy(
    "PLW_PRIV_014",
    "iam-oidc-audience-unrestricted",
    severity="low",
    on=statements_of("trust"),
    aliases=("oidc-audience-missing",),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",),
)
def iam_oidc_audience_unrestricted(statement: Statement, stack: Stack) -> Findings:
    """Check the conditions on the audience."""
    model = statement.owner
    restricted = is_restricted(claims(model, "aud"), is_any)
    trusted = all_of((accepts_web_identity(model), is_multi_tenant(model, stack)))
    if statement.is_deny or restricted is True or trusted is False or has_one_audience(model, stack):
        return
    statement.require_grant("Condition", trusted, restricted)
    claim = f"`{issuer_name(model, stack)}:aud`"
    yield statement["Condition"].fail(
        f"`Condition` does not restrict {claim}; a token for any audience can assume the role",
        value=None,
        remedy="Add a `StringEquals` condition on the claim `aud` of the issuer, such as `sts.amazonaws.com`.",
    )
