"""IAM role trust policy does not restrict the OIDC audience.

What: A trust policy accepts tokens of GitHub Actions, of an EKS cluster, or of an issuer whose audience names the
    customer (Amazon Cognito, Google, Facebook, Login with Amazon, Vercel, Pulumi), without a condition on `aud`, or
    with a condition that every audience meets.
Why: A token that was issued for another service, and that this service received, can also assume the role. A Cognito
    identity pool of any AWS account can assume a role that does not name the pool.
Remedy: Add the condition `StringEquals` on `aud`: `sts.amazonaws.com`, the ID of the identity pool or the client ID.
Limitations: An `aws_iam_openid_connect_provider` of the stack with one client ID passes, because AWS accepts no other
    audience from it. For an issuer whose audience names the customer, a finding is critical, and conditions on `sub`,
    `azp`, `oaud` and `app_id` count like `aud`. Other issuers are not checked, and an unknown issuer is not evaluated.
"""

from __future__ import annotations

from plainwork_core.iam.federation import (
    accepts_web_identity,
    claims,
    has_one_audience,
    is_restricted,
    issuer_name,
    known_issuer,
    trusts_issuer,
)
from plainwork_core.model.ternary import all_of
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, Stack, policy
from plainwork_policies.reading.statement import Statement, statements_of

_TENANT_CLAIMS = ("app_id", "aud", "azp", "oaud", "sub")


@policy(
    "PLW_PRIV_014",
    "iam-oidc-audience-unrestricted",
    severity="low",
    on=statements_of("trust"),
    aliases=("oidc-audience-missing",),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
    ),
)
def iam_oidc_audience_unrestricted(statement: Statement, stack: Stack) -> Findings:
    """Check the conditions on the audience."""
    model = statement.owner
    issuer = known_issuer(model, stack)
    names_tenant = issuer is not None and issuer.audience == "tenant"
    conditions = claims(model, *(_TENANT_CLAIMS if names_tenant else ("aud",)))
    restricted = is_restricted(conditions, is_any)
    trusted = all_of((accepts_web_identity(model), trusts_issuer(model, stack, lambda one: one.audience != "optional")))
    if statement.is_deny or restricted is True or trusted is False or has_one_audience(model, stack):
        return
    statement.require_grant("Condition", trusted, restricted)
    claim = f"`{issuer_name(model, stack)}:aud`"
    yield statement["Condition"].fail(
        f"`Condition` does not restrict {claim}; a token for any audience can assume the role",
        value=None,
        remedy="Add a `StringEquals` condition on the claim `aud` of the issuer, such as "
        f"{'the ID of the identity pool' if names_tenant else '`sts.amazonaws.com`'}.",
        severity="critical" if names_tenant else None,
    )
