"""The configured backend and the one that `terraform init` stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork_core.doctor.causes.table import CAUSES, INIT
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.differences import Difference, differences
from plainwork_core.doctor.facts import BackendFacts, CachedBackend
from plainwork_core.doctor.settings import Origin

_ISSUE = "https://github.com/hashicorp/terraform/issues/28614"
_COPIES = (
    "`-migrate-state` copies the state to the new place and asks before it overwrites one there; `-reconfigure` copies "
    "nothing, so that the next plan creates everything again unless the new place has the state already"
)


@CAUSES.rule(
    "cache-unreadable",
    "File of the cached backend is broken",
    Severity.FAULT,
    links=(INIT,),
    remedy="rm .terraform/terraform.tfstate && {program} init",
)
def cache_unreadable(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check that `.terraform/terraform.tfstate` is what Terraform writes."""
    if facts.broken_cache:
        yield Diagnosis(
            cause=cause,
            evidence=(Evidence(facts.broken_cache.reason, facts.broken_cache.subject),),
            explanation="Every command reads this file first. It contains the arguments of the backend and no state, "
            "so that nothing is lost with it.",
            command=f"rm {facts.broken_cache.subject} && {facts.program} init",
        )


@CAUSES.rule(
    "cache-differs",
    "Cached backend differs from the configured one",
    Severity.FAULT,
    links=(INIT, _ISSUE),
    remedy="{program} init -reconfigure  (or -migrate-state, if the block moved to another bucket "
    "or key; with the same --backend-config, the doctor shows what differs)",
)
def cache_differs(facts: BackendFacts, cause: Cause) -> Iterable[Diagnosis]:
    """Compare type and arguments."""
    cached = facts.cached
    if cached is None or facts.problems:
        return []
    if facts.backend is None or facts.backend.type != cached.type:
        return [_type_differs(facts, cached, cause)]
    found = list(differences(facts.configured, cached))
    proven = [difference for difference in found if difference.setting]
    if proven:
        return [_arguments_differ(facts, cached, proven, cause)]
    return [_only_cached(facts, cached, found, cause)] if found and not facts.omitted and _is_complete(facts) else []


def _is_complete(facts: BackendFacts) -> bool:
    """Return whether the configuration alone has what the backend requires."""
    return {"bucket", "key"} <= facts.configured.keys()


def _type_differs(facts: BackendFacts, cached: CachedBackend, cause: Cause) -> Diagnosis:
    now = f"`{facts.backend.type}`" if facts.backend else "no backend block"
    return Diagnosis(
        cause=cause,
        evidence=(
            Evidence(f"the configuration has {now}", facts.place),
            Evidence(f"the cached backend is `{cached.type}`", cached.file),
        ),
        explanation=f"The state is in the `{cached.type}` backend. {_COPIES}.",
        command=f"{facts.program} init -migrate-state",
        location=facts.backend.location if facts.backend else None,
    )


def _arguments_differ(facts: BackendFacts, cached: CachedBackend, found: list[Difference], cause: Cause) -> Diagnosis:
    moving = [difference for difference in found if difference.moves_state]
    is_given = any(difference.setting and difference.setting.origin is Origin.GIVEN for difference in moving)
    first = (moving or found)[0].setting
    if not moving:
        explanation = (
            "Terraform stops until the new arguments are stored. The state stays in the same object: `-reconfigure` "
            "loses nothing, and `-migrate-state` has nothing to copy."
        )
    elif is_given:
        explanation = (
            "`--backend-config` selects another state than the last run of this directory. `-reconfigure` switches to "
            "it and leaves both states as they are; `-migrate-state` would copy the state of the last run over it."
        )
    else:
        explanation = f"Terraform would read another object as the state. {_COPIES}."
    flag = "-migrate-state" if moving and not is_given else "-reconfigure"
    return Diagnosis(
        cause=cause,
        evidence=(
            *(Evidence(difference.text, difference.setting.place) for difference in found if difference.setting),
            Evidence("the cached backend", cached.file),
        ),
        explanation=explanation,
        command=f"{facts.program} init {flag}",
        location=first.location if first else None,
    )


def _only_cached(facts: BackendFacts, cached: CachedBackend, found: list[Difference], cause: Cause) -> Diagnosis:
    """Return what a removed argument would be: an earlier `-backend-config` looks the same."""
    return Diagnosis(
        cause=cause,
        evidence=tuple(Evidence(difference.text, cached.file) for difference in found),
        explanation="The arguments were removed from the block, or an earlier run passed them as `-backend-config`. "
        "`-reconfigure` drops them; to keep them, pass them again.",
        command=f"{facts.program} init -reconfigure",
        likelihood=Likelihood.POSSIBLE,
    )
