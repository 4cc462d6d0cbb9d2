"""The bucket and the key of the state."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.state_keys import slash_error
from plainwork_core.doctor.causes.table import BACKEND, CAUSES
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.facts import BackendFacts


@CAUSES.rule(
    "key-invalid",
    "Key of the state is invalid",
    Severity.FAULT,
    links=(f"{BACKEND}#key",),
    remedy='Set `key = "environment/component.tfstate"`',
)
def key_invalid(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check slashes, and that it is not empty."""
    setting, key = facts.setting("key"), facts.text("key")
    problem = slash_error(key)
    if setting and (problem or setting.value == ""):
        corrected = "/".join(filter(None, key.split("/")))
        yield Diagnosis(
            cause=cause,
            evidence=(Evidence(f"`key` is `{key}`, which {problem or 'is empty'}", setting.place),),
            explanation="Terraform rejects the key when it initializes the backend.",
            command=f'Set `key = "{corrected or "environment/component.tfstate"}"`',
            location=setting.location,
        )


@CAUSES.rule("prefix-invalid", "Workspace key prefix is invalid", Severity.FAULT, links=(BACKEND,))
def prefix_invalid(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the slashes of `workspace_key_prefix`."""
    setting, prefix = facts.setting("workspace_key_prefix"), facts.text("workspace_key_prefix")
    if setting and prefix != prefix.strip("/"):
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence,),
            explanation="Terraform rejects a prefix that begins or ends with `/`.",
            command=f'Set `workspace_key_prefix = "{prefix.strip("/")}"`',
            location=setting.location,
        )


@CAUSES.rule(
    "bucket-not-a-name",
    "Bucket is a URL or a path, not a name",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",),
)
def bucket_not_a_name(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `s3://bucket` and `bucket/folder`; the ARN of an access point is accepted."""
    setting, bucket = facts.setting("bucket"), facts.text("bucket")
    if setting and ((bucket == "" and setting.value == "") or ("/" in bucket and not bucket.startswith("arn:"))):
        name, _, folder = bucket.partition("://")[2].partition("/") if "://" in bucket else bucket.partition("/")
        move = f"; put `{folder}/` before `key`" if folder else ""
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence,),
            explanation="S3 finds no bucket of this name.",
            command=f'Set `bucket = "{name or "…"}"`{move}',
            location=setting.location,
        )
