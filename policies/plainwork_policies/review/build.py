"""Builds the review of a plan from the results of a run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from plainwork_core.canary.moves import CanaryStatus, move_of
from plainwork_core.canary.splits import canaries
from plainwork_core.canary.steps import STEPS
from plainwork_core.diff.line import Line
from plainwork_core.diff.masking import Writer, hide_secrets_of
from plainwork_core.errors import InputError
from plainwork_core.model.changes import PlanParts
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Value
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.review.access import access_of
from plainwork_policies.review.changes import Reviewed, Reviewer
from plainwork_policies.review.configuration import configuration_lines, state_moves
from plainwork_policies.review.groups import groups
from plainwork_policies.review.headline import headed
from plainwork_policies.review.levels import Level, Verb
from plainwork_policies.review.model import Review, ReviewedChange, Step
from plainwork_policies.review.picture import picture_of
from plainwork_policies.review.problems import problems
from plainwork_policies.review.quantities import quantities
from plainwork_policies.review.risks import together
from plainwork_policies.review.versions import is_upgrade

_CONTROL_POLICY = "plan-deletes-security-control"
_EMPTY: tuple[Value, ...] = (None, "", [], {})
_SHOWN = ("imported", "changed outside of Terraform", "not checked")
"""Ends of notes on what the review has a section for."""
_FAILED = "failed in Terraform"
"""The end of the note on `check` blocks."""
_VERBS: tuple[Verb, ...] = ("replace", "delete", "update", "create", "forget")


def review_of(run: RunResult, steps: Sequence[float] = STEPS, base: Stack | None = None) -> Review:
    """Return the review of the only plan in *run*.

    Args:
        run: the results of the policies on the plan, compared with a base or not.
        steps: the percentages of canaries.
        base: the HCL of the plan in another revision, with which the configuration is compared.

    Raises:
        InputError: an input cannot be read, or the run does not have exactly one plan.
    """
    if run.unread:
        raise InputError(run.unread[0].message)
    plans = [result.stack for result in run.stacks if result.stack.format == "plan"]
    if len(plans) != 1 or len(run.stacks) != 1:
        found = ", ".join(result.stack.source for result in run.stacks) or "nothing"
        raise InputError(f"a review is of one plan, and the input is {found}; pass the JSON of one plan")
    (stack,) = plans
    return _review(run, stack, steps, base)


def _review(run: RunResult, stack: Stack, steps: Sequence[float], base: Stack | None) -> Review:
    parts = stack.plan_parts or PlanParts()
    acting = [
        change for change in stack.changes if not change.is_no_op or change.previous_address or change.imported_id
    ]
    write = Writer(hide_secrets_of([*acting, *parts.drift]))
    failing = _failing_controls(run)
    reviewer = Reviewer(stack, write, lambda address: address not in failing)
    reviewed = list(filter(None, map(reviewer.reviewed, acting)))
    changes = [one.change for one in reviewed]
    configuration = configuration_lines(base, stack, write) if base else ()
    risks = together((*state_moves(configuration), *(risk for one in reviewed for risk in one.risks)))
    found, unchanged, known = problems(run, frozenset(address for risk in risks for address in risk.addresses), write)
    grouped = groups([change for change in changes if change.fold is None], stack)
    drift = [one for one in map(reviewer.drift, parts.drift) if one.lines or one.verb == "delete"]
    folded = (*(change for change in changes if change.fold), *drift)
    warnings, notes = _notes(stack, write)
    content = Review(
        stack.source,
        digest_of(Path(stack.source)),
        Level.NOTHING,
        "",
        "",
        _counts(changes, len(stack.changes)),
        risks,
        access_of(stack, write),
        found,
        unchanged,
        known,
        run.comparison.base if run.comparison else "",
        configuration,
        grouped,
        folded,
        tuple(_steps(stack, steps, write)),
        tuple(_recognized(reviewed)),
        quantities(acting),
        picture_of(grouped, stack),
        actions=tuple(map(write.text, parts.actions)),
        outputs=tuple(_outputs(parts, reviewer)),
        warnings=warnings,
        notes=notes,
        terraform_version=parts.terraform_version,
    )
    return headed(content)


def _notes(stack: Stack, write: Writer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the warnings and the other notes on the plan."""
    shown = [note for note in stack.notes if not note.message.endswith(_SHOWN)]
    urgent = [note for note in shown if note.is_incomplete or note.message.endswith(_FAILED)]
    others = [note for note in shown if note not in urgent]
    return tuple(write.text(note.message) for note in urgent), tuple(write.text(note.message) for note in others)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of the plan in *file*, as `sha256sum` prints it."""
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""


def _failing_controls(run: RunResult) -> frozenset[str]:
    """Return the addresses of deleted security controls that a policy finds fault with."""
    results = (result for stack in run.stacks for result in stack.results if result.policy.slug == _CONTROL_POLICY)
    return frozenset(result.address for result in results if result.findings)


def _counts(changes: Sequence[ReviewedChange], every: int) -> tuple[tuple[str, int], ...]:
    numbers = Counter(change.verb for change in changes if change.fold not in ("read", "drift"))
    counted = [(verb, numbers[verb]) for verb in _VERBS if numbers[verb]]
    return (*counted, ("unchanged", every - len(changes)))


def _recognized(reviewed: Sequence[Reviewed]) -> Iterator[str]:
    for one in reviewed:
        yield from (note for note in one.change.notes if is_upgrade(note))


def _steps(stack: Stack, steps: Sequence[float], write: Writer) -> Iterator[Step]:
    for canary in canaries(stack):
        move = move_of(canary, steps, is_plan=True)
        if move.status is CanaryStatus.UNCHANGED:
            continue
        name, message = write.text(canary.name), write.text(move.message)
        gate = canary.gate[0] if canary.gate else ""
        yield Step(name, str(move.status), message, move.is_ok, gate, tuple(map(write.text, canary.other_changes)))


def _outputs(parts: PlanParts, reviewer: Reviewer) -> Iterator[Line]:
    for output in parts.outputs:
        if output.before in _EMPTY and output.after in _EMPTY and not output.is_sensitive:
            continue
        if output.is_sensitive:
            yield Line("~", output.name, "(sensitive)", "(sensitive)")
        else:
            yield reviewer.output_line(output.name, output.before, output.after)
