"""Profiles and SSO sessions."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.doctor.aws_files import Profile
from plainwork_core.doctor.causes.table import CAUSES, CREDENTIALS, PROFILES
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.settings import Origin
from plainwork_core.errors import did_you_mean

_SSO = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html"
_ROLES = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html"
_MFA = "https://github.com/hashicorp/terraform-provider-aws/issues/2420"


@CAUSES.rule(
    "profile-missing",
    "AWS profile does not exist",
    Severity.FAULT,
    links=(CREDENTIALS, PROFILES),
    remedy="aws configure list-profiles  (then correct `profile` or AWS_PROFILE, which is {profile})",
)
def profile_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Look for the profile of the block or of `AWS_PROFILE`, which must exist even if access keys are set."""
    setting, name = facts.setting("profile"), facts.profile_name
    if name is None or name in facts.aws.profiles or setting is None or not facts.aws.is_whole:
        return
    files = " and ".join(f"`{file}`" for file in facts.aws.files)
    evidence = [setting.evidence, Evidence(f"no profile `{name}` in {files}{did_you_mean(name, facts.aws.profiles)}")]
    command = f"aws configure sso --profile {name}"
    if place := facts.aws.unprefixed.get(name):
        evidence.append(Evidence(f"the section is `[{name}]`; in a config file it must be `[profile {name}]`", place))
        command = f"Write `[profile {name}]` in {place}"
    elif setting.origin is Origin.ENVIRONMENT:
        command = f"unset {setting.place}"
    yield Diagnosis(
        cause=cause,
        evidence=tuple(evidence),
        explanation="Terraform looks for the profile before it looks for other credentials, and stops without it.",
        command=command,
        location=setting.location,
    )


@CAUSES.rule(
    "source-profile-missing",
    "Source of the profile does not exist",
    Severity.FAULT,
    links=(_ROLES,),
    remedy="aws configure --profile {profile}",
)
def source_profile_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Follow `source_profile`."""
    profile = facts.used_profile
    source = profile.settings.get("source_profile") if profile else None
    if profile and source and source not in facts.aws.profiles and facts.aws.is_whole:
        yield Diagnosis(
            cause=cause,
            evidence=(
                Evidence(
                    f"profile `{profile.name}` has `source_profile = {source}`, which does not exist", profile.place
                ),
            ),
            explanation="Terraform assumes the role of the profile with the credentials of its source.",
            command=f"aws configure --profile {source}",
        )


@CAUSES.rule(
    "profile-requires-mfa",
    "Profile requires an MFA code",
    Severity.FAULT,
    links=(_ROLES, _MFA),
    remedy='eval "$(aws configure export-credentials --format env)"',
)
def profile_requires_mfa(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the profile for a role with `mfa_serial`: Terraform cannot ask for a code."""
    profile = facts.used_profile
    if profile and profile.settings.get("role_arn") and profile.settings.get("mfa_serial"):
        yield Diagnosis(
            cause=cause,
            evidence=(Evidence(f"profile `{profile.name}` has `role_arn` and `mfa_serial`", profile.place),),
            explanation="Terraform does not ask for an MFA code. The AWS CLI does, and exports the credentials.",
            command=f'eval "$(aws configure export-credentials --profile {profile.name} --format env)"',
        )


@CAUSES.rule(
    "sso-session-missing",
    "SSO session of the profile does not exist",
    Severity.FAULT,
    links=(_SSO,),
    remedy="aws configure sso-session",
)
def sso_session_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Look for the section `[sso-session name]`."""
    profile = facts.used_profile
    name = profile.settings.get("sso_session") if profile else None
    if profile and name and name not in facts.aws.sso_sessions and facts.aws.is_whole:
        yield Diagnosis(
            cause=cause,
            evidence=(
                Evidence(f"profile `{profile.name}` has `sso_session = {name}`", profile.place),
                Evidence(f"no section `[sso-session {name}]`", ", ".join(facts.aws.found)),
            ),
            explanation="The section has the start URL and the Region of the session.",
            command=f"aws configure sso-session  (name: {name})",
        )


@CAUSES.rule(
    "credentials-sso-expired", "SSO session has expired", Severity.FAULT, links=(_SSO,), remedy="aws sso login"
)
def sso_session_expired(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the expiry of the cached token; one that an SDK renews by itself is not expired."""
    profile = facts.used_profile
    if profile is None or not facts.aws.is_whole or not _is_sso(profile):
        return
    token = facts.aws.token_of(profile)
    if token and (token.expires > facts.now or (token.refreshable_until and token.refreshable_until > facts.now)):
        return
    found = (
        Evidence(f"the token expired at {token.expires:%Y-%m-%d %H:%M} UTC", token.place)
        if token
        else Evidence("the cache has no token of the session", facts.aws.token_file(profile))
    )
    yield Diagnosis(
        cause=cause,
        evidence=(Evidence(f"profile `{profile.name}` uses SSO", profile.place), found),
        explanation="Terraform cannot open the browser to log in.",
        command=f"aws sso login --profile {profile.name}",
    )


def _is_sso(profile: Profile) -> bool:
    return bool(profile.settings.get("sso_session") or profile.settings.get("sso_start_url"))


@CAUSES.rule(
    "profile-not-used", "Access keys in the environment come before AWS_PROFILE", Severity.ADVICE, links=(CREDENTIALS,)
)
def profile_not_used(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for both; a profile in the backend block comes before the access keys."""
    setting = facts.setting("profile")
    has_keys = facts.environment.get("AWS_ACCESS_KEY_ID") and facts.environment.get("AWS_SECRET_ACCESS_KEY")
    if setting and setting.origin is Origin.ENVIRONMENT and has_keys:
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence, Evidence("`AWS_ACCESS_KEY_ID` is set", "the environment")),
            explanation="Terraform uses the access keys. They may be of another account than the profile.",
            command="unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
            likelihood=Likelihood.CERTAIN,
        )
