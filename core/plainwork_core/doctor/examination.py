"""Examines one root module, with an error text or without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from plainwork_core.doctor.diagnosis import Diagnosis, Examination, Likelihood, Problem, ranked
from plainwork_core.doctor.facts import BackendFacts

_HEADER = ("region", "profile", "endpoints.s3", "dynamodb_table", "use_lockfile")
_OFFLINE, _ONLINE = "in the files and the environment", "in the files, the environment and the answers of AWS"
_OF_RESOURCES = "only errors of resources or providers; the doctor examines the backend"
_UNKNOWN_ERROR = "no row of the table matches; errors of the S3 backend are known, not those of providers or of HCL"


class Online(NamedTuple):
    """What `plainwork_core.doctor.online.examine` returns.

    Attributes:
        diagnoses: what is wrong at AWS.
        problems: what could not be examined there.
        facts: lines for the header of the report.
        settled: the names of causes that files suggest, and that the answers of AWS or of the store decide.
    """

    diagnoses: Sequence[Diagnosis] = ()
    problems: Sequence[Problem] = ()
    facts: Mapping[str, str] = MappingProxyType({})
    settled: frozenset[str] = frozenset()


NOT_ASKED = Online()


def examine(facts: BackendFacts, error: str = "", online: Online = NOT_ASKED) -> Examination:
    """Return what the facts and AWS prove, and what explains the text *error*.

    Without an error text, a cause that is only possible is not reported.

    Args:
        facts: what files and the environment contain.
        error: the text; "" without one.
        online: what AWS answered. Its diagnosis of a cause comes before that of the files.
    """
    from plainwork_core.doctor.causes import CAUSES  # noqa: PLC0415  an error text alone does not need them

    found = list(CAUSES.examine(facts) if facts.type == "s3" else _without_s3(facts))
    asked = {diagnosis.name for diagnosis in online.diagnoses} | online.settled
    of_files = [item for item in found if isinstance(item, Diagnosis) and item.name not in asked]
    proven = [*online.diagnoses, *of_files]
    problems = [*facts.problems, *(item for item in found if isinstance(item, Problem)), *online.problems]
    explaining, unknown = _of_error(error, proven, _values(facts))
    names = {diagnosis.name for diagnosis in explaining}
    others = [item for item in proven if item.name not in names and item.likelihood is not Likelihood.POSSIBLE]
    return Examination(
        source=facts.source,
        target=facts.target,
        diagnoses=ranked([*explaining, *others]),
        problems=[*problems, *unknown],
        facts={**dict(_header(facts)), **online.facts},
        examined=_OFFLINE if online is NOT_ASKED else _ONLINE,
    )


def _without_s3(facts: BackendFacts) -> Iterator[Diagnosis | Problem]:
    """Yield what is known about a root module with another backend, which may have had an S3 backend before."""
    from plainwork_core.doctor.causes import CAUSES  # noqa: PLC0415  as above

    yield from CAUSES.examine(facts, only=("cache-unreadable", "cache-differs"))
    if not facts.problems:
        found = f"the backend is `{facts.type}`" if facts.type else "there is no backend block"
        yield Problem(facts.place, f"{found}; only S3 backends are examined")


def examine_error(error: str) -> Examination:
    """Return what explains the text *error*, without a root module."""
    explaining, unknown = _of_error(error, [], {"program": "terraform"})
    return Examination(source="", diagnoses=ranked(explaining), problems=unknown)


def _of_error(error: str, proven: list[Diagnosis], values: dict[str, str]) -> tuple[list[Diagnosis], list[Problem]]:
    if not error:
        return [], []
    from plainwork_core.doctor.causes import CAUSES  # noqa: PLC0415  as above
    from plainwork_core.doctor.errors import explained, matches, of_backend  # noqa: PLC0415  few runs have an error text

    by_name: dict[str, Diagnosis] = {}
    for diagnosis in proven:
        by_name.setdefault(diagnosis.name, diagnosis)
    found = list(explained(matches(error), by_name, CAUSES.causes, values))
    reason = _UNKNOWN_ERROR if of_backend(error) else _OF_RESOURCES
    return found, [] if found else [Problem("the error text", reason)]


def _values(facts: BackendFacts) -> dict[str, str]:
    """Return the values of the remedies that the files have."""
    known = {
        "bucket": facts.text("bucket"),
        "key": facts.state_key,
        "region": facts.text("region"),
        "table": facts.text("dynamodb_table"),
        "kms_key": facts.text("kms_key_id"),
        "role_arn": facts.text("assume_role.role_arn"),
        "profile": facts.profile_name or "",
    }
    return {"program": facts.program, **{name: value for name, value in known.items() if value}}


def _header(facts: BackendFacts) -> Iterator[tuple[str, str]]:
    """Yield what a reader checks first: what Terraform uses, and what sets it."""
    if facts.workspace_origin:
        yield "workspace", f"{facts.workspace} ({facts.workspace_origin})"
    for path in _HEADER:
        if setting := facts.setting(path):
            yield path, f"{setting.shown} ({setting.place})"
    if facts.cached:
        version = f", Terraform {facts.cached.terraform_version}" if facts.cached.terraform_version else ""
        yield "initialized", f"{facts.cached.type} backend{version} ({facts.cached.file})"
