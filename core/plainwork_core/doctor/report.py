"""Writes examinations: as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

from rich.text import Text

from plainwork_core.doctor.diagnosis import HEALTHY, Diagnosis, Examination, Likelihood, Severity
from plainwork_core.terminal import console, grid
from plainwork_core.text import clean

FORMAT_VERSION = 1
_STYLES = {Severity.FAULT: "bold red", Severity.RISK: "bold yellow", Severity.ADVICE: "bold blue"}


def write_text(examinations: Sequence[Examination], stream: IO[str]) -> None:
    """Write the examinations one after the other."""
    with console(stream) as out:
        for examination in examinations:
            title = "  ".join(filter(None, (clean(examination.source), clean(examination.target)))) or "error text"
            out.print(Text(title, "bold underline"), end="\n\n")
            if examination.facts:
                out.print(grid((Text(label, "dim"), Text(clean(text))) for label, text in examination.facts.items()))
            for diagnosis in examination.diagnoses:
                out.print(grid(_lines(diagnosis)))
            for problem in examination.problems:
                text = Text.assemble((clean(problem.subject), "bold"), f": {clean(problem.reason)}")
                out.print(grid([(Text("NOT EXAMINED", "bold blue"), text)]))
            if examination.exit_code == HEALTHY:
                out.print(
                    grid(
                        [
                            (
                                Text("HEALTHY", "bold green"),
                                Text(f"No fault and no risk was found {examination.examined}."),
                            )
                        ]
                    )
                )


def _lines(diagnosis: Diagnosis) -> Iterator[tuple[Text, Text]]:
    cause = diagnosis.cause
    sure = "" if diagnosis.likelihood is Likelihood.CERTAIN else f" ({diagnosis.likelihood.name.lower()})"
    label = Text(cause.severity.upper(), _STYLES[cause.severity])
    yield label, Text.assemble((cause.title, "bold"), f"{sure}  ", (cause.name, "dim"))
    for number, evidence in enumerate(diagnosis.evidence):
        origin = f"  {clean(evidence.origin)}" if evidence.origin else ""
        yield Text("evidence" if number == 0 else "", "dim"), Text.assemble(clean(evidence.text), (origin, "dim"))
    if diagnosis.explanation:
        yield Text("cause", "dim"), Text(clean(diagnosis.explanation))
    yield Text("fix", "green"), Text(clean(diagnosis.command), "bold")
    if cause.links:
        yield Text("see", "dim"), Text(cause.links[0], "dim")


def document(examinations: Sequence[Examination]) -> dict[str, Any]:
    """Return the JSON of the examinations."""
    return {
        "format_version": FORMAT_VERSION,
        "exit_code": exit_code(examinations),
        "examinations": [_examination(examination) for examination in examinations],
    }


def exit_code(examinations: Sequence[Examination]) -> int:
    """Return 1 if one of the examinations finds an illness, otherwise 2 if one is not complete, otherwise 0."""
    codes = {examination.exit_code for examination in examinations}
    return next((code for code in (1, 2) if code in codes), HEALTHY)


def _examination(examination: Examination) -> dict[str, Any]:
    return {
        "source": examination.source,
        "target": examination.target,
        "exit_code": examination.exit_code,
        "facts": dict(examination.facts),
        "diagnoses": [_diagnosis(diagnosis) for diagnosis in examination.diagnoses],
        "not_examined": [problem._asdict() for problem in examination.problems],
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, Any]:
    location = diagnosis.location
    return {
        "cause": diagnosis.name,
        "title": diagnosis.title,
        "severity": diagnosis.cause.severity.value,
        "likelihood": diagnosis.likelihood.name.lower(),
        "explains_error": diagnosis.explains_error,
        "evidence": [evidence._asdict() for evidence in diagnosis.evidence],
        "explanation": diagnosis.explanation,
        "command": diagnosis.command,
        "location": {"file": location.file, "line": location.line} if location else None,
        "links": list(diagnosis.cause.links),
    }
