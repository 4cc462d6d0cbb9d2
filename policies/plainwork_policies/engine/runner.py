"""The runner: evaluates every policy on every subject of a stack. A policy that crashes does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.secrets import HIDDEN, hidden_value
from plainwork_policies.engine.finding import Finding, finding_of
from plainwork_policies.engine.policy import RESERVED, Policy
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.subjects import Subject

Status = Literal["passed", "failed", "not_evaluated", "waived", "error"]


@frozen(slots=True)
class Result:
    """The result of one policy on one subject.

    Args:
        policy: the policy.
        address: of the subject; `""` if the policy ended before it returned its subjects.
        location: of the subject.
        status: the worst of its findings that are not waived; `passed` without a finding, `waived` if all are waived,
            `error` if the policy crashed.
        findings: in the order in which the policy yielded them; a crash is the last.
    """

    policy: Policy
    address: str
    location: Location
    status: Status
    findings: tuple[Finding, ...] = ()


def evaluate(stack: Stack, policies: Sequence[Policy], settings: Settings) -> list[Result]:
    """Check *stack* with each of *policies*: one result for each policy and subject, in that order.

    A policy that crashes, or that yields anything but findings, has the status `error` and does not stop the others.
    A policy without the setting that it requires has no result.
    """
    return [result for policy in policies for result in _results(policy, stack, settings)]


def has_subject(policy: Policy, stack: Stack) -> bool:
    """Return whether *policy* has a subject in *stack*, or may have one."""
    try:
        return any(True for _ in policy.subjects(stack))
    except (NotEvaluated, Exception):  # noqa: BLE001  an error of the policy is reported when it has its setting
        return True


def _results(policy: Policy, stack: Stack, settings: Settings) -> Iterator[Result]:
    if policy.missing_setting(settings):
        return
    subjects: list[Subject] = []
    ended: tuple[Status, Finding] | None = None
    try:
        subjects.extend(policy.subjects(stack))
    except NotEvaluated as raised:
        ended = "not_evaluated", finding_of(raised, "")
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a policy raises is reported
        ended = "error", _crash(policy, error)
    if ended is not None:
        status, finding = ended
        yield Result(policy, "", Location(stack.source), status, (_located(finding, Location(stack.source), stack),))
    for subject in subjects:
        yield _result(policy, subject, stack, settings)


def _result(policy: Policy, subject: Subject, stack: Stack, settings: Settings) -> Result:
    findings: list[Finding] = []
    status: Status | None = None
    try:
        findings.extend(map(_checked, policy.function(subject, stack, settings)))
    except NotEvaluated as raised:
        findings.append(finding_of(raised, subject.address))
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a policy raises is reported
        findings.append(_crash(policy, error))
        status = "error"
    if not findings:
        return Result(policy, subject.address, subject.location, "passed")
    resource = stack.resource(subject.address)
    located = tuple(
        _located(_without_secrets(finding, policy, subject, resource), subject.at(finding.path), stack)
        for finding in findings
    )
    return Result(policy, subject.address, subject.location, status or worst(located), _once(located))


def _once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return each finding once: several checks of a policy may end with the same unknown value."""
    return tuple(finding for index, finding in enumerate(findings) if finding not in findings[:index])


def _checked(finding: object) -> Finding:
    if isinstance(finding, Finding) and finding.status in ("failed", "not_evaluated"):
        return finding
    raise TypeError(f"a policy yields findings, not {finding!r}")


def _without_secrets(finding: Finding, policy: Policy, subject: Subject, resource: Resource | None) -> Finding:
    """Replace a failure that is about a sensitive argument, or contains its value, by the title of the policy."""
    part = _sensitive_part(finding, subject, resource) if finding.status == "failed" else None
    if part is None:
        return finding
    message = f"`{part}` is sensitive and not shown; {policy.title}"
    path = part if f"{finding.path}.".startswith(f"{part}.") else finding.path
    remedy = "" if resource and resource.quotes_sensitive(finding.remedy) else finding.remedy
    return replace(finding, path=path, message=message, value=HIDDEN, remedy=remedy)


def _sensitive_part(finding: Finding, subject: Subject, resource: Resource | None) -> str | None:
    """Return the sensitive argument that *finding* is about, or whose value it contains."""
    readers = (getattr(block, "sensitive_part", None) for block in (resource, subject))
    part = next(filter(None, (read(finding.path) for read in readers if read)), None)
    if part is None and resource and resource.sensitive:
        part = resource.quotes_sensitive(f"{finding.message} {finding.remedy} {finding.value}")
    return part


def _located(finding: Finding, location: Location, stack: Stack) -> Finding:
    """Return *finding* with its location, and without the secrets of the stack: every report has it as it is here."""
    return replace(
        finding,
        message=stack.hide_secrets(finding.message),
        remedy=stack.hide_secrets(finding.remedy),
        value=hidden_value(finding.value, stack.hide_secrets),
        location=finding.location or location,
    )


def worst(findings: Sequence[Finding]) -> Status:
    """Return the status of a result with *findings*, of which some may be waived."""
    statuses = {finding.status for finding in findings if finding.waiver is None}
    if not statuses:
        return "waived" if findings else "passed"
    return "failed" if "failed" in statuses else "not_evaluated"


def _crash(policy: Policy, error: BaseException) -> Finding:
    place = "" if policy.id.startswith(RESERVED) else _place(error)
    return Finding("not_evaluated", f"policy {policy.id} {policy.slug} crashed{place}: {type(error).__name__}: {error}")


def _place(error: BaseException) -> str:
    """Return a clause with file and line of *error* in a custom policy."""
    from plainwork_policies.engine.own_policies import line_of_error  # noqa: PLC0415  built-in policies do not need it

    line = line_of_error(error)
    return f" at {line}" if line else ""
