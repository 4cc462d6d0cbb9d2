"""Rules on the locks: held, stale, unreadable, out of step."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, found
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, aws, diagnosis, reconfiguration, terraform
from plainwork_core.doctor.online.lock_info import LockInfo, duration

Found = Iterator[Diagnosis]
STALE_SECONDS = 12 * 3600
"""The longest session of a role: older runs with temporary credentials have ended.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""
_UNLOCK_PAGE = "https://developer.hashicorp.com/terraform/cli/commands/force-unlock"
_WAIT = ("plan", "-lock-timeout=10m")
_NO_ID = "Terraform cannot acquire the lock, and `terraform force-unlock` requires an ID, which this one does not have."
_LOCK_PAGE = f"{BACKEND_PAGE}#state-locking"


def _locks(answers: Answers) -> Iterator[tuple[LockInfo, str]]:
    """Yield the locks that Terraform can read, with the request that returned each; one with two places once."""
    if answers.file_lock and answers.file_lock.is_readable:
        yield answers.file_lock, "s3:GetObject"
    table = answers.table_lock
    if table and table.is_readable and not (answers.file_lock and answers.file_lock.id == table.id):
        yield table, "dynamodb:GetItem"


def _held(answers: Answers, lock: LockInfo, origin: str) -> tuple[Evidence, ...]:
    version = f", version {lock.version}" if lock.version else ""
    return (Evidence(f"locked by {lock.text(answers.now)}{version}", origin), Evidence(f"lock ID `{lock.id}`", origin))


def _release(answers: Answers, lock: LockInfo) -> str:
    """Return the command that releases a stale lock, or that waits for the run that has it."""
    return terraform(answers, *(("force-unlock", lock.id) if _is_stale(answers, lock) else _WAIT))


def _is_stale(answers: Answers, lock: LockInfo) -> bool:
    age = lock.age(answers.now)
    return age is not None and age >= STALE_SECONDS


@CAUSES.rule("lock-held", "State is locked", Severity.ADVICE, links=(_LOCK_PAGE,))
def _lock_held(answers: Answers, cause: Cause) -> Found:
    for lock, origin in _locks(answers):
        if not lock.is_of_doctor and not _is_stale(answers, lock):
            yield diagnosis(
                cause,
                _held(answers, lock, origin),
                explanation="Another run probably has the lock. Release it only if that run has ended.",
                command=terraform(answers, *_WAIT),
            )


@CAUSES.rule("lock-stale", "Lock of a run that has ended remains", Severity.FAULT, links=(_UNLOCK_PAGE,))
def _lock_stale(answers: Answers, cause: Cause) -> Found:
    for lock, origin in _locks(answers):
        if not lock.is_of_doctor and _is_stale(answers, lock):
            yield diagnosis(
                cause,
                _held(answers, lock, origin),
                explanation=f"The lock is older than {duration(STALE_SECONDS)}, the longest session of a role. A run "
                "that was killed leaves its lock. Ask its owner, then release it by its ID.",
                command=terraform(answers, "force-unlock", lock.id),
            )


@CAUSES.rule("lock-of-doctor", "Lock of a killed `doctor --try-lock` remains", Severity.FAULT, links=(_UNLOCK_PAGE,))
def _lock_of_doctor(answers: Answers, cause: Cause) -> Found:
    for lock, origin in _locks(answers):
        if lock.is_of_doctor:
            yield diagnosis(
                cause,
                _held(answers, lock, origin),
                explanation="`plainwork doctor --try-lock` has a lock for seconds. This run was killed before it "
                "released its lock. It changed nothing else.",
                command=terraform(answers, "force-unlock", lock.id),
            )


@CAUSES.rule("lock-unreadable", "Lock is not of Terraform", Severity.FAULT, links=(_LOCK_PAGE,))
def _lock_unreadable(answers: Answers, cause: Cause) -> Found:
    if answers.file_lock and not answers.file_lock.is_readable:
        yield diagnosis(
            cause,
            Evidence(f"`{answers.lock_file_key}` is not a lock of Terraform", "s3:GetObject"),
            explanation=_NO_ID,
            command=aws(
                answers, "s3api", "delete-object", "--bucket", answers.bucket_name, "--key", answers.lock_file_key
            ),
        )
    if answers.table_lock and not answers.table_lock.is_readable:
        yield diagnosis(
            cause,
            Evidence(f"the item `{answers.lock_id}` has no `Info` of Terraform", "dynamodb:GetItem"),
            explanation=_NO_ID,
            command=delete_item(answers, answers.lock_id),
        )


def delete_item(answers: Answers, lock_id: str) -> str:
    """Return the command that deletes an item of the lock table."""
    key = f'{{"LockID":{{"S":"{lock_id}"}}}}'
    return aws(answers, "dynamodb", "delete-item", "--table-name", answers.table_name, "--key", key)


def _uses_both(answers: Answers) -> bool:
    """Return whether Terraform locks in both places, and both could be read."""
    return answers.uses_lock_file and bool(answers.table_name) and bool(found(answers.lock_item))


@CAUSES.rule(
    "lock-file-only", "Lock file exists without an item in the lock table", Severity.FAULT, links=(_LOCK_PAGE,)
)
def _lock_file_only(answers: Answers, cause: Cause) -> Found:
    lock = answers.file_lock
    if _uses_both(answers) and lock and lock.is_readable and answers.table_lock is None and not lock.is_of_doctor:
        yield diagnosis(
            cause,
            _held(answers, lock, "s3:GetObject"),
            Evidence(f"there is no item `{answers.lock_id}`", "dynamodb:GetItem"),
            answers.evidence("use_lockfile", "dynamodb_table"),
            explanation="With both settings a run has both locks. This one is of a run without `dynamodb_table`, or of "
            "one that was killed in between. Runs with `dynamodb_table` only do not see it.",
            command=_release(answers, lock),
        )


@CAUSES.rule("lock-item-only", "Item in the lock table has no lock file", Severity.FAULT, links=(_LOCK_PAGE,))
def _lock_item_only(answers: Answers, cause: Cause) -> Found:
    lock = answers.table_lock
    has_file = answers.file_lock is not None or not _is_absent(answers)
    if _uses_both(answers) and lock and lock.is_readable and not has_file and not lock.is_of_doctor:
        yield diagnosis(
            cause,
            _held(answers, lock, "dynamodb:GetItem"),
            Evidence(f"there is no `{answers.lock_file_key}`", "s3:GetObject"),
            answers.evidence("use_lockfile", "dynamodb_table"),
            explanation="With both settings a run has both locks. This one is of a run without `use_lockfile`, or of "
            "one that was killed in between. Runs with `use_lockfile` only do not see it.",
            command=_release(answers, lock),
        )


def _is_absent(answers: Answers) -> bool:
    failed = answers.lock_file
    return getattr(failed, "is_missing", False) is True


@CAUSES.rule("locks-differ", "Lock file and lock table have locks of two runs", Severity.FAULT, links=(_LOCK_PAGE,))
def _locks_differ(answers: Answers, cause: Cause) -> Found:
    file, table = answers.file_lock, answers.table_lock
    if not (_uses_both(answers) and file and table and file.is_readable and table.is_readable and file.id != table.id):
        return
    yield diagnosis(
        cause,
        Evidence(f"`{file.id}`, {file.text(answers.now)}", "s3:GetObject"),
        Evidence(f"`{table.id}`, {table.text(answers.now)}", "dynamodb:GetItem"),
        explanation="Two runs with different settings have a lock each, and both may write the state. Give all copies "
        "of the root module the same `use_lockfile` and `dynamodb_table`.",
        command=_release(answers, file),
    )


@CAUSES.rule(
    "lock-file-ignored", "Lock file exists, but the backend does not use it", Severity.RISK, links=(_LOCK_PAGE,)
)
def _lock_file_ignored(answers: Answers, cause: Cause) -> Found:
    lock = answers.file_lock
    if lock and lock.is_readable and not answers.uses_lock_file:
        yield diagnosis(
            cause,
            _held(answers, lock, "s3:GetObject"),
            answers.evidence("use_lockfile", "dynamodb_table"),
            explanation="Another copy of the root module has `use_lockfile = true`. The two do not exclude each other.",
            command=reconfiguration(answers, "use_lockfile=true"),
        )
