"""What could not be examined, and what makes it possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plainwork_core.doctor.diagnosis import Diagnosis, Problem
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.online.answers import Answers, failure, found, is_denied, is_missing
from plainwork_core.doctor.online.collect import BUCKET_SETTINGS
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.text import enumeration

_REQUIRED = ("bucket", "key", "region")
_ABSENT = {
    "NoSuchBucketPolicy",
    "NoSuchPublicAccessBlockConfiguration",
    "ReplicationConfigurationNotFoundError",
    "ServerSideEncryptionConfigurationNotFoundError",
}
"""Codes that state that a setting of a bucket is not set."""
_UNSUPPORTED = {"NotImplemented", "501", "MethodNotAllowed", "405"}


def missing_settings(facts: BackendFacts) -> Iterator[Problem]:
    """Yield a problem for each setting without which nothing can be asked."""
    if facts.type != "s3":
        yield Problem("backend", f"`--online` examines the S3 backend; this one is `{facts.type or 'not configured'}`")
        return
    for path in _REQUIRED:
        if not facts.text(path):
            reason = "is unknown" if facts.setting(path) else "is not set"
            yield Problem(f"`{path}`", f"{reason}; pass `--backend-config={path}=...`")


def problems(answers: Answers, diagnoses: Sequence[Diagnosis]) -> Iterator[Problem]:
    """Yield what was not examined although the bucket could be reached."""
    if not diagnoses and (first := _first_failure(answers)):
        yield Problem(first.action, first.text)
        return
    if answers.bucket is None or failure(answers.bucket):
        return
    for operation, text in _unread(answers):
        yield Problem(operation, text)


def _first_failure(answers: Answers) -> Failure | None:
    """Return the failure because of which the examination ended."""
    listed = failure(answers.workspaces)
    ended = (answers.session, answers.assumed, answers.caller, answers.bucket, None if is_denied(listed) else listed)
    state = failure(answers.state)
    every = (*ended, None if is_missing(state) else state, answers.lock_item)
    return next((failed for answer in every if (failed := failure(answer))), None)


def _unread(answers: Answers) -> Iterator[tuple[str, str]]:
    failed = [one for operation in BUCKET_SETTINGS if (one := failure(answers.settings.get(operation))) is not None]
    denied = [one.action for one in failed if one.is_denied and one.code not in _ABSENT]
    if denied:
        yield (
            "bucket settings",
            f"{enumeration(f'`{action}`' for action in denied)} {'is' if len(denied) == 1 else 'are'} denied",
        )
    for one in failed:
        if not one.is_denied and one.code not in _ABSENT | _UNSUPPORTED:
            yield one.action, one.text
    versions = failure(answers.version_list)
    if versions and versions.is_denied:
        yield "versions of the state", f"`{versions.action}` is denied"
    key = failure(answers.key)
    if key and not key.is_missing:
        yield "KMS key", f"`{key.action}` is denied" if key.is_denied else key.text
    if found(answers.state).get("ContentLength") and found(answers.state).get("IsState") is None:
        yield "content of the state", "it is too large to be read"
