"""OIDC issuers whose tokens several tenants receive, and the claim of a token that names the tenant.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
"""

from __future__ import annotations

import re
from typing import Literal

from plainwork_core.frozen import frozen


@frozen(slots=True)
class Issuer:
    """One issuer.

    Args:
        host: pattern of host and path of its URL, as in condition keys.
        tenant: pattern of the beginning of a subject that names one tenant; `""` if any beginning does.
        audience: use of the claim `aud`: it names the `tenant` instead of the subject, it is `expected` beside the
            subject, or it is `optional`.
        is_shared: whether one URL is for all customers. Otherwise it is for one, and the tenants are its projects.
    """

    host: str
    tenant: str = ""
    audience: Literal["tenant", "expected", "optional"] = "optional"
    is_shared: bool = True


_COGNITO = r"cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?"
_SOCIAL = r"accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com"
_NAME = r"[^:/*?]+"
_GITHUB_CLAIMS = r"(?:[^:]+:[^:]*:)*(?:repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref"
_GITHUB = rf"repo:{_NAME}/|{_GITHUB_CLAIMS}|workflow_ref|enterprise|enterprise_id|repo):{_NAME}"
ISSUERS = (
    # https://docs.github.com/en/actions/reference/security/oidc
    Issuer(r"(?:vs)?token\.actions\.githubusercontent\.com(?:/.*)?", _GITHUB, audience="expected"),
    Issuer(r"token\.actions\.[\w-]+\.ghe\.com|[\w.-]+/_services/token", _GITHUB, is_shared=False),
    # https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
    Issuer(r"oidc[.-]eks\..*", r"system:serviceaccount:[^:*?]+:", audience="expected", is_shared=False),
    # https://docs.gitlab.com/ci/cloud_services/aws/
    Issuer(r"gitlab\.com", rf"project_path:{_NAME}/"),
    # https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/aws-configuration
    Issuer(r"app\.terraform\.io", rf"organization:{_NAME}:"),
    # https://buildkite.com/docs/pipelines/security/oidc/aws
    Issuer(r"agent\.buildkite\.com", rf"organization:{_NAME}:"),
    # https://circleci.com/docs/openid-connect-tokens/
    Issuer(r"oidc\.circleci\.com/org/.*", rf"org/{_NAME}/project/{_NAME}", is_shared=False),
    # https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
    Issuer(r"api\.bitbucket\.org/2\.0/workspaces/.*", r"\{?[^:*?]+", is_shared=False),
    Issuer(r"oidc\.codefresh\.io", rf"account:{_NAME}"),
    Issuer(r"oidc-configuration\.audit-log\.githubusercontent\.com|studio\.datachain\.ai/api|scalr\.io"),
    Issuer(r"tokens\.cloud\.shisho\.dev|proidc\.upbound\.io"),
    # https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
    Issuer(_COGNITO, audience="tenant"),
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
    Issuer(_SOCIAL, audience="tenant"),
    Issuer(r"oidc\.vercel\.com(?:/.*)?|api\.pulumi\.com/oidc|sandboxes\.cloud", audience="tenant"),
)
_WITHOUT_PROVIDER = re.compile(f"{_COGNITO}|{_SOCIAL}")


def issuer_at(host: str) -> Issuer | None:
    """Return the issuer with this host and path; `None` if it is not known to have several tenants."""
    return next((issuer for issuer in ISSUERS if re.fullmatch(issuer.host, host)), None)


def needs_no_provider(principal: str) -> bool:
    """Return whether *principal* is an issuer by its name, without an OIDC provider in the account."""
    return _WITHOUT_PROVIDER.fullmatch(principal) is not None
