"""Rules on the permissions that no read shows: lock and write, by the policies that can be read or by `--try-lock`."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, found
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, diagnosis, reconfiguration, terraform
from plainwork_core.doctor.online.denials import Denial, denial, grant_command, predicted
from plainwork_core.doctor.online.rules.table import table_arn

Found = Iterator[Diagnosis]
_PAGE = f"{BACKEND_PAGE}#permissions-required"


def _lock_arn(answers: Answers) -> str:
    return f"{answers.bucket_arn}/{answers.lock_file_key}"


def _denied(answers: Answers, step: str, action: str, arn: str) -> Denial | None:
    """Return why *action* is denied: what `--try-lock` met in a *step*, otherwise what the policies decide."""
    failed = answers.try_lock.failures.get(step) if answers.try_lock else None
    if failed is not None and failed.is_denied:
        met = denial(answers, failed, arn)
        return None if met.action.startswith("kms:") else met
    return predicted(answers, action, arn)


def _found(answers: Answers, cause: Cause, denied: Denial | None, effect: str) -> Found:
    if denied is not None:
        yield diagnosis(
            cause,
            denied.evidence,
            Evidence(f"the caller is {answers.caller_arn}", "sts:GetCallerIdentity"),
            explanation=f"{denied.explanation} {effect}",
            command=grant_command(answers, denied),
        )


def _is_read_only(answers: Answers) -> bool:
    """Return whether the identity may read the state, and neither write nor lock it."""
    if answers.try_lock is not None or not found(answers.state):
        return False
    write = predicted(answers, "s3:PutObject", answers.object_arn)
    return write is not None and _acquisition(answers) is not None


def _acquisition(answers: Answers) -> Denial | None:
    """Return why the lock cannot be acquired."""
    file = _denied(answers, "acquire lock file", "s3:PutObject", _lock_arn(answers)) if answers.uses_lock_file else None
    table = (
        _denied(answers, "acquire lock table", "dynamodb:PutItem", table_arn(answers)) if answers.table_name else None
    )
    return file or table


@CAUSES.rule("identity-read-only", "Identity can only read the state", Severity.ADVICE, links=(_PAGE,))
def _identity_read_only(answers: Answers, cause: Cause) -> Found:
    if _is_read_only(answers):
        yield from _found(
            answers,
            cause,
            _acquisition(answers),
            "`terraform_remote_state` and `terraform plan -lock=false` work; a plan with a lock and an apply do not.",
        )


@CAUSES.rule("lock-acquire-denied", "Permission to acquire the lock is missing", Severity.FAULT, links=(_PAGE,))
def _lock_acquire_denied(answers: Answers, cause: Cause) -> Found:
    if not _is_read_only(answers):
        yield from _found(answers, cause, _acquisition(answers), "Each plan and each apply fails.")


@CAUSES.rule("lock-release-denied", "Permission to release the lock is missing", Severity.FAULT, links=(_PAGE,))
def _lock_release_denied(answers: Answers, cause: Cause) -> Found:
    """Apply if the first run would leave a lock that it cannot release."""
    if _is_read_only(answers):
        return
    effect = "The first run leaves a lock, and each further run fails."
    if answers.uses_lock_file:
        denied = _denied(answers, "release lock file", "s3:DeleteObject", _lock_arn(answers))
        yield from _found(answers, cause, denied, effect)
    if answers.table_name:
        denied = _denied(answers, "release lock table", "dynamodb:DeleteItem", table_arn(answers))
        yield from _found(answers, cause, denied, effect)


@CAUSES.rule("state-write-denied", "Permission to write the state is missing", Severity.FAULT, links=(_PAGE,))
def _state_write_denied(answers: Answers, cause: Cause) -> Found:
    if not _is_read_only(answers):
        denied = predicted(answers, "s3:PutObject", answers.object_arn)
        effect = "An apply changes resources and cannot store the result: it writes `errored.tfstate`."
        yield from _found(answers, cause, denied, effect)


@CAUSES.rule(
    "lock-conditional-writes-unsupported",
    "Store does not support conditional writes",
    Severity.RISK,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html", BACKEND_PAGE),
)
def _lock_conditional_writes_unsupported(answers: Answers, cause: Cause) -> Found:
    tried = answers.try_lock
    if tried is None:
        return
    failed = tried.failures.get("acquire lock file")
    if failed is not None and (failed.status == HTTPStatus.NOT_IMPLEMENTED or failed.code == "NotImplemented"):
        fact = answered(failed)
        effect = "Terraform cannot acquire the lock file."
    elif tried.is_overwritten:
        fact = Evidence("a second request with `If-None-Match: *` replaced the lock file", "s3:PutObject")
        effect = "Two runs both acquire the lock, and the state of one of them is lost."
    else:
        return
    yield diagnosis(
        cause,
        fact,
        answers.evidence("endpoints.s3", "use_lockfile"),
        explanation=f"`use_lockfile` requires a store with `If-None-Match`. {effect}",
        command=reconfiguration(answers, "use_lockfile=false", "dynamodb_table=..."),
    )


@CAUSES.rule("lock-not-released", "Lock of `--try-lock` could not be released", Severity.FAULT, links=(_PAGE,))
def _lock_not_released(answers: Answers, cause: Cause) -> Found:
    tried = answers.try_lock
    if tried is None or not tried.left:
        return
    yield diagnosis(
        cause,
        Evidence(f"lock ID `{tried.id}` remains: {', '.join(tried.left)}", "--try-lock"),
        *(answered(failed) for step, failed in tried.failures.items() if step.startswith("release")),
        explanation="The lock was acquired, and the request that releases it failed.",
        command=terraform(answers, "force-unlock", tried.id),
    )
