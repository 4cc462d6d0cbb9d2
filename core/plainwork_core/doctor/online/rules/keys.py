"""Rules on the KMS key of the state, and on how the state is encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, failure, found
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, aws, diagnosis, reconfiguration
from plainwork_core.doctor.online.denials import denial, grant_command
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.online.key import default_key, region_of_key

Found = Iterator[Diagnosis]
_STATE_PAGE = "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html"
_S3_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html"
_KMS_CODES = {
    "KMS.DisabledException": "Disabled",
    "KMS.KMSInvalidStateException": "PendingDeletion",
}
"""The codes with which S3 reports the state of a key."""


def _state(answers: Answers) -> tuple[str, Evidence] | None:
    """Return the state of the key, and what states it."""
    metadata = found(answers.key).get("KeyMetadata", {})
    if metadata:
        state = str(metadata.get("KeyState", ""))
        return state, Evidence(f"`KeyState` of `{metadata.get('Arn', answers.key_id)}` is `{state}`", "kms:DescribeKey")
    failed = _kms_failure(answers)
    if failed and failed.code in _KMS_CODES:
        return _KMS_CODES[failed.code], answered(failed)
    return None


def _kms_failure(answers: Answers) -> Failure | None:
    """Return why S3 could not use the key, for the state or for the lock file."""
    for failed in _of_objects(answers):
        if failed.code.startswith("KMS."):
            return failed
    return None


def _of_objects(answers: Answers) -> list[Failure]:
    """Return the failures of requests for objects."""
    tried = list(answers.try_lock.failures.values()) if answers.try_lock else []
    state = failure(answers.state)
    return [state, *tried] if state else tried


def _key(answers: Answers) -> str:
    return str(found(answers.key).get("KeyMetadata", {}).get("KeyId") or answers.key_id)


def _effect(answers: Answers) -> str:
    if answers.facts.text("kms_key_id"):
        return "Terraform can neither read nor write the state."
    return "What the key encrypted cannot be read."


@CAUSES.rule("key-disabled", "KMS key of the state is disabled", Severity.FAULT, links=(_STATE_PAGE,))
def _key_disabled(answers: Answers, cause: Cause) -> Found:
    state = _state(answers)
    if state and state[0] == "Disabled":
        yield diagnosis(
            cause,
            state[1],
            answers.evidence("kms_key_id"),
            explanation=_effect(answers),
            command=aws(answers, "kms", "enable-key", "--key-id", _key(answers), region=region_of_key(answers.key_id)),
        )


@CAUSES.rule("key-pending-deletion", "KMS key of the state will be deleted", Severity.FAULT, links=(_STATE_PAGE,))
def _key_pending_deletion(answers: Answers, cause: Cause) -> Found:
    state = _state(answers)
    if state and state[0] in ("PendingDeletion", "PendingReplicaDeletion"):
        date = found(answers.key).get("KeyMetadata", {}).get("DeletionDate")
        yield diagnosis(
            cause,
            state[1],
            (Evidence(f"it will be deleted on {date:%Y-%m-%d}", "kms:DescribeKey"),) if date else (),
            explanation=f"{_effect(answers)} After the deletion the state is lost. Enable the key again afterwards.",
            command=aws(
                answers, "kms", "cancel-key-deletion", "--key-id", _key(answers), region=region_of_key(answers.key_id)
            ),
        )


@CAUSES.rule("key-not-usable", "KMS key of the state cannot be used", Severity.FAULT, links=(_STATE_PAGE,))
def _key_not_usable(answers: Answers, cause: Cause) -> Found:
    metadata = found(answers.key).get("KeyMetadata", {})
    state, spec = metadata.get("KeyState"), metadata.get("KeySpec", "SYMMETRIC_DEFAULT")
    if state in ("PendingImport", "Unavailable", "Creating", "Updating") or (metadata and spec != "SYMMETRIC_DEFAULT"):
        yield diagnosis(
            cause,
            Evidence(f"`KeyState` is `{state}`, `KeySpec` is `{spec}`", "kms:DescribeKey"),
            answers.evidence("kms_key_id"),
            explanation="S3 requires a symmetric encryption key with its key material in place.",
            command=aws(answers, "kms", "describe-key", "--key-id", _key(answers)),
        )


@CAUSES.rule("key-in-another-region", "KMS key is not in the Region of the bucket", Severity.FAULT, links=(_S3_PAGE,))
def _key_in_another_region(answers: Answers, cause: Cause) -> Found:
    given = answers.facts.text("kms_key_id")
    region = region_of_key(given)
    bucket = answers.bucket_region or answers.region
    if region and region != bucket:
        where = region
    elif given and answers.keys_elsewhere:
        where = answers.keys_elsewhere[0]
    else:
        return
    yield diagnosis(
        cause,
        Evidence(f"the key is in `{where}`, the bucket in `{bucket}`", "kms:DescribeKey"),
        answers.evidence("kms_key_id", "region"),
        explanation="S3 encrypts with keys of the Region of the bucket only. Each write of the state fails.",
        command=aws(answers, "kms", "list-aliases", region=bucket),
    )


@CAUSES.rule("key-missing", "KMS key does not exist", Severity.FAULT, links=(_S3_PAGE,))
def _key_missing(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.key)
    region = region_of_key(answers.key_id)
    is_elsewhere = bool(answers.keys_elsewhere) or (region and region != (answers.bucket_region or answers.region))
    if failed and failed.is_missing and not is_elsewhere:
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("kms_key_id", "region"),
            explanation="No key of this account and Region has this id or alias. Each write of the state fails.",
            command=aws(answers, "kms", "list-aliases"),
        )


@CAUSES.rule("key-denied", "Use of the KMS key is denied", Severity.FAULT, links=(_S3_PAGE,))
def _key_denied(answers: Answers, cause: Cause) -> Found:
    """S3 passes the denial of KMS on as its own 403; only the text names the action."""
    for failed in _of_objects(answers):
        if not failed.is_denied:
            continue
        denied = denial(answers, failed, answers.object_arn)
        if denied.action.startswith("kms:"):
            yield diagnosis(
                cause,
                denied.evidence,
                answers.evidence("kms_key_id"),
                explanation=f"{denied.explanation} S3 reports it as its own 403.",
                command=grant_command(answers, denied),
            )
            return


@CAUSES.rule(
    "state-encrypted-otherwise", "State is encrypted otherwise than the backend sets", Severity.RISK, links=(_S3_PAGE,)
)
def _state_encrypted_otherwise(answers: Answers, cause: Cause) -> Found:
    """Compare the state with the block, by which the next write encrypts it."""
    state = found(answers.state)
    wanted = answers.facts.text("kms_key_id")
    if not state or not answers.facts.is_true("encrypt"):
        return
    used, algorithm = str(state.get("SSEKMSKeyId", "")), str(state.get("ServerSideEncryption", "none"))
    own = found(answers.key).get("KeyMetadata", {})
    is_other = bool(own and used) and used not in (own.get("Arn"), own.get("KeyId"))
    if wanted and (algorithm != "aws:kms" or is_other):
        explanation = (
            "The state was written with other settings. The next write encrypts it with the key of the backend."
        )
        command = _encryption_with(answers, wanted)
    elif not wanted and not answers.facts.text("sse_customer_key") and algorithm.startswith("aws:kms"):
        explanation = (
            "`encrypt = true` without `kms_key_id` overrides the key of the bucket: the next write uses `AES256`."
        )
        command = reconfiguration(answers, f"kms_key_id={used}")
    else:
        return
    yield diagnosis(
        cause,
        Evidence(f"the state is encrypted with `{used or algorithm}`", "s3:GetObject"),
        answers.evidence("encrypt", "kms_key_id"),
        _bucket_default(answers),
        explanation=explanation,
        command=command,
    )


def _bucket_default(answers: Answers) -> tuple[Evidence, ...]:
    algorithm, key = default_key(answers)
    return (Evidence(f"the bucket encrypts with `{key or algorithm}`", "s3:GetBucketEncryption"),) if algorithm else ()


def _encryption_with(answers: Answers, key: str) -> str:
    """Return the command that writes the state again, with *key*."""
    target = ("--bucket", answers.bucket_name, "--key", answers.state_key)
    encryption = ("--server-side-encryption", "aws:kms", "--ssekms-key-id", key)
    source = f"{answers.bucket_name}/{answers.state_key}"
    return aws(answers, "s3api", "copy-object", "--copy-source", source, *target, *encryption)


@CAUSES.rule(
    "state-customer-key-missing",
    "State is encrypted with a key of the customer (SSE-C)",
    Severity.FAULT,
    links=(BACKEND_PAGE, "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html"),
)
def _state_customer_key_missing(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.state)
    if failed and failed.code == "InvalidRequest" and "Server Side Encryption" in failed.message:
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("sse_customer_key", "encrypt"),
            explanation="S3 requires the same key for each read. Set `encrypt = true` and `AWS_SSE_CUSTOMER_KEY`.",
            command="export AWS_SSE_CUSTOMER_KEY=...",
        )
