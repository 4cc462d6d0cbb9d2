"""Rules on the credentials: missing, expired, unknown, wrong."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, failure
from plainwork_core.doctor.online.causes import CAUSES, answered, diagnosis
from plainwork_core.doctor.online.failures import (
    CLOCK_CODES,
    EXPIRED_CODES,
    INVALID_CODES,
    SIGNATURE_CODES,
    Failure,
)

Found = Iterator[Diagnosis]
_SSO = frozenset(
    {"UnauthorizedSSOTokenError", "SSOTokenLoadError", "TokenRetrievalError", "PendingAuthorizationExpiredError"}
)
_NO_PROFILE = frozenset({"ProfileNotFound"})
_VALIDITY = "Temporary credentials are valid for some hours. New ones are required."
_PRECEDENCE = "Set new ones, or unset the variables, which take precedence over the default profile."
_STS_PAGE = "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html"
_SDK_PAGE = "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"


def _failures(answers: Answers) -> Iterator[Failure]:
    """Yield what STS and S3 answered to the identity, the first of each."""
    for answer in (answers.session, answers.assumed, answers.caller, answers.bucket, answers.workspaces):
        if (failed := failure(answer)) and not failed.way:
            yield failed


def _first(answers: Answers, codes: frozenset[str]) -> Failure | None:
    return next((failed for failed in _failures(answers) if failed.code in codes), None)


@CAUSES.rule("credentials-missing", "No AWS credentials are found", Severity.FAULT, links=(_SDK_PAGE,))
def _credentials_missing(answers: Answers, cause: Cause) -> Found:
    if _first(answers, frozenset({"NoCredentials", "NoCredentialsError"})):
        yield diagnosis(
            cause,
            Evidence("no environment variable, profile, container or instance role has credentials", "credentials"),
            answers.evidence("profile"),
            explanation="Terraform uses the same sources and stops before its first request.",
            command="aws configure sso",
        )


@CAUSES.rule("credentials-expired", "Session token is expired", Severity.FAULT, links=(_STS_PAGE,))
def _credentials_expired(answers: Answers, cause: Cause) -> Found:
    failed = _first(answers, EXPIRED_CODES)
    is_env = answers.method == "env"
    if failed and failed.operation != "AssumeRoleWithWebIdentity":
        yield diagnosis(
            cause,
            answered(failed),
            method(answers),
            answers.evidence("profile"),
            explanation=f"Temporary credentials are valid for some hours. {_PRECEDENCE}" if is_env else _VALIDITY,
            command="unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN" if is_env else _renewal(answers),
        )


@CAUSES.rule(
    "credentials-sso-expired",
    "Session of IAM Identity Center is expired",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",),
)
def _credentials_sso_expired(answers: Answers, cause: Cause) -> Found:
    if failed := _first(answers, _SSO):
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("profile"),
            explanation="The profile gets its credentials from IAM Identity Center, which requires a login.",
            command=_renewal(answers),
        )


@CAUSES.rule("credentials-unknown", "Access key does not exist", Severity.FAULT, links=(_STS_PAGE,))
def _credentials_unknown(answers: Answers, cause: Cause) -> Found:
    failed = _first(answers, INVALID_CODES)
    if failed and failed.operation != "AssumeRoleWithWebIdentity":
        yield diagnosis(
            cause,
            answered(failed),
            method(answers),
            explanation="AWS has no such access key: it is deleted, disabled, or of another partition, or its session "
            "token is not set.",
            command="aws configure list",
        )


@CAUSES.rule(
    "credentials-secret-wrong", "Secret key does not belong to the access key", Severity.FAULT, links=(_STS_PAGE,)
)
def _credentials_secret_wrong(answers: Answers, cause: Cause) -> Found:
    failed = _first(answers, SIGNATURE_CODES)
    if failed and not _is_of_clock(failed):
        yield diagnosis(
            cause,
            answered(failed),
            method(answers),
            explanation="The secret key is incomplete, or is of another access key.",
            command="aws configure list",
        )


@CAUSES.rule("credentials-clock-wrong", "Clock of this machine is wrong", Severity.FAULT, links=(_STS_PAGE,))
def _credentials_clock_wrong(answers: Answers, cause: Cause) -> Found:
    failed = _first(answers, CLOCK_CODES | SIGNATURE_CODES)
    if failed and _is_of_clock(failed):
        yield diagnosis(
            cause,
            answered(failed),
            Evidence(f"the clock shows {answers.now:%Y-%m-%d %H:%M:%S} UTC", "this machine"),
            explanation="AWS rejects signatures that are more than a few minutes old, or in the future.",
            command="sudo timedatectl set-ntp true",
        )


def _is_of_clock(failed: Failure) -> bool:
    """Return whether a signature is rejected for its time; STS has the code of a wrong signature for it."""
    return failed.code in CLOCK_CODES or "expired" in failed.message or "not yet current" in failed.message


@CAUSES.rule("profile-missing", "AWS profile does not exist", Severity.FAULT, links=(_SDK_PAGE,))
def _profile_missing(answers: Answers, cause: Cause) -> Found:
    """Report the cause of the offline part with the same name, if boto3 meets it."""
    if failed := _first(answers, _NO_PROFILE):
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("profile", "shared_config_files", "shared_credentials_files"),
            explanation="No AWS file has this profile.",
            command="aws configure list-profiles",
        )


@CAUSES.rule("credentials-unreadable", "Source of the credentials fails", Severity.FAULT, links=(_SDK_PAGE,))
def _credentials_unreadable(answers: Answers, cause: Cause) -> Found:
    failed = answers.session
    if (
        failed
        and not failed.way
        and failed.code not in _SSO | _NO_PROFILE | {"NoCredentials"} | EXPIRED_CODES | INVALID_CODES
    ):
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("profile", "shared_config_files", "shared_credentials_files"),
            explanation="The profile or its `credential_process`, `source_profile` or role has no credentials.",
            command="aws configure list",
        )


def method(answers: Answers) -> tuple[Evidence, ...]:
    """Return where the credentials are from as evidence."""
    return (Evidence(f"the source of the credentials is `{answers.method}`", "credentials"),) if answers.method else ()


def _renewal(answers: Answers) -> str:
    profile = answers.facts.text("profile") or answers.facts.environment.get("AWS_PROFILE", "")
    return shlex.join(["aws", "sso", "login", *(["--profile", profile] if profile else [])])
