"""The lock of the state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.aws.regions import is_aws_endpoint
from plainwork_core.aws.s3_backend import LOCKFILE_SINCE, TABLE_DEPRECATED_SINCE
from plainwork_core.doctor.causes.table import BACKEND, CAUSES, may_be_version
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.settings import Origin, Setting
from plainwork_core.model.values import Value, is_known

_LOCKING = f"{BACKEND}#state-locking"
_CONDITIONAL = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html"
_TRUE = (True, "true")


@CAUSES.rule("lock-missing", "Backend has no lock", Severity.RISK, links=(_LOCKING,))
def lock_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `use_lockfile` or `dynamodb_table`."""
    if facts.omitted or _has_unknown(facts, "use_lockfile", "dynamodb_table") or _kinds(facts):
        return
    has_lockfile = may_be_version(facts, LOCKFILE_SINCE)
    yield Diagnosis(
        cause=cause,
        evidence=(Evidence("`use_lockfile` is not true and `dynamodb_table` is not set", facts.place),),
        explanation="Two runs at the same time overwrite each other's state: what one of them created is in no state.",
        command=f"Set `use_lockfile = true`, then run {facts.program} init -reconfigure"
        if has_lockfile
        else "Set `dynamodb_table` to a table with the partition key `LockID`",
        location=facts.backend.location if facts.backend else None,
    )


@CAUSES.rule("lock-kinds-differ", "Two users of the state have no common lock", Severity.RISK, links=(_LOCKING,))
def lock_kinds_differ(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare the kinds of lock with those of the other root modules with the same state."""
    own = _kinds(facts)
    for other in facts.others:
        theirs = _kinds_of(other.values)
        if other.has_state_of(facts) and own and theirs and not own & theirs:
            yield Diagnosis(
                cause=cause,
                evidence=(
                    *(facts.settings[name].evidence for name in sorted(own)),
                    Evidence(
                        f"`{other.source}` has only {' and '.join(f'`{name}`' for name in sorted(theirs))}", other.place
                    ),
                ),
                explanation="A lock in DynamoDB does not stop a run that uses the lock file, and the other way round: "
                "the state that is written last wins.",
                command="Set `dynamodb_table` and `use_lockfile = true` in both until every run has both",
                location=facts.settings[min(own)].location,
            )
            return


@CAUSES.rule("lockfile-unsupported", "Version of Terraform has no lock file", Severity.FAULT, links=(_LOCKING,))
def lockfile_unsupported(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare the pinned version, or `required_version`, with that of `use_lockfile`."""
    setting = facts.configured.get("use_lockfile")
    if setting and not may_be_version(facts, LOCKFILE_SINCE):
        versions = facts.versions
        evidence = (
            Evidence(f"the version is {versions.known}", "the program" if versions.installed else versions.pinned_by)
            if versions.known
            else Evidence(f"`required_version` is `{versions.required}`", facts.source)
        )
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence, evidence),
            explanation="`use_lockfile` exists since Terraform 1.10 and OpenTofu 1.10; an earlier version rejects it.",
            command="Use 1.10 or later, or set `dynamodb_table` in place of `use_lockfile`",
            location=setting.location,
        )


@CAUSES.rule(
    "lock-table-deprecated",
    "Backend locks with DynamoDB only, which is deprecated",
    Severity.ADVICE,
    links=(_LOCKING,),
    remedy="Add `use_lockfile = true`, then run {program} init -reconfigure",
)
def lock_table_deprecated(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `dynamodb_table` without `use_lockfile`."""
    setting = facts.setting("dynamodb_table")
    is_deprecated = not facts.is_for_opentofu and may_be_version(facts, TABLE_DEPRECATED_SINCE)
    if setting and is_deprecated and _kinds(facts) == {"dynamodb_table"} and not _has_unknown(facts, "use_lockfile"):
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence,),
            explanation="Terraform 1.11 deprecates the table. With both arguments, all runs share a lock.",
            command=f"Add `use_lockfile = true` beside it, then run {facts.program} init -reconfigure",
            location=setting.location,
        )


@CAUSES.rule(
    "conditional-writes-unknown",
    "Lock file requires conditional writes of a store that is not AWS",
    Severity.ADVICE,
    links=(_CONDITIONAL,),
)
def conditional_writes_unknown(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `use_lockfile` with the endpoint of another store."""
    lock_file, endpoint = facts.setting("use_lockfile"), facts.endpoint("s3")
    is_configured = endpoint is not None and endpoint.origin is not Origin.ENVIRONMENT
    is_other = endpoint and isinstance(endpoint.value, str) and not is_aws_endpoint(endpoint.value)
    if endpoint and is_configured and is_other and lock_file and lock_file.value in _TRUE:
        yield Diagnosis(
            cause=cause,
            evidence=(lock_file.evidence, endpoint.evidence),
            explanation="The lock file is written with `If-None-Match: *`. A store that rejects the header fails with "
            "501 NotImplemented; one that ignores it gives the lock to two runs at once.",
            command="plainwork doctor --online --try-lock  (acquires the lock twice; the store must reject the second)",
            location=lock_file.location,
        )


def _has_unknown(facts: BackendFacts, *paths: str) -> bool:
    return not all(is_known(facts.value(path)) for path in paths)


def _kinds(facts: BackendFacts) -> set[str]:
    return _kinds_of({name: _value(facts.setting(name)) for name in ("use_lockfile", "dynamodb_table")})


def _value(setting: Setting | None) -> Value:
    return setting.value if setting else None


def _kinds_of(values: Mapping[str, Value]) -> set[str]:
    """Return the arguments that make a lock; an unknown one counts as one."""
    found = {name for name in ("use_lockfile", "dynamodb_table") if not is_known(values.get(name))}
    if values.get("use_lockfile") in _TRUE:
        found.add("use_lockfile")
    if isinstance(table := values.get("dynamodb_table"), str) and table:
        found.add("dynamodb_table")
    return found
