"""The first line of a review: the decision that is asked for, and a sentence with the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from plainwork_core.addresses import without_keys
from plainwork_core.text import count, enumeration
from plainwork_policies.review.levels import Level, Verb
from plainwork_policies.review.model import Access, Fold, FoundProblem, Group, Review, ReviewedChange, Risk, Step
from plainwork_policies.review.nouns import noun

_QUESTIONS = {
    Level.LOSS: "Approve the loss of data?",
    Level.EXPOSURE: "Approve access for everyone?",
    Level.RESTORE: "Approve the deletion of data that must then be restored?",
    Level.OUTAGE: "Approve an interruption?",
    Level.WEAKER: "Approve less protection?",
    Level.ONE_WAY: "Approve a change that cannot be taken back?",
    Level.STATE: "Approve the move of the state?",
    Level.REJECTED: "Approve a plan that AWS rejects?",
    Level.IF_EMPTY: "Approve a deletion that succeeds only if the resource is empty?",
    Level.ACCESS: "Approve new access?",
    Level.FINDING: "Approve a plan with new findings?",
    Level.CHANGE: "Approve these changes?",
    Level.NOTHING: "Nothing to approve.",
}
_VERBS: Mapping[Verb, str] = {
    "replace": "replaces",
    "delete": "deletes",
    "update": "updates",
    "create": "creates",
    "forget": "drops",
}
_PLURALS = ("s", "x", "ch")
_CLAUSES = {
    Level.LOSS: " that cannot come back",
    Level.RESTORE: " that must be restored",
    Level.OUTAGE: " with an interruption",
    Level.WEAKER: ", which removes a protection",
    Level.ONE_WAY: " without a way back",
    Level.STATE: ", which moves the state",
    Level.REJECTED: ", which AWS rejects",
    Level.IF_EMPTY: " if empty",
}
_FOLDED: Mapping[Fold, tuple[str, str]] = {
    "tags": ("tag change", "tag changes"),
    "moved": ("moved address", "moved addresses"),
    "imported": ("import", "imports"),
    "forgotten": ("forgotten resource", "forgotten resources"),
    "after_apply": ("update known after apply", "updates known after apply"),
    "same_value": ("update to the same value", "updates to the same value"),
    "drift": ("drifted resource", "drifted resources"),
}
_ONLY: Mapping[Fold, tuple[str, str]] = {
    "tags": ("tag change", "tag changes"),
    "moved": ("move of an address", "moves of addresses"),
    "imported": ("import", "imports"),
    "forgotten": ("resource that Terraform forgets", "resources that Terraform forgets"),
    "after_apply": ("update that is known after apply", "updates that are known after apply"),
    "same_value": ("update to the same value", "updates to the same value"),
    "read": ("data source that is read", "data sources that are read"),
    "drift": ("drifted resource", "drifted resources"),
}
MAX_NAMED = 3
_Clause = tuple[Level, str]
"""A clause of the summary, and how bad it is."""
_STATE = "terraform.backend"


def headed(review: Review) -> Review:
    """Return *review* with its level, its question and its summary."""
    level = _level(review)
    return replace(review, level=level, question=_question(review, level), summary=_summary(review))


def _level(review: Review) -> Level:
    """Return the worst level."""
    gained = [line for line in review.access if line.change == "gained"]
    failed = [problem for problem in review.problems if problem.status == "failed"]
    found = [risk.level for risk in review.risks]
    found += [Level.EXPOSURE for line in gained if line.is_public]
    found += [Level.ACCESS for line in gained if not line.is_service]
    found += [Level.FINDING for step in review.steps if not step.is_ok]
    found += [Level.FINDING for problem in failed if problem.severity in ("critical", "high")]
    has_change = any(change.fold != "drift" for change in review.changes) or review.actions or review.outputs
    return min(found, default=Level.CHANGE if has_change else Level.NOTHING)


def _question(review: Review, level: Level) -> str:
    """Return the decision that is asked for."""
    wrong = [step for step in review.steps if not step.is_ok]
    if level in (Level.FINDING, Level.CHANGE) and wrong:
        return f"Approve a canary step out of order: {_moves(wrong)}?"
    if level is Level.CHANGE:
        return _question_without_risk(review)
    if level is Level.ONE_WAY and review.recognized:
        return _upgrades(review.recognized)
    drifted = sum(change.fold == "drift" for change in review.folded)
    if level is Level.NOTHING and drifted:
        return f"Nothing to approve, but {_number(drifted, 'resource')} changed outside of Terraform."
    if level is Level.NOTHING and review.warnings:
        return "Nothing to approve, but the plan has a warning."
    return _QUESTIONS[level]


def _question_without_risk(review: Review) -> str:
    changes = [change for change in review.changes if change.fold != "drift"]
    if review.steps:
        return f"Approve the canary step: {_moves(review.steps)}?"
    if not changes:
        return f"Approve a plan that only {enumeration(_beside(review), mark='')}?"
    folds = {change.fold for change in changes}
    if len(folds) == 1 and (only := folds.pop()) is not None:
        singular, plural = _ONLY[only]
        return f"Approve {len(changes)} {singular if len(changes) == 1 else plural}?"
    return _upgrades(review.recognized) if len(changes) == len(review.recognized) else _QUESTIONS[Level.CHANGE]


def _upgrades(recognized: Sequence[str]) -> str:
    return f"Approve the {recognized[0]}?" if len(recognized) == 1 else f"Approve {len(recognized)} version upgrades?"


def _moves(steps: Sequence[Step]) -> str:
    return enumeration((f"{step.name} {step.message}" for step in steps), mark="")


def _summary(review: Review) -> str:
    """Return a sentence with the worst first."""
    risky = sorted((*_risks(review.risks), *_access(review.access), *_problems(review.problems)), key=itemgetter(0))
    rest = (*_changes(review.groups, review.risks), *_beside(review), *_folded(review.folded))
    text = "; ".join((*(clause for _, clause in risky), *rest))
    if not text and review.folded:
        return f"Reads {_number(len(review.folded), 'data source')}, and changes nothing."
    return f"{text[:1].upper()}{text[1:]}." if text else "The plan changes nothing."


def _beside(review: Review) -> Iterator[str]:
    """Yield what the apply does beside the changes of resources."""
    if review.actions:
        yield f"invokes {count(len(review.actions), 'action')}"
    if review.outputs:
        yield f"changes {count(len(review.outputs), 'output')}"


def _risks(risks: Sequence[Risk]) -> Iterator[_Clause]:
    for level in sorted({risk.level for risk in risks}):
        here = [risk for risk in risks if risk.level is level]
        for verb in dict.fromkeys(risk.verb for risk in here):
            of_verb = [risk for risk in here if risk.verb == verb]
            types = Counter(type_of(address) for risk in of_verb for address in risk.addresses)
            named = [_number(number, noun(type_)) for type_, number in types.most_common(MAX_NAMED)]
            rest = sum(number for _, number in types.most_common()[MAX_NAMED:])
            listed = enumeration([*named, *([f"{rest} more"] if rest else [])], mark="")
            yield level, f"{_VERBS[verb]} {listed}{_clause(level, verb)}"


def _clause(level: Level, verb: Verb) -> str:
    return ", which deletes data" if (level, verb) == (Level.LOSS, "update") else _CLAUSES.get(level, "")


def type_of(address: str) -> str:
    """Return the resource type in *address*."""
    return "backend" if address == _STATE else without_keys(address).split(".")[-2]


def _number(number: int, name: str) -> str:
    if number == 1:
        return f"1 {name}"
    plural = f"{name[:-1]}ies" if name.endswith("y") and name[-2] not in "aeou" else name
    return f"{number} {plural if plural != name else f'{name}es' if name.endswith(_PLURALS) else f'{name}s'}"


def _access(access: Sequence[Access]) -> Iterator[_Clause]:
    public = [line for line in access if line.is_opened]
    if public:
        more = f" and {len(public) - 1} more" if len(public) > 1 else ""
        yield Level.EXPOSURE, f"opens to {public[0].principal}: {public[0].text}{more}"
    others = sum(line.change == "gained" for line in access) - len(public)
    if others:
        yield Level.ACCESS, f"grants {count(others, 'permission')}"
    if lost := sum(line.change == "lost" for line in access):
        yield Level.ACCESS, f"revokes {count(lost, 'permission')}"


def _problems(problems: Sequence[FoundProblem]) -> Iterator[_Clause]:
    failed = Counter(problem.severity for problem in problems if problem.status == "failed")
    for severity in ("critical", "high"):
        if number := failed[severity]:
            yield Level.FINDING, f"{number} {severity} {'finding' if number == 1 else 'findings'}"


def _changes(groups: Sequence[Group], risks: Sequence[Risk]) -> Iterator[str]:
    named = {address for risk in risks for address in risk.addresses}
    rest = Counter(change.verb for group in groups for change in group.changes if change.address not in named)
    for verb, text in _VERBS.items():
        if number := rest[verb]:
            yield f"{text} {count(number, 'other resource' if named else 'resource')}"


def _folded(folded: Sequence[ReviewedChange]) -> Iterator[str]:
    numbers = Counter(change.fold for change in folded)
    found = [(number, names) for fold, names in _FOLDED.items() if (number := numbers[fold])]
    if found:
        yield f"{enumeration((f'{number} {names[number > 1]}' for number, names in found), mark='')} folded"
