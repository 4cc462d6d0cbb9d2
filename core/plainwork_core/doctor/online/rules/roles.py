"""Rules on the account and the roles: allowed accounts, `assume_role`, web identity."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, failure
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, aws, diagnosis
from plainwork_core.doctor.online.failures import EXPIRED_CODES, is_credential_failure
from plainwork_core.doctor.online.identity import WEB_IDENTITY_FILE
from plainwork_core.doctor.online.rules.credentials import method
from plainwork_core.doctor.online.trust import trust_evidence

Found = Iterator[Diagnosis]


@CAUSES.rule(
    "account-not-allowed", "Credentials are of an account that is not allowed", Severity.FAULT, links=(BACKEND_PAGE,)
)
def _account_not_allowed(answers: Answers, cause: Cause) -> Found:
    allowed = _accounts(answers, "allowed_account_ids")
    if answers.account and allowed and answers.account not in allowed:
        yield _wrong_account(answers, cause, "allowed_account_ids")


@CAUSES.rule("account-forbidden", "Credentials are of a forbidden account", Severity.FAULT, links=(BACKEND_PAGE,))
def _account_forbidden(answers: Answers, cause: Cause) -> Found:
    if answers.account and answers.account in _accounts(answers, "forbidden_account_ids"):
        yield _wrong_account(answers, cause, "forbidden_account_ids")


def is_wrong_account(answers: Answers) -> bool:
    """Return whether Terraform stops because of the account of the caller."""
    allowed = _accounts(answers, "allowed_account_ids")
    forbidden = _accounts(answers, "forbidden_account_ids")
    return bool(answers.account) and (
        (bool(allowed) and answers.account not in allowed) or answers.account in forbidden
    )


def _accounts(answers: Answers, path: str) -> list[str]:
    value = answers.facts.value(path)
    return [str(account) for account in value] if isinstance(value, list) else []


def _wrong_account(answers: Answers, cause: Cause, path: str) -> Diagnosis:
    return diagnosis(
        cause,
        Evidence(f"account {answers.account}, {answers.caller_arn}", "sts:GetCallerIdentity"),
        answers.evidence(path, "profile"),
        method(answers),
        explanation="Terraform stops before it reads the state. Select the profile of the right account.",
        command="aws configure list-profiles",
    )


@CAUSES.rule(
    "role-not-assumable",
    "Role of the backend cannot be assumed",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",),
)
def _role_not_assumable(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.assumed)
    if failed and failed.operation == "AssumeRole" and failed.is_denied:
        yield diagnosis(
            cause,
            answered(failed),
            Evidence(f"the caller is {answers.base_arn or 'unknown'}", "sts:GetCallerIdentity"),
            tuple(trust_evidence(answers)),
            answers.evidence("assume_role.role_arn", "assume_role.external_id"),
            explanation="The identity requires `sts:AssumeRole` on the role, and the trust policy of the role must "
            "allow the identity, with the same external id. A role that does not exist has the same error.",
            command=aws(answers, "iam", "get-role", "--role-name", _name(answers, "assume_role")),
        )


@CAUSES.rule(
    "role-request-invalid",
    "Request for the role of the backend is invalid",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",),
)
def _role_request_invalid(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.assumed)
    if not failed or failed.way or failed.operation != "AssumeRole":
        return
    if not (failed.is_denied or is_credential_failure(failed)):
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("assume_role.role_arn", "assume_role.duration", "assume_role.policy"),
            explanation="An argument of `assume_role` is invalid, such as a `duration` that exceeds that of the role.",
            command=aws(answers, "iam", "get-role", "--role-name", _name(answers, "assume_role")),
        )


_WEB_PAGE = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"


@CAUSES.rule("web-identity-token-missing", "Web identity token cannot be read", Severity.FAULT, links=(_WEB_PAGE,))
def _web_identity_token_missing(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.assumed)
    if failed and failed.code == WEB_IDENTITY_FILE:
        yield diagnosis(
            cause,
            Evidence(failed.message, "assume_role_with_web_identity"),
            explanation="The file is written by the CI system or by Kubernetes; the job requires the permission to "
            "request a token (`id-token: write` in GitHub Actions).",
            command=shlex.join(["ls", "-l", failed.message.partition(": ")[2]]),
        )


@CAUSES.rule("web-identity-token-expired", "Web identity token is expired", Severity.FAULT, links=(_WEB_PAGE,))
def _web_identity_token_expired(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.assumed)
    if failed and failed.operation == "AssumeRoleWithWebIdentity" and failed.code in EXPIRED_CODES:
        yield diagnosis(
            cause,
            answered(failed),
            explanation="A web identity token is valid for minutes. Request it in the step that runs Terraform.",
            command="Request a new token, and run Terraform in the same step.",
        )


@CAUSES.rule(
    "web-identity-not-trusted", "Role does not trust the web identity token", Severity.FAULT, links=(_WEB_PAGE,)
)
def _web_identity_not_trusted(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.assumed)
    if not failed or failed.operation != "AssumeRoleWithWebIdentity" or failed.way:
        return
    if failed.code in EXPIRED_CODES or failed.code == WEB_IDENTITY_FILE:
        return
    yield diagnosis(
        cause,
        answered(failed),
        answers.evidence("assume_role_with_web_identity.role_arn"),
        explanation="The trust policy of the role must name the OIDC provider, and its conditions must match the "
        "`aud` and `sub` of the token.",
        command=aws(answers, "iam", "get-role", "--role-name", _name(answers, "assume_role_with_web_identity")),
    )


def _name(answers: Answers, block: str) -> str:
    return answers.facts.text(f"{block}.role_arn").rpartition("/")[2]
