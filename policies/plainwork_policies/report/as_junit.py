"""JUnit's XML, which most CI systems read: a suite for each stack, a case for each policy and subject.

There is no official schema. https://github.com/testmoapp/junitxml lists the attributes that tools support. Some of them
ignore the attribute `message`, so the content of a failure repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plainwork_core.model.stack import Stack
from plainwork_core.repository import repository_path
from plainwork_core.text import clean
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.run_result import Problem, RunResult, StackResult
from plainwork_policies.engine.runner import Result, Status
from plainwork_policies.report import pages, place

_TAGS = {"failed": "failure", "not_evaluated": "skipped", "waived": "skipped"}


def render(run: RunResult) -> str:
    """Return a document with all results; one that is not evaluated or waived is a skipped case with its reason."""
    root = Element("testsuites", name="plainwork")
    for of in run.stacks:
        _suite(root, of)
    if run.problems:
        _errors(root, run.problems)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}'


def _suite(root: Element, of: StackResult) -> None:
    results = [result for result in of.results if result.status != "error"]
    statuses = [_status(result) for result in results]
    suite = SubElement(root, "testsuite", name=clean(of.stack.source), tests=str(len(results)), errors="0")
    suite.set("failures", str(statuses.count("failed")))
    suite.set("skipped", str(statuses.count("not_evaluated") + statuses.count("waived")))
    for result in results:
        _case(suite, result, of.stack)


def _status(result: Result) -> Status:
    """Return the status of *result*; failures that the base of a comparison accepts are a skipped case."""
    return "not_evaluated" if result.status == "failed" and not _failures(result) else result.status


def _failures(result: Result) -> list[Finding]:
    return [finding for finding in result.findings if finding.status == "failed" and not finding.is_accepted]


def _case(suite: Element, result: Result, stack: Stack) -> None:
    own = next((finding.location for finding in result.findings if finding.location), result.location)
    location = place(stack, result.address, own)
    case = SubElement(suite, "testcase", classname=result.policy.slug, name=clean(result.address or "the stack"))
    case.set("file", clean(repository_path(location.file)))
    if location.line:
        case.set("line", str(location.line))
    status = _status(result)
    if status in _TAGS:
        findings = [finding for finding in result.findings if status != "failed" or finding in _failures(result)]
        message = clean("; ".join(_message(finding) for finding in findings))
        outcome = SubElement(case, _TAGS[status], message=message)
        if status == "failed":
            outcome.set("type", findings[0].severity or result.policy.severity)
        remedies = dict.fromkeys(finding.remedy for finding in findings if finding.remedy)
        outcome.text = "\n".join([message, *map(clean, remedies), pages.url(result.policy)])


def _message(finding: Finding) -> str:
    return f"{finding.message} Waived {finding.waiver.terms}" if finding.waiver else finding.message


def _errors(root: Element, problems: Sequence[Problem]) -> None:
    number = str(len(problems))
    suite = SubElement(root, "testsuite", name="errors", tests=number, errors=number, failures="0", skipped="0")
    for problem in problems:
        message = clean(problem.message)
        case = SubElement(suite, "testcase", classname="plainwork", name=clean(problem.file or "plainwork"))
        SubElement(case, "error", message=message).text = message
