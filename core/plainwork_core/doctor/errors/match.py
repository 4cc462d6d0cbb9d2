"""Which rows an error text has, and what explains it: what files prove comes before what they do not show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.errors.remote import REMOTE
from plainwork_core.doctor.errors.row import ErrorText, error_texts

_ERROR = re.compile(r"(?=\bError: )")
_OF_RESOURCE = re.compile(
    r"\bwith (?:(?:module\.[^\s,]+\.)?(?!data\.terraform_remote_state\.)(?:data\.|ephemeral\.)?\w+\.[^\s,]+,? on "
    r"\S+ line \d|provider\[)"
)
"""How Terraform says where the error of a resource or a provider is; a remote state has a backend, too."""

_LONGEST = 240
_ORIGIN = "the error text"


class Match(NamedTuple):
    """A row that an error text has.

    Attributes:
        row: the row.
        excerpt: the matching part of the text.
        values: of the groups of the pattern.
    """

    row: ErrorText
    excerpt: str
    values: Mapping[str, str]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The excerpt, and the groups that the row shows."""
        shown = ", ".join(f"{name} {self.values[name]}" for name in self.row.shows if name in self.values)
        excerpt = Evidence(f'"{self.excerpt}"', _ORIGIN)
        return (Evidence(shown, _ORIGIN), excerpt) if shown else (excerpt,)


def matches(text: str) -> list[Match]:
    """Return the rows that *text* has, the most specific first; a general one only if it has no other.

    The errors of resources and providers in *text* are not compared: their credentials and Regions may be others.
    """
    found = list(_matches(of_backend(text)))
    return [match for match in found if not match.row.is_general] or found[:1]


def of_backend(text: str) -> str:
    """Return *text* without the errors of resources and providers."""
    return "".join(error for error in _ERROR.split(text) if not _OF_RESOURCE.search(error))


def _matches(text: str) -> Iterator[Match]:
    """Yield the rows that *text* has, without those that match a part of what a more specific row has matched."""
    taken: list[tuple[int, int]] = []
    for row in error_texts():
        found = next(filter(None, (expression.search(text) for expression in row.expressions)), None)
        if found and not any(found.start() < end and start < found.end() for start, end in taken):
            taken.append(found.span())
            excerpt = found[0] if len(found[0]) <= _LONGEST else f"{found[0][:_LONGEST]}..."
            yield Match(row, excerpt, {name: value for name, value in found.groupdict().items() if value})


def explained(
    found: Iterable[Match], proven: Mapping[str, Diagnosis], causes: Mapping[str, Cause], values: Mapping[str, str]
) -> Iterator[Diagnosis]:
    """Yield what explains the rows *found*, each cause once.

    Args:
        found: the rows.
        proven: what the files show, by the name of the cause.
        causes: the causes that files can prove, by name.
        values: of the files, for the remedies.
    """
    seen: set[str] = set()
    for match in found:
        for diagnosis in _explained(match, proven, causes, values):
            if diagnosis.name not in seen:
                seen.add(diagnosis.name)
                yield diagnosis


def _explained(
    match: Match, proven: Mapping[str, Diagnosis], causes: Mapping[str, Cause], values: Mapping[str, str]
) -> Iterator[Diagnosis]:
    row = match.row
    shown = [_supported(proven[name], match) for name in row.causes if name in proven]
    yield from shown
    if row.is_proof and any(diagnosis.likelihood is Likelihood.CERTAIN for diagnosis in shown):
        return
    others = [REMOTE[name] for name in row.causes if name in REMOTE]
    if not others and not shown:
        others = [next(causes[name] for name in row.causes if name in causes and causes[name].remedy)]
    for cause in others[:1] if row.is_proof else others:
        is_first = cause is others[0]
        likelihood = Likelihood.LIKELY if is_first and not shown else Likelihood.POSSIBLE
        yield _from_text(cause, match, values, Likelihood.CERTAIN if row.is_proof else likelihood)


def _supported(diagnosis: Diagnosis, match: Match) -> Diagnosis:
    """Return a diagnosis of the files that the error text confirms."""
    is_fault = diagnosis.cause.severity is not Severity.ADVICE
    return replace(
        diagnosis,
        evidence=(*diagnosis.evidence, *match.evidence),
        likelihood=Likelihood.CERTAIN if is_fault else Likelihood.LIKELY,
        explains_error=True,
    )


def _from_text(cause: Cause, match: Match, values: Mapping[str, str], likelihood: Likelihood) -> Diagnosis:
    return Diagnosis(
        cause=cause,
        evidence=match.evidence,
        explanation=cause.explanation,
        command=cause.remedy.format_map(_Values({**values, **match.values})),
        likelihood=likelihood,
        explains_error=True,
    )


class _Values(dict[str, str]):
    """The values of a remedy; one that is not known remains a placeholder."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>"
