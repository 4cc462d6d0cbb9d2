"""What the doctor finds: causes, the evidence for them, and one command for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import IntEnum, StrEnum
from typing import Generic, NamedTuple, TypeVar

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location

HEALTHY, ILL, NOT_EXAMINED = 0, 1, 2
"""The exit codes: no fault and no risk; at least one; something could not be examined."""


class Severity(StrEnum):
    """What a cause does to the user."""

    FAULT = "fault"
    """A command of Terraform fails."""
    RISK = "risk"
    """Terraform runs, but the state can be lost, overwritten or read."""
    ADVICE = "advice"
    """Terraform runs; a later version will not, or the setting has no effect. It does not make a backend ill."""


class Likelihood(IntEnum):
    """How sure the doctor is that a cause applies. Higher is more likely."""

    POSSIBLE = 1
    """An error text has this cause among others, and nothing that was read supports it."""
    LIKELY = 2
    """What was read supports it."""
    CERTAIN = 3
    """What was read proves it."""


class Evidence(NamedTuple):
    """One fact that supports a diagnosis.

    Attributes:
        text: the fact, without a secret: "`region` is `us-east-1`".
        origin: where it is from: `main.tf:3`, `.terraform/terraform.tfstate`, `AWS_PROFILE`, `s3:HeadBucket`.
    """

    text: str
    origin: str = ""


@frozen()
class Cause:
    """A row of a table of causes.

    Args:
        name: unique in all tables; begins with the thing that is wrong: `cache-differs`, `profile-missing`.
        title: thing and fault in the present tense, as the title of a policy.
        severity: what it does.
        links: pages of AWS or Terraform that state the rule.
        explanation: why it leads to an error, for an error text that no file explains.
        remedy: the command or the edit that fixes it then. `{bucket}`, `{lock_id}`, ... are values of the error text or
            of the files.
    """

    name: str
    title: str
    severity: Severity
    links: tuple[str, ...] = ()
    explanation: str = ""
    remedy: str = ""


@frozen(kw_only=True)
class Diagnosis:
    """A cause that applies.

    Args:
        cause: the row of the table.
        evidence: the facts, the most telling first.
        explanation: why this leads to the error or the risk: one or two sentences.
        command: the one command, or the one edit, that fixes it.
        likelihood: how sure the doctor is.
        location: where the user edits; None if a file is not what is wrong.
        explains_error: whether it is a cause of the error text of the user.
    """

    cause: Cause
    evidence: tuple[Evidence, ...]
    explanation: str
    command: str
    likelihood: Likelihood = Likelihood.CERTAIN
    location: Location | None = None
    explains_error: bool = False

    @property
    def name(self) -> str:
        """The name of the cause."""
        return self.cause.name

    @property
    def title(self) -> str:
        """The title of the cause."""
        return self.cause.title

    @property
    def is_illness(self) -> bool:
        """Whether it makes the backend ill: it explains an error, or is more than an advice."""
        return self.explains_error or self.cause.severity is not Severity.ADVICE


_SEVERITIES = list(Severity)


def ranked(diagnoses: Iterable[Diagnosis]) -> list[Diagnosis]:
    """Return *diagnoses*: first those that explain the error text, then faults and risks, the most likely first.

    An advice that explains no error comes last: Terraform runs in spite of it.
    """

    def rank(found: Diagnosis) -> tuple[bool, bool, int, int]:
        return (
            not found.explains_error,
            not found.is_illness,
            -found.likelihood,
            _SEVERITIES.index(found.cause.severity),
        )

    return sorted(diagnoses, key=rank)


class Problem(NamedTuple):
    """Something that could not be examined.

    Attributes:
        subject: what: a file, an argument, a call of AWS.
        reason: why, and what makes it possible.
    """

    subject: str
    reason: str


@frozen(kw_only=True)
class Examination:
    """The result for one backend.

    Args:
        source: the root module, as the user passed it.
        target: the state: `s3://bucket/key`; "" if there is none.
        diagnoses: ranked.
        problems: what could not be examined. They result in exit code 2 if nothing is ill.
        facts: what was read, as label and text, for the header of the report; without secrets.
        examined: where a fault or a risk would be, for the report on a healthy backend.
    """

    source: str
    target: str = ""
    diagnoses: Sequence[Diagnosis] = ()
    problems: Sequence[Problem] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    examined: str = ""

    @property
    def exit_code(self) -> int:
        """1 if a diagnosis is an illness, otherwise 2 if something was not examined, otherwise 0."""
        if any(found.is_illness for found in self.diagnoses):
            return ILL
        return NOT_EXAMINED if self.problems else HEALTHY


class Undecided(Exception):  # noqa: N818  it ends a rule like NotEvaluated, and is not an error of the user
    """A rule cannot decide; `Table.examine` makes it a `Problem`.

    Args:
        subject: what is not known.
        reason: why, and what makes it known.
    """

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.problem = Problem(subject, reason)


Subject = TypeVar("Subject")
Rule = Callable[[Subject], Iterable[Diagnosis]]


class Table(Generic[Subject]):
    """Causes with the rule that finds each, in the order of the file.

    `Subject` is what the rules look at: `BackendFacts` offline, the facts and the answers of AWS online.
    """

    def __init__(self) -> None:
        self.causes: dict[str, Cause] = {}
        self._rules: dict[str, Rule[Subject]] = {}

    def rule(
        self,
        name: str,
        title: str,
        severity: Severity,
        *,
        links: tuple[str, ...] = (),
        remedy: str = "",
    ) -> Callable[[Callable[[Subject, Cause], Iterable[Diagnosis]]], Rule[Subject]]:
        """Register the decorated function as the rule of a new cause, which it gets as second argument."""
        if name in self.causes:
            raise ValueError(f"two causes are named {name!r}")
        cause = self.causes[name] = Cause(name, title, severity, links, remedy=remedy)

        def register(function: Callable[[Subject, Cause], Iterable[Diagnosis]]) -> Rule[Subject]:
            def rule(subject: Subject) -> Iterable[Diagnosis]:
                return function(subject, cause)

            self._rules[name] = rule
            return rule

        return register

    def examine(self, subject: Subject, only: Iterable[str] | None = None) -> Iterator[Diagnosis | Problem]:
        """Yield what each rule finds, and a `Problem` for each rule that cannot decide.

        Args:
            subject: what the rules look at.
            only: the names of the causes to look for; None for all.
        """
        for rule in self._rules.values() if only is None else [self._rules[name] for name in only]:
            try:
                yield from rule(subject)
            except Undecided as undecided:
                yield undecided.problem


Progress = Callable[[str], None]
"""Called with what happens next, `s3:GetBucketVersioning on acme-state`, before each call that may take time."""


def silent(_: str) -> None:
    """Show no progress."""
