"""The native runner: every policy on every subject of a stack, and nothing that happens in one stops another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_policies.engine.policy import Finding, HasSensitiveValues, Policy, Subject
from plainwork_policies.engine.settings import Settings

SENSITIVE = "(sensitive)"
Verdict = Literal["pass", "fail", "unknown", "error"]


@dataclass(frozen=True)
class Result:
    """What one policy says of one subject.

    Args:
        policy: who judges.
        address: the subject's; `""` where the policy crashed before it named one.
        location: the subject's.
        verdict: the worst of its findings; `pass` where there is none, `error` where the policy crashed.
        findings: all that it yielded; the crash is the last, as one that could not be evaluated.
    """

    policy: Policy
    address: str
    location: Location
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


def evaluate(stack: Stack, policies: Sequence[Policy], settings: Settings) -> list[Result]:
    """Judge *stack* by each of *policies*: one result for each policy and subject, in that order.

    A policy that raises, or that yields anything but findings, gives the verdict `error` and stops no other.
    """
    return [result for policy in policies for result in _results(policy, stack, settings)]


def _results(policy: Policy, stack: Stack, settings: Settings) -> Iterator[Result]:
    subjects: list[Subject] = []
    try:
        subjects.extend(policy.subjects(stack))
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a policy raises is reported, never passed over
        yield Result(policy, "", Location(stack.source), "error", (_crash(policy, error),))
    for subject in subjects:
        yield _result(policy, subject, stack, settings)


def _result(policy: Policy, subject: Subject, stack: Stack, settings: Settings) -> Result:
    findings: list[Finding] = []
    verdict: Verdict
    try:
        found = map(_checked, policy.function(subject, stack, settings))
        findings.extend(
            _located(_shown(finding, policy, subject, stack.resource(subject.address)), subject) for finding in found
        )
        verdict = _worst(findings)
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a policy raises is reported, never passed over
        findings.append(_crash(policy, error))
        verdict = "error"
    return Result(policy, subject.address, subject.location, verdict, tuple(findings))


def _checked(finding: object) -> Finding:
    if isinstance(finding, Finding) and finding.verdict in ("fail", "unknown"):
        return finding
    raise TypeError(f"a policy yields findings made by fail() or not_evaluated(), not {finding!r}")


def _shown(finding: Finding, policy: Policy, subject: Subject, resource: Resource | None) -> Finding:
    """Leave out of a failure what a plan says must not be shown; the policy's title is all that is left to say."""
    part = _sensitive_part(finding, subject, resource) if finding.verdict == "fail" else None
    if part is None:
        return finding
    message = f"has a sensitive `{part}`, which is not shown: {policy.title[0].lower()}{policy.title[1:]}"
    path = part if f"{finding.path}.".startswith(f"{part}.") else finding.path
    remedy = "" if resource and resource.quotes_sensitive(finding.remedy) else finding.remedy
    return replace(finding, path=path, message=message, value=SENSITIVE, remedy=remedy)


def _sensitive_part(finding: Finding, subject: Subject, resource: Resource | None) -> str | None:
    """Return the sensitive argument that *finding* is about, or that it quotes."""
    holders: tuple[object, ...] = (resource, subject)
    parts = (each.sensitive_part(finding.path) for each in holders if isinstance(each, HasSensitiveValues))
    part = next(filter(None, parts), None)
    if part is None and resource and resource.sensitive:
        part = resource.quotes_sensitive(f"{finding.message} {finding.remedy} {finding.value}")
    return part


def _located(finding: Finding, subject: Subject) -> Finding:
    return replace(finding, location=subject.at(finding.path))


def _worst(findings: Sequence[Finding]) -> Verdict:
    verdicts = {finding.verdict for finding in findings}
    return next((verdict for verdict in ("fail", "unknown") if verdict in verdicts), "pass")


def _crash(policy: Policy, error: BaseException) -> Finding:
    return Finding("unknown", f"policy {policy.id} {policy.slug} crashed: {type(error).__name__}: {error}")
