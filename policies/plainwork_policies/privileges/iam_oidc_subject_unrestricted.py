"""IAM role trust policy does not restrict the OIDC subject.

What: A trust policy accepts tokens of an issuer with several tenants without a condition on `sub`, or with one that
    does not name a tenant: any repository (`repo:*`), any repository of an organization (`repo:acme/*`), repositories
    that begin with a name (`repo:acme/api*` without the closing `:`), a subject without a repository
    (`environment:prod`), any service account (`system:serviceaccount:*`), any group or organization. The issuers are
    GitHub Actions, EKS clusters, GitLab, HCP Terraform, Buildkite, CircleCI, Bitbucket, and the others that AWS lists.
Why: GitHub issues tokens to the workflows of every repository, and a cluster to all its pods. Without a condition on
    `sub`, a workflow of any GitHub user can assume the role. With a condition on the organization, everyone who can
    push to one of its repositories, or create one, can.
Remedy: Add a condition on `sub` for the repository, project, workspace or service account.
Limitations: Other issuers are not checked. An unknown issuer is determined by the keys and values of the conditions,
    and is not evaluated without them. Conditions on GitHub's `repository`, `repository_id` and `job_workflow_ref` count
    like `sub`. An organization is sufficient if `[iam] github_subject_scope` is `organization`, and for GitLab, HCP
    Terraform and Buildkite. All service accounts of one namespace pass, and so do all branches of a repository and a
    prefix of repository names that ends in a separator (`repo:acme/api-*`). `StringEquals` compares `*` literally, and
    passes. The ID after a name (`acme@*/reports@*`) may be a wildcard, because the name is unique at a time. A finding
    is high if the URL of the issuer is for one customer, and medium for a missing `:`.
"""

from __future__ import annotations

import re

from plainwork_core.iam.federation import (
    accepts_web_identity,
    claims,
    is_restricted,
    issuer_name,
    known_issuer,
    trusts_issuer,
)
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import all_of, any_of
from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, Stack, policy
from plainwork_policies.engine.severity import Severity
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.reading.statement import Statement, statements_of

_OTHER_CLAIMS = ("repository", "repository_id", "job_workflow_ref")
_GITHUB = "repo:"
_CLUSTER = "system:serviceaccount:"
_ID = re.compile(r"(?<=[\w.-])@[^/]*")
"""The immutable ID after the name of an owner or repository: `repo:acme@123/reports@456:*`."""


@policy(
    "PLW_PRIV_013",
    "iam-oidc-subject-unrestricted",
    severity="critical",
    on=statements_of("trust"),
    aliases=("oidc-subject-open",),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
        "https://docs.github.com/en/actions/reference/security/oidc",
    ),
    settings=("github_subject_scope",),
)
def iam_oidc_subject_unrestricted(statement: Statement, stack: Stack, settings: IamSettings) -> Findings:
    """Check the conditions on the subject."""
    model = statement.owner
    conditions = list(claims(model, "sub"))
    issuer = known_issuer(model, stack)
    tenant = issuer.tenant if issuer else ""
    by_organization = settings.github_subject_scope == "organization"

    def is_too_wide(subject: str) -> bool:
        return is_wide(subject, organization=by_organization) or lacks_tenant(subject, tenant)

    def is_of_any(subject: str) -> bool:
        return "*" not in subject and lacks_tenant(subject, tenant)

    by_other = is_restricted(claims(model, *_OTHER_CLAIMS), is_any)
    restricted = any_of((is_restricted(conditions, is_too_wide, is_of_any), by_other))
    subjects = [text for condition in conditions for text in _texts(condition.values)]
    is_known_issuer = any(subject.startswith((_GITHUB, _CLUSTER)) for subject in subjects)
    by_subject = trusts_issuer(model, stack, lambda one: one.audience != "tenant")
    trusted = all_of((accepts_web_identity(model), is_known_issuer or by_subject))
    if statement.is_deny or trusted is False or restricted is True:
        return
    statement.require_grant("Condition", trusted, restricted)
    wide = [subject for subject in subjects if is_too_wide(subject)]
    claim = f"`{issuer_name(model, stack)}:sub`"
    yield statement["Condition"].fail(
        f"`Condition` on {claim} is {enumeration(wide)}, which matches {_matched(wide[0])}"
        if wide
        else f"`Condition` does not restrict {claim}; any token of the issuer can assume the role",
        value=wide,
        remedy="Add a condition on the claim `sub` of the issuer for the repository, project or service account.",
        severity=_severity(wide, is_shared=issuer is None or issuer.is_shared),
    )


def _severity(wide: list[str], *, is_shared: bool) -> Severity | None:
    if wide and all(map(_is_unclosed, wide)):
        return "medium"
    return None if is_shared else "high"


def lacks_tenant(subject: str, tenant: str) -> bool:
    """Return whether *subject* certainly does not begin like the pattern *tenant* of the issuer."""
    return bool(tenant) and "${" not in subject and not re.match(tenant, subject)


def is_wide(subject: str, *, organization: bool) -> bool:
    """Return whether *subject*, a pattern, matches more than one repository, or more than one namespace of a cluster.

    Args:
        subject: such as `repo:acme/reports:*`, with `${...}` for unknown parts.
        organization: whether all repositories of one organization are accepted.
    """
    if subject.startswith(_GITHUB):
        repository = _ID.sub("", subject.removeprefix(_GITHUB).partition(":")[0])
        owner, slash, name = repository.partition("/")
        is_any_name = bool(slash) and "*" in name and not name.strip("*")
        return "*" in owner or (not organization and (is_any_name or _is_unclosed(subject)))
    if subject.startswith(_CLUSTER):
        return "*" in subject.removeprefix(_CLUSTER).partition(":")[0]
    return subject.startswith("*") or not subject.strip("*?")


def _is_unclosed(subject: str) -> bool:
    """Return whether a subject of GitHub ends in the name of a repository and `*`, without `:` between them."""
    return re.fullmatch(r"repo:[^:/*]+/[^:*]*\w\*", subject) is not None


def _texts(values: tuple[Text, ...]) -> list[str]:
    return [text for value in values if (text := render(value))]


def _matched(subject: str) -> str:
    """Return a clause about what a wide *subject* matches."""
    if subject.startswith(_CLUSTER):
        return "any service account"
    if not subject.startswith(_GITHUB):
        return "any subject" if not subject.strip("*?") else "subjects of any tenant of the issuer"
    if _is_unclosed(subject):
        return "any repository of the organization whose name begins so"
    owner = subject.removeprefix(_GITHUB).partition("/")[0]
    return "any repository" if "*" in owner else "any repository of the organization"
