"""IAM role trust policy does not restrict the OIDC subject.

What: a trust policy lets in tokens of GitHub Actions or of an EKS cluster without asking who has them: no condition on
    `sub`, or one that any repository (`repo:*`), any repository of an organization (`repo:acme/*`) or any service
    account (`system:serviceaccount:*`) meets.
Why: GitHub issues tokens to everybody's workflows, and a cluster to all of its pods. Without `sub` a stranger's
    workflow becomes the role; with an organization's, everyone who may push anywhere in it, or make a repository.
Remedy: ask for the repository, or for the service account::

        condition {
          test     = "StringLike"
          variable = "token.actions.githubusercontent.com:sub"
          values   = ["repo:acme/reports:ref:refs/heads/main"]
        }
Limitations: other issuers are not judged; one that is not known is, by what stands in the conditions, and is not
    evaluated
    where nothing does. Conditions on GitHub's `repository`, `repository_id` and `job_workflow_ref` count like `sub`. An
    organization is enough where `[privileges] github_subjects` is `organization`. All service accounts of one namespace
    pass, and so do all branches of one repository and repositories by a part of their name (`repo:acme/api-*`).
    `StringEquals` takes `*` literally, and passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.federation import asked, claims, serves_many, trusts_tokens
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Stack
from plainwork_core.model.ternary import all_of
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.settings import IamSettings

_SUBJECT = ("sub", "repository", "repository_id", "job_workflow_ref")
_GITHUB = "repo:"
_CLUSTER = "system:serviceaccount:"


@policy(
    "PLW_PRIV_013",
    "iam-oidc-subject-unrestricted",
    aliases=("oidc-subject-open",),
    severity="critical",
    subjects=of_kinds("trust"),
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",),
    settings=("github_subject_scope",),
)
def iam_oidc_subject_unrestricted(statement: Statement, stack: Stack, settings: IamSettings) -> Iterator[Finding]:
    """Judge one statement of a trust policy by its conditions on the subject."""
    conditions = list(claims(statement, *_SUBJECT))
    whole = settings.github_subject_scope == "organization"
    narrow = asked(conditions, lambda subject: is_wide(subject, organization=whole))
    trusted = trusts_tokens(statement)
    if statement.effect == "Deny" or trusted is False or narrow is True:
        return
    values = [text for each in conditions for value in each.values if (text := render(value))]
    judged = True if any(map(_names_issuer, values)) else serves_many(statement, stack)
    if (sure := all_of((trusted, judged))) is False:
        return
    path = statement.path("Condition")
    if doubt := statement.doubt(sure, narrow):
        yield not_evaluated(path, doubt)
        return
    wide = [value for value in values if is_wide(value, organization=whole)]
    message = f"asks no more of a token's subject than `{wide[0]}`" if wide else "asks nothing of a token's subject"
    remedy = "add a condition on `sub` that names the repository or the service account"
    yield fail(path, message, value=wide, remedy=remedy)


def is_wide(subject: str, *, organization: bool) -> bool:
    """Tell whether *subject*, a pattern, lets in more than one repository, or namespace of a cluster.

    Args:
        subject: such as `repo:acme/reports:*`, with `${...}` for what is not known.
        organization: whether all repositories of one organization are few enough.
    """
    if subject.startswith(_GITHUB):
        owner, slash, name = subject.removeprefix(_GITHUB).partition(":")[0].partition("/")
        return "*" in owner or (bool(slash) and not organization and "*" in name and not name.strip("*"))
    if subject.startswith(_CLUSTER):
        return "*" in subject.removeprefix(_CLUSTER).partition(":")[0]
    return subject.startswith("*") or not subject.strip("*?")


def _names_issuer(subject: str) -> bool:
    return subject.startswith((_GITHUB, _CLUSTER))
