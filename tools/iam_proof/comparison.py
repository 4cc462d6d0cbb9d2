"""The answers of the engine and of `@cloud-copilot/iam-simulate` side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from plainwork_core.iam.evaluation import Decision
from tools.iam_proof.case import Case, decided
from tools.iam_proof.corrections import corrected
from tools.iam_proof.simulator import answers


@dataclass
class Comparison:
    """What a comparison found.

    Attributes:
        decided: the answer of the engine to each case.
        settled: how many disagreements each fault of the package explains, by the ID in `settled.toml`.
        unsettled: the other disagreements: the number of the case, the answer of the package, the decision.
    """

    decided: list[str] = field(default_factory=list)
    settled: Counter[str] = field(default_factory=Counter)
    unsettled: list[tuple[int, str, Decision]] = field(default_factory=list)

    @property
    def answers(self) -> Counter[str]:
        """How many cases the engine gives each answer."""
        return Counter(self.decided)


def compare(cases: Sequence[Case]) -> Comparison:
    """Compare the answers to *cases*."""
    found = Comparison()
    decisions = [decided(case) for case in cases]
    found.decided = [decision.answer for decision in decisions]
    differing = [
        (number, answer)
        for number, (answer, decision) in enumerate(zip(answers(cases), decisions, strict=True))
        if answer != decision.answer
    ]
    tries = [(number, names, case) for number, _ in differing for names, case in corrected(cases[number])]
    agreeing: dict[int, tuple[str, ...]] = {}
    for (number, names, _), answer in zip(tries, answers([case for _, _, case in tries]), strict=True):
        if answer == decisions[number].answer:
            agreeing.setdefault(number, names)
    found.settled.update(name for names in agreeing.values() for name in names)
    found.unsettled = [(number, answer, decisions[number]) for number, answer in differing if number not in agreeing]
    return found
