"""IAM role trust policy does not restrict the OIDC subject.

What: A trust policy accepts tokens of GitHub Actions or of an EKS cluster without a condition on `sub`, or with one
    that matches any repository (`repo:*`), any repository of an organization (`repo:acme/*`) or any service account
    (`system:serviceaccount:*`).
Why: GitHub issues tokens to the workflows of every repository, and a cluster to all its pods. Without a condition on
    `sub`, a workflow of any GitHub user can assume the role. With a condition on the organization, everyone who can
    push to one of its repositories, or create one, can.
Remedy: Add a condition on `sub` for the repository or service account.
Limitations: Other issuers are not checked. An unknown issuer is determined by the values of the conditions, and is not
    evaluated without them. Conditions on GitHub's `repository`, `repository_id` and `job_workflow_ref` count like
    `sub`. An organization is sufficient if `[iam] github_subject_scope` is `organization`. The ID after a name
    (`acme@*/reports@*`) may be a wildcard, because the name is unique at a time. All service accounts of one namespace
    pass, and so do all branches of a repository and a wildcard of repository names (`repo:acme/api-*`). `StringEquals`
    compares `*` literally, and passes.
"""

from __future__ import annotations

import re

from plainwork_core.iam.federation import accepts_web_identity, claims, is_multi_tenant, is_restricted, issuer_name
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import all_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Stack, policy
from plainwork_policies.privileges.settings import IamSettings
from plainwork_policies.reading.statement import Statement, statements_of

_CLAIMS = ("sub", "repository", "repository_id", "job_workflow_ref")
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
        "https://docs.github.com/en/actions/reference/security/oidc",
    ),
    settings=("github_subject_scope",),
)
def iam_oidc_subject_unrestricted(statement: Statement, stack: Stack, settings: IamSettings) -> Findings:
    """Check the conditions on the subject."""
    model = statement.owner
    conditions = list(claims(model, *_CLAIMS))
    by_organization = settings.github_subject_scope == "organization"
    restricted = is_restricted(conditions, lambda subject: is_wide(subject, organization=by_organization))
    subjects = [text for condition in conditions for text in _texts(condition.values)]
    is_known_issuer = any(subject.startswith((_GITHUB, _CLUSTER)) for subject in subjects)
    trusted = all_of((accepts_web_identity(model), is_known_issuer or is_multi_tenant(model, stack)))
    if statement.is_deny or trusted is False or restricted is True:
        return
    statement.require_grant("Condition", trusted, restricted)
    wide = [subject for subject in subjects if is_wide(subject, organization=by_organization)]
    claim = f"`{issuer_name(model, stack)}:sub`"
    yield statement["Condition"].fail(
        f"`Condition` on {claim} is {enumeration(wide)}, which matches {_matched(wide[0])}"
        if wide
        else f"`Condition` does not restrict {claim}; any token of the issuer can assume the role",
        value=wide,
        remedy="Add a condition on the claim `sub` of the issuer for the repository or service account.",
    )


def is_wide(subject: str, *, organization: bool) -> bool:
    """Return whether *subject*, a pattern, matches more than one repository, or more than one namespace of a cluster.

    Args:
        subject: such as `repo:acme/reports:*`, with `${...}` for unknown parts.
        organization: whether all repositories of one organization are accepted.
    """
    if subject.startswith(_GITHUB):
        repository = _ID.sub("", subject.removeprefix(_GITHUB).partition(":")[0])
        owner, slash, name = repository.partition("/")
        return "*" in owner or (bool(slash) and not organization and "*" in name and not name.strip("*"))
    if subject.startswith(_CLUSTER):
        return "*" in subject.removeprefix(_CLUSTER).partition(":")[0]
    return subject.startswith("*") or not subject.strip("*?")


def _texts(values: tuple[Text, ...]) -> list[str]:
    return [text for value in values if (text := render(value))]


def _matched(subject: str) -> str:
    """Return a clause about what a wide *subject* matches."""
    if subject.startswith(_CLUSTER):
        return "any service account"
    if not subject.startswith(_GITHUB):
        return "any subject"
    owner = subject.removeprefix(_GITHUB).partition("/")[0]
    return "any repository" if "*" in owner else "any repository of the organization"
