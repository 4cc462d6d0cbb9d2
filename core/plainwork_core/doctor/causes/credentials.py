"""Credentials in the environment and in the block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plainwork_core.doctor.causes.table import CAUSES, CREDENTIALS
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.facts import BackendFacts

_KEY, _SECRET, _TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
_IDENTIFIERS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids"
_WEB_IDENTITY = "assume_role_with_web_identity.web_identity_token_file"
_TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE"  # noqa: S105  a name


@CAUSES.rule(
    "session-token-missing",
    "Temporary credentials have no session token",
    Severity.FAULT,
    links=(_IDENTIFIERS,),
)
def session_token_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the environment for an access key that begins with `ASIA`."""
    if facts.has_temporary_key and not facts.environment.get(_TOKEN) and not _are_in_block(facts):
        yield Diagnosis(
            cause=cause,
            evidence=(
                Evidence(f"`{_KEY}` is of temporary credentials", "the environment"),
                Evidence(f"`{_TOKEN}` is not set", "the environment"),
            ),
            explanation="AWS accepts a temporary access key only with its session token.",
            command=f"export {_TOKEN}=…  (or unset {_KEY} {_SECRET} to use a profile)",
        )


@CAUSES.rule(
    "credentials-half-set", "Environment has only one half of an access key", Severity.FAULT, links=(CREDENTIALS,)
)
def credentials_half_set(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for one of the two variables: AWS ignores it without the other."""
    names = {True: _KEY, False: _SECRET}
    has = {name: bool(facts.environment.get(name)) for name in names.values()}
    if has[_KEY] != has[_SECRET]:
        found, missing = (_KEY, _SECRET) if has[_KEY] else (_SECRET, _KEY)
        yield Diagnosis(
            cause=cause,
            evidence=(Evidence(f"`{found}` is set, and `{missing}` is not", "the environment"),),
            explanation="AWS ignores one variable without the other, and looks for other credentials.",
            command=f"export {missing}=…  (or unset {found})",
            likelihood=Likelihood.POSSIBLE,
        )


@CAUSES.rule(
    "web-identity-token-missing",
    "File of the web identity token does not exist",
    Severity.FAULT,
    links=(CREDENTIALS,),
    remedy='ls -l "$AWS_WEB_IDENTITY_TOKEN_FILE"',
)
def web_identity_token_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the file that the block or the environment names."""
    setting = facts.setting(_WEB_IDENTITY)
    name, place = (setting.value, setting.place) if setting else (facts.environment.get(_TOKEN_FILE), _TOKEN_FILE)
    is_used = setting is not None or not (facts.profile or facts.environment.get(_KEY) or _are_in_block(facts))
    if isinstance(name, str) and name and is_used and not Path(name).exists():
        yield Diagnosis(
            cause=cause,
            evidence=(Evidence(f"`{name}` does not exist", place),),
            explanation="Terraform reads the token from this file to assume the role.",
            command=f"unset {_TOKEN_FILE} AWS_ROLE_ARN" if setting is None else "Correct `web_identity_token_file`",
            location=setting.location if setting else None,
        )


@CAUSES.rule(
    "credentials-missing",
    "No credentials are configured",
    Severity.FAULT,
    links=(CREDENTIALS,),
    remedy="export AWS_PROFILE=…  (aws configure list-profiles shows the names)",
)
def credentials_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check block, environment and profiles. An instance or a container has credentials that no file shows."""
    names = (_KEY, _TOKEN_FILE, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    if _are_in_block(facts) or any(facts.environment.get(name) for name in names) or not facts.aws.is_whole:
        return
    if facts.profile is None and facts.profile_name is None:
        files = " and ".join(f"`{file}`" for file in facts.aws.files)
        yield Diagnosis(
            cause=cause,
            evidence=(
                Evidence(f"`{_KEY}` and `AWS_PROFILE` are not set", "the environment"),
                Evidence(f"no profile `default` in {files}", facts.place),
            ),
            explanation="Terraform then asks the metadata service of EC2 or ECS, which exists only there.",
            command="export AWS_PROFILE=…  (aws configure list-profiles shows the names)",
            likelihood=Likelihood.POSSIBLE,
        )


@CAUSES.rule("profile-without-credentials", "Profile has no credentials", Severity.FAULT, links=(CREDENTIALS,))
def profile_without_credentials(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the profile for one of the ways to credentials."""
    profile = facts.profile
    ways = ("aws_access_key_id", "role_arn", "sso_session", "sso_start_url", "credential_process", "login_session")
    if profile and not any(profile.settings.get(way) for way in ways):
        yield Diagnosis(
            cause=cause,
            evidence=(
                Evidence(f"profile `{profile.name}` has no access key, role, SSO session or process", profile.place),
            ),
            explanation="Terraform then asks the metadata service of EC2 or ECS, which exists only there.",
            command=f"aws configure sso --profile {profile.name}",
            likelihood=Likelihood.POSSIBLE,
        )


def _are_in_block(facts: BackendFacts) -> bool:
    return facts.setting("access_key") is not None
