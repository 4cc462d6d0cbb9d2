"""Rules on the state: whether it can be read, and whether it is the newest of its lineage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.online.answers import Answers, StateVersion, failure, found, is_denied
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, aws, diagnosis, terraform
from plainwork_core.doctor.online.denials import denial, grant_command
from plainwork_core.doctor.online.local_states import local_states

Found = Iterator[Diagnosis]
_GET_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"
_RECOVERY_PAGE = "https://developer.hashicorp.com/terraform/cli/state/recover"
_ARCHIVED = {"GLACIER", "DEEP_ARCHIVE"}


@CAUSES.rule("state-denied", "Read of the state is denied", Severity.FAULT, links=(BACKEND_PAGE, _GET_PAGE))
def _state_denied(answers: Answers, cause: Cause) -> Found:
    """Apply if the state exists: it is in the list, or AWS names the action on it."""
    failed = failure(answers.state)
    if not failed or not failed.is_denied or (is_denied(answers.bucket) and is_denied(answers.workspaces)):
        return
    denied = denial(answers, failed, answers.object_arn)
    if denied.action == "s3:ListBucket" or denied.action.startswith("kms:") or not _is_listed(answers):
        return
    yield diagnosis(
        cause,
        denied.evidence,
        answers.evidence("key"),
        explanation=denied.explanation,
        command=grant_command(answers, denied),
    )


def _is_listed(answers: Answers) -> bool:
    """Return whether the list has the state; also if the list is denied, as AWS then names `s3:ListBucket`."""
    if failure(answers.listing):
        return True
    return any(entry.get("Key") == answers.state_key for entry in found(answers.listing).get("Contents", []))


@CAUSES.rule(
    "state-missing-list-denied", "State does not exist, and its absence is hidden", Severity.FAULT, links=(_GET_PAGE,)
)
def _state_missing_list_denied(answers: Answers, cause: Cause) -> Found:
    """Without `s3:ListBucket`, S3 answers 403 for an object that does not exist."""
    failed = failure(answers.state)
    if not failed or not failed.is_denied or not is_denied(answers.workspaces) or is_denied(answers.bucket) is False:
        return
    denied = denial(answers, failed, answers.object_arn)
    if denied.action != "s3:ListBucket":
        return
    yield diagnosis(
        cause,
        denied.evidence,
        explanation="Without `s3:ListBucket` S3 answers 403 instead of 404 for an object that does not exist, so "
        "Terraform cannot create the first state.",
        command=grant_command(answers, denied),
    )


@CAUSES.rule("state-deleted", "State is deleted", Severity.FAULT, links=(_RECOVERY_PAGE,))
def _state_deleted(answers: Answers, cause: Cause) -> Found:
    """Terraform creates the resources a second time."""
    newest = next(iter(answers.versions), None)
    if answers.is_deleted and newest is not None:
        yield diagnosis(
            cause,
            Evidence("a delete marker is the current version of the state", "s3:ListObjectVersions"),
            Evidence(_described(newest), "s3:ListObjectVersions"),
            explanation="Terraform finds no state and plans to create every resource again.",
            command=_restoration(answers, newest),
        )


def _described(version: StateVersion) -> str:
    serial = f" with serial {version.head['serial']}" if "serial" in version.head else ""
    return f"version `{version.id}` of {version.modified:%Y-%m-%d %H:%M:%S} UTC{serial}"


def _restoration(answers: Answers, version: StateVersion) -> str:
    source = f"{answers.bucket_name}/{answers.state_key}?versionId={version.id}"
    target = ("--bucket", answers.bucket_name, "--key", answers.state_key)
    return aws(answers, "s3api", "copy-object", "--copy-source", source, *target)


@CAUSES.rule("state-in-another-workspace", "Only other workspaces have a state", Severity.ADVICE, links=(BACKEND_PAGE,))
def _state_in_another_workspace(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.state)
    others = workspaces(answers)
    if failed and failed.is_missing and others and not answers.is_deleted:
        yield diagnosis(
            cause,
            Evidence(f"there is no `{answers.state_key}`", "s3:GetObject"),
            Evidence(f"there are states of {', '.join(f'`{name}`' for name in others[:5])}", "s3:ListObjectsV2"),
            explanation=f"The selected workspace is `{answers.facts.workspace}`. A plan in it creates every resource.",
            command=terraform(answers, "workspace", "select", others[0]),
            likelihood=Likelihood.LIKELY,
        )


def workspaces(answers: Answers) -> list[str]:
    """Return the other workspaces that have a state."""
    prefix, key = str(answers.facts.value("workspace_key_prefix", "env:")), answers.facts.text("key")
    names = []
    for entry in found(answers.workspaces).get("Contents", []):
        name, _, rest = str(entry.get("Key", "")).removeprefix(f"{prefix}/").partition("/")
        if rest == key and name != answers.facts.workspace:
            names.append(name)
    return names


@CAUSES.rule("state-empty", "State object is empty", Severity.FAULT, links=(_RECOVERY_PAGE,))
def _state_empty(answers: Answers, cause: Cause) -> Found:
    answer = found(answers.state)
    if answer and answer.get("ContentLength") == 0:
        yield _damaged(answers, cause, "the object has 0 bytes", "Terraform takes it for a state that does not exist.")


@CAUSES.rule("state-not-json", "State object is not a state", Severity.FAULT, links=(_RECOVERY_PAGE,))
def _state_not_json(answers: Answers, cause: Cause) -> Found:
    answer = found(answers.state)
    if answer.get("IsState") is False and answer.get("ContentLength"):
        size = answer["ContentLength"]
        yield _damaged(
            answers,
            cause,
            f"the object of {size} bytes is not a JSON object with `version`",
            "Terraform cannot read it.",
        )


def _damaged(answers: Answers, cause: Cause, fact: str, effect: str) -> Diagnosis:
    older = next((version for version in answers.versions if not version.is_latest and version.head), None)
    restoration = "Restore the state from a backup with `terraform state push`."
    return diagnosis(
        cause,
        Evidence(fact, "s3:GetObject"),
        (Evidence(f"the newest version that is a state: {_described(older)}", "s3:ListObjectVersions"),)
        if older
        else (),
        explanation=effect,
        command=_restoration(answers, older) if older else restoration,
    )


def _latest(answers: Answers) -> Mapping[str, Any]:
    """Return the first members of the latest version of the list, which may be newer than the state that was read."""
    return next((version.head for version in answers.versions if version.is_latest), {})


@CAUSES.rule("state-older-than-version", "State is older than a version of it", Severity.RISK, links=(_RECOVERY_PAGE,))
def _state_older_than_version(answers: Answers, cause: Cause) -> Found:
    latest = _latest(answers)
    current, lineage = latest.get("serial"), latest.get("lineage")
    for version in answers.versions:
        serial = version.head.get("serial")
        if version.is_latest or not isinstance(current, int) or not isinstance(serial, int):
            continue
        if version.head.get("lineage") == lineage and serial > current:
            yield diagnosis(
                cause,
                Evidence(f"the state has serial {current}", "s3:GetObject"),
                Evidence(_described(version), "s3:ListObjectVersions"),
                explanation="An older state was uploaded over a newer one. Terraform does not manage what only the "
                "newer one has.",
                command=_restoration(answers, version),
            )
            return


@CAUSES.rule("state-lineage-changed", "Another state replaced it", Severity.RISK, links=(BACKEND_PAGE,))
def _state_lineage_changed(answers: Answers, cause: Cause) -> Found:
    lineage = _latest(answers).get("lineage")
    previous = next((version for version in answers.versions if not version.is_latest), None)
    other = previous.head.get("lineage") if previous else None
    if previous and lineage and other and other != lineage and not answers.was_deleted:
        yield diagnosis(
            cause,
            Evidence(f"the state has lineage `{lineage}`", "s3:GetObject"),
            Evidence(f"lineage `{other}` in {_described(previous)}", "s3:ListObjectVersions"),
            explanation="Another state was migrated here, or pushed with `-force`. Terraform does not manage what only "
            "the older one has.",
            command=_restoration(answers, previous),
            likelihood=Likelihood.LIKELY,
        )


@CAUSES.rule("state-older-than-local", "A local state is newer", Severity.RISK, links=(_RECOVERY_PAGE,))
def _state_older_than_local(answers: Answers, cause: Cause) -> Found:
    """Terraform writes `errored.tfstate` if it cannot write to the backend."""
    for local in local_states(answers.facts.directory):
        same = local.lineage and local.lineage == answers.head.get("lineage")
        serial = answers.head.get("serial")
        if same and isinstance(serial, int) and local.serial > serial:
            yield diagnosis(
                cause,
                Evidence(f"the state has serial {serial}", "s3:GetObject"),
                Evidence(f"serial {local.serial}", local.name),
                explanation="An apply could not write its result to the backend. Its changes are in this file only.",
                command=terraform(answers, "state", "push", local.name),
            )


@CAUSES.rule(
    "state-other-lineage", "A state on this machine has another lineage", Severity.RISK, links=(_RECOVERY_PAGE,)
)
def _state_other_lineage(answers: Answers, cause: Cause) -> Found:
    lineage = answers.head.get("lineage")
    for local in local_states(answers.facts.directory):
        if lineage and local.lineage and local.lineage != lineage and local.has_resources:
            yield diagnosis(
                cause,
                Evidence(f"the state has lineage `{lineage}`", "s3:GetObject"),
                Evidence(f"lineage `{local.lineage}`", local.name),
                explanation="The file is of a backend that was used before and was not migrated. Terraform does not "
                "read it; its resources are not in the state of this backend.",
                command=terraform(answers, "state", "list", f"-state={local.name}"),
            )


@CAUSES.rule(
    "state-archived",
    "State is in an archive storage class",
    Severity.FAULT,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html",),
)
def _state_archived(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.state)
    if failed and failed.code == "InvalidObjectState":
        yield diagnosis(
            cause,
            answered(failed),
            explanation="A lifecycle rule moved the state, which did not change for long. Restore it before the next "
            "run.",
            command=aws(
                answers,
                "s3api",
                "restore-object",
                "--bucket",
                answers.bucket_name,
                "--key",
                answers.state_key,
                "--restore-request",
                "Days=7",
            ),
        )
