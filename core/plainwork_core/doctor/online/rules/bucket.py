"""Rules on the bucket: whether it exists, where it is, who owns it, and who may list it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from plainwork_core.aws.s3_backend import DEFAULT_WORKSPACE_KEY_PREFIX
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.online.answers import Answers, failure, found, is_denied
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, aws, diagnosis, reconfiguration
from plainwork_core.doctor.online.denials import denial, grant_command

Found = Iterator[Diagnosis]
_HEAD_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html"
_REDIRECTS = (301, 307, 400)
_REDIRECT_CODES = {"301", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}


@CAUSES.rule("bucket-missing", "State bucket does not exist", Severity.FAULT, links=(BACKEND_PAGE, _HEAD_PAGE))
def _bucket_missing(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.bucket)
    if failed and not failed.way and (failed.code == "NoSuchBucket" or failed.status == HTTPStatus.NOT_FOUND):
        yield diagnosis(
            cause,
            answered(failed),
            answers.evidence("bucket", "endpoints.s3", "profile"),
            explanation="No account has a bucket with this name. It is misspelled, deleted, or not created yet: "
            "Terraform does not create it.",
            command=_creation(answers),
        )


def _creation(answers: Answers) -> str:
    location = (
        ()
        if answers.region == "us-east-1"
        else ("--create-bucket-configuration", f"LocationConstraint={answers.region}")
    )
    return aws(answers, "s3api", "create-bucket", "--bucket", answers.bucket_name, *location)


@CAUSES.rule(
    "bucket-in-another-region", "State bucket is in another Region", Severity.FAULT, links=(BACKEND_PAGE, _HEAD_PAGE)
)
def _bucket_in_another_region(answers: Answers, cause: Cause) -> Found:
    region = answers.bucket_region
    failed = failure(answers.bucket)
    is_redirected = answers.bucket_status in _REDIRECTS or (failed is not None and failed.code in _REDIRECT_CODES)
    if region and region != answers.region and (is_redirected or answers.is_aws):
        yield diagnosis(
            cause,
            Evidence(f"the bucket is in `{region}`", "s3:HeadBucket"),
            answers.evidence("region", "bucket"),
            explanation="Terraform sends its requests to the Region of the backend, and does not follow the redirect.",
            command=reconfiguration(answers, f"region={region}"),
        )


@CAUSES.rule(
    "bucket-of-another-account",
    "State bucket belongs to another account",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html",),
)
def _bucket_of_another_account(answers: Answers, cause: Cause) -> Found:
    if not (is_denied(answers.bucket) and is_denied(answers.workspaces)):
        return
    own = {bucket.get("Name") for bucket in found(answers.own_buckets).get("Buckets", [])}
    if answers.own_buckets is None or failure(answers.own_buckets) or answers.bucket_name in own:
        return
    yield diagnosis(
        cause,
        Evidence(f"account {answers.account or 'of the credentials'} has no bucket with this name", "s3:ListBuckets"),
        Evidence("the bucket exists, and access is denied", "s3:HeadBucket"),
        answers.evidence("bucket", "profile"),
        explanation="The names of buckets are global: the credentials are of the wrong account, or the bucket policy "
        "of the other account does not allow this identity.",
        command=aws(answers, "sts", "get-caller-identity"),
    )


@CAUSES.rule(
    "bucket-denied",
    "Access to the state bucket is denied",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",),
)
def _bucket_denied(answers: Answers, cause: Cause) -> Found:
    """Apply if all requests for bucket and state are denied, and the bucket is not known to be of another account."""
    own = {bucket.get("Name") for bucket in found(answers.own_buckets).get("Buckets", [])}
    listed = failure(answers.workspaces)
    if not (is_denied(answers.bucket) and listed and listed.is_denied and is_denied(answers.state)):
        return
    if answers.own_buckets is not None and not failure(answers.own_buckets) and answers.bucket_name not in own:
        return
    if _hides_absence(answers):
        return
    denied = denial(answers, listed, answers.bucket_arn)
    yield diagnosis(
        cause,
        denied.evidence,
        Evidence(f"the caller is {answers.caller_arn or 'unknown'}", "sts:GetCallerIdentity"),
        explanation=denied.explanation,
        command=grant_command(answers, denied, everything=True),
    )


def _hides_absence(answers: Answers) -> bool:
    """Return whether the state is denied only because it does not exist and the list is denied."""
    failed = failure(answers.state)
    return failed is not None and denial(answers, failed, answers.object_arn).action == "s3:ListBucket"


@CAUSES.rule("bucket-list-denied", "List of the workspaces is denied", Severity.FAULT, links=(BACKEND_PAGE,))
def _bucket_list_denied(answers: Answers, cause: Cause) -> Found:
    """Terraform accepts this error with the default prefix of the workspaces only, and in the default workspace."""
    listed = failure(answers.workspaces)
    prefix = answers.facts.value("workspace_key_prefix", DEFAULT_WORKSPACE_KEY_PREFIX)
    is_default = prefix == DEFAULT_WORKSPACE_KEY_PREFIX and answers.facts.workspace == "default"
    if not listed or not listed.is_denied or is_default or is_denied(answers.state):
        return
    denied = denial(answers, listed, answers.bucket_arn)
    yield diagnosis(
        cause,
        denied.evidence,
        answers.evidence("workspace_key_prefix"),
        explanation=f"{denied.explanation} Terraform lists the workspaces before each command.",
        command=grant_command(answers, denied),
    )


@CAUSES.rule(
    "bucket-is-replica",
    "State bucket is the destination of a replication",
    Severity.RISK,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html",),
)
def _bucket_is_replica(answers: Answers, cause: Cause) -> Found:
    if found(answers.state).get("ReplicationStatus") == "REPLICA":
        yield diagnosis(
            cause,
            Evidence("`x-amz-replication-status` of the state is `REPLICA`", "s3:GetObject"),
            answers.evidence("bucket"),
            explanation="The state was written to another bucket and copied here. A write here is not copied back, and "
            "the next write there replaces it.",
            command=aws(answers, "s3api", "head-object", "--bucket", answers.bucket_name, "--key", answers.state_key),
            likelihood=Likelihood.LIKELY,
        )
