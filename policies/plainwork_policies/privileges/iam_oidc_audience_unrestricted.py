"""IAM role trust policy does not restrict the OIDC audience.

What: a trust policy lets in tokens of GitHub Actions or of an EKS cluster without a condition on `aud`, or with one
    that every audience meets.
Why: a token that was made for another service, and that this service has seen, is then good for the role too.
Remedy: ask for the audience::

        condition {
          test     = "StringEquals"
          variable = "token.actions.githubusercontent.com:aud"
          values   = ["sts.amazonaws.com"]
        }
Limitations: an `aws_iam_openid_connect_provider` of the stack with one client id passes, because AWS takes no other
    audience
    from it. Other issuers are not judged, and one that is not known is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.federation import asked, claims, provider_of, serves_many, trusts_tokens
from plainwork_core.iam.patterns import is_any
from plainwork_core.model.stack import Stack
from plainwork_core.model.ternary import all_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_PRIV_014",
    "iam-oidc-audience-unrestricted",
    aliases=("oidc-audience-missing",),
    severity="low",
    subjects=of_kinds("trust"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",),
)
def iam_oidc_audience_unrestricted(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge one statement of a trust policy by its conditions on the audience."""
    named = asked(claims(statement, "aud"), is_any)
    sure = all_of((trusts_tokens(statement), serves_many(statement, stack)))
    if statement.effect == "Deny" or named is True or sure is False or _has_one_audience(statement, stack):
        return
    path = statement.path("Condition")
    if doubt := statement.doubt(sure, named):
        yield not_evaluated(path, doubt)
        return
    remedy = "add a condition on `aud`, such as `StringEquals` with `sts.amazonaws.com`"
    yield fail(path, "asks nothing of a token's audience", remedy=remedy)


def _has_one_audience(statement: Statement, stack: Stack) -> bool:
    providers = [provider_of(principal, statement, stack) for principal in statement.principals]
    clients = [provider.get("client_id_list") if provider else None for provider in providers]
    return bool(clients) and all(isinstance(each, list) and len(each) == 1 for each in clients)
