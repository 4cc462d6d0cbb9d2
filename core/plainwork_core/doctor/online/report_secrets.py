"""Hides the credentials of the backend in a report: a server may repeat in an error what it was sent."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

from plainwork_core.doctor.diagnosis import Diagnosis, Evidence, Problem
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.secrets import hiding, is_secret_name

_VARIABLES = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SSE_CUSTOMER_KEY")
_NOT_SECRET = {"access_key"}
"""An access key id identifies, and AWS prints it."""

Report = tuple[list[Diagnosis], list[Problem], dict[str, str]]


def without_secrets(
    facts: BackendFacts, diagnoses: list[Diagnosis], problems: list[Problem], lines: dict[str, str]
) -> Report:
    """Return a report in which each secret of the settings and of the environment is hidden."""
    hide = hiding(_secrets(facts))
    return (
        [_hidden(diagnosis, hide) for diagnosis in diagnoses],
        [Problem(hide(problem.subject), hide(problem.reason)) for problem in problems],
        {label: hide(text) for label, text in lines.items()},
    )


def _secrets(facts: BackendFacts) -> Iterator[str]:
    for path, setting in facts.settings.items():
        name = path.rpartition(".")[2]
        if is_secret_name(name) and name not in _NOT_SECRET and isinstance(setting.value, str):
            yield setting.value
    yield from (os.environ.get(name, "") for name in _VARIABLES)


def _hidden(diagnosis: Diagnosis, hide: Callable[[str], str]) -> Diagnosis:
    return replace(
        diagnosis,
        evidence=tuple(Evidence(hide(one.text), hide(one.origin)) for one in diagnosis.evidence),
        explanation=hide(diagnosis.explanation),
        command=hide(diagnosis.command),
    )
