"""Rules on the settings of the bucket that protect a state."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.online.answers import Answers, failure, found
from plainwork_core.doctor.online.causes import CAUSES, answered, aws, diagnosis
from plainwork_core.doctor.online.collect import BLOCK_FLAGS, open_flags

Found = Iterator[Diagnosis]
_VERSIONING_PAGE = "https://developer.hashicorp.com/terraform/language/backend/s3#state-storage"
_NO_BLOCK = "NoSuchPublicAccessBlockConfiguration"


@CAUSES.rule("bucket-versioning-off", "State bucket is not versioned", Severity.RISK, links=(_VERSIONING_PAGE,))
def _bucket_versioning_off(answers: Answers, cause: Cause) -> Found:
    answer = answers.settings.get("GetBucketVersioning")
    if answer is not None and not failure(answer) and not found(answer).get("Status"):
        yield _versioning(answers, cause, "versioning was never enabled")


@CAUSES.rule(
    "bucket-versioning-suspended",
    "Versioning of the state bucket is suspended",
    Severity.RISK,
    links=(_VERSIONING_PAGE,),
)
def _bucket_versioning_suspended(answers: Answers, cause: Cause) -> Found:
    if found(answers.settings.get("GetBucketVersioning")).get("Status") == "Suspended":
        yield _versioning(answers, cause, "`Status` is `Suspended`")


def _versioning(answers: Answers, cause: Cause, state: str) -> Diagnosis:
    return diagnosis(
        cause,
        Evidence(state, "s3:GetBucketVersioning"),
        explanation="Each write replaces the state for good. A deleted or damaged state cannot be restored.",
        command=aws(
            answers,
            "s3api",
            "put-bucket-versioning",
            "--bucket",
            answers.bucket_name,
            "--versioning-configuration",
            "Status=Enabled",
        ),
    )


@CAUSES.rule(
    "bucket-encryption-missing",
    "State bucket has no default encryption",
    Severity.RISK,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html",),
)
def _bucket_encryption_missing(answers: Answers, cause: Cause) -> Found:
    """Amazon S3 encrypts each new object since January 2023; S3-compatible stores may not."""
    failed = failure(answers.settings.get("GetBucketEncryption"))
    if not failed or failed.code != "ServerSideEncryptionConfigurationNotFoundError":
        return
    if answers.facts.is_true("encrypt") or found(answers.state).get("ServerSideEncryption"):
        return
    yield diagnosis(
        cause,
        answered(failed),
        Evidence("`encrypt` is not set, and the state has no `x-amz-server-side-encryption`", "s3:GetObject"),
        explanation="The state, which contains secrets, is stored in plain text.",
        command=aws(
            answers,
            "s3api",
            "put-bucket-encryption",
            "--bucket",
            answers.bucket_name,
            "--server-side-encryption-configuration",
            '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}',
        ),
    )


@CAUSES.rule(
    "bucket-public-access-not-blocked",
    "State bucket does not block public access",
    Severity.RISK,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",),
)
def _bucket_public_access_not_blocked(answers: Answers, cause: Cause) -> Found:
    answer = answers.settings.get("GetPublicAccessBlock")
    failed = failure(answer)
    if answer is None or (failed and failed.code != _NO_BLOCK):
        return
    off = open_flags(answer, answers.account_block)
    if not off:
        return
    of_account = failure(answers.account_block)
    is_read = answers.account_block is not None and (of_account is None or of_account.code == _NO_BLOCK)
    yield diagnosis(
        cause,
        answered(failed) if failed else Evidence(f"off: `{'`, `'.join(off)}`", "s3:GetPublicAccessBlock"),
        *((answered(of_account),) if of_account else ()),
        explanation="An ACL or a bucket policy can make the state public."
        + ("" if is_read else " The block of the account cannot be read and may prevent it."),
        likelihood=Likelihood.CERTAIN if is_read else Likelihood.LIKELY,
        command=aws(
            answers,
            "s3api",
            "put-public-access-block",
            "--bucket",
            answers.bucket_name,
            "--public-access-block-configuration",
            ",".join(f"{flag}=true" for flag in BLOCK_FLAGS),
        ),
    )


@CAUSES.rule(
    "bucket-tls-not-required",
    "Bucket policy does not require TLS",
    Severity.ADVICE,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",),
)
def _bucket_tls_not_required(answers: Answers, cause: Cause) -> Found:
    answer = answers.settings.get("GetBucketPolicy")
    failed = failure(answer)
    if answer is None or (failed and failed.code != "NoSuchBucketPolicy"):
        return
    if failed or not _requires_tls(str(found(answer).get("Policy", ""))):
        yield diagnosis(
            cause,
            answered(failed) if failed else Evidence("no statement denies requests without TLS", "s3:GetBucketPolicy"),
            explanation="S3 also accepts requests over HTTP. Terraform uses HTTPS unless an endpoint is set to HTTP.",
            command=_tls_statement(answers),
        )


def _requires_tls(policy: str) -> bool:
    """Return whether a statement denies all requests to the objects without TLS, or may do so."""
    try:
        statements = json.loads(policy).get("Statement", [])
    except (ValueError, AttributeError):
        return True
    listed = statements if isinstance(statements, list) else [statements]
    return any(_denies_http(statement) for statement in listed if isinstance(statement, dict))


def _denies_http(statement: Mapping[str, Any]) -> bool:
    if statement.get("Effect") != "Deny":
        return False
    conditions = statement.get("Condition", {})
    keys = {key.lower() for tests in conditions.values() if isinstance(tests, dict) for key in tests}
    return bool(keys & {"aws:securetransport", "s3:tlsversion"})


def _tls_statement(answers: Answers) -> str:
    arn = answers.bucket_arn
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return f"Add to the bucket policy: {json.dumps(statement)}"


@CAUSES.rule(
    "bucket-replication-disabled",
    "Replication of the state bucket is disabled",
    Severity.ADVICE,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",),
)
def _bucket_replication_disabled(answers: Answers, cause: Cause) -> Found:
    """Apply if the bucket has rules for a replica."""
    configuration = found(answers.settings.get("GetBucketReplication")).get("ReplicationConfiguration", {})
    rules = configuration.get("Rules", [])
    if rules and all(rule.get("Status") != "Enabled" for rule in rules):
        yield diagnosis(
            cause,
            Evidence(f"no replication rule is enabled ({len(rules)} disabled)", "s3:GetBucketReplication"),
            explanation="New versions of the state are not copied to the replica.",
            command=aws(answers, "s3api", "get-bucket-replication", "--bucket", answers.bucket_name),
        )


@CAUSES.rule(
    "state-replication-failed",
    "Replication of the state failed",
    Severity.RISK,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html",),
)
def _state_replication_failed(answers: Answers, cause: Cause) -> Found:
    if found(answers.state).get("ReplicationStatus") == "FAILED":
        yield diagnosis(
            cause,
            Evidence("`x-amz-replication-status` of the state is `FAILED`", "s3:GetObject"),
            explanation="The replica has an older state: the role of the replication has no permission, or the "
            "destination is not there.",
            command=aws(answers, "s3api", "get-bucket-replication", "--bucket", answers.bucket_name),
        )
