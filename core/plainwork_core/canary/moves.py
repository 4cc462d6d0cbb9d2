"""The change of a canary's percentage by a plan: a status and a message."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from plainwork_core.canary.steps import weights
from plainwork_core.model.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork_core.canary.splits import Canary, Part, Split


class CanaryStatus(StrEnum):
    """Statuses of a canary in one input."""

    UNCHANGED = "UNCHANGED"
    """The percentage does not change, or the input is not a plan."""

    NEXT_STEP = "NEXT STEP"
    """The plan takes the next step."""

    ROLLBACK = "ROLLBACK"
    """The plan reduces the percentage."""

    SKIPPED_STEP = "SKIPPED STEP"
    """The plan leaves out a step, or a new canary starts above the first step."""

    NEW = "NEW"
    """The plan creates the canary."""

    PROMOTED = "PROMOTED"
    """The canary variant becomes the stable variant."""

    REMOVED = "REMOVED"
    """The plan deletes the canary."""

    INVALID_STEP = "INVALID STEP"
    """The percentage is not one of the steps."""

    MIXED = "MIXED"
    """Records disagree, or the plan changes more than weights."""

    NOT_EVALUATED = "NOT EVALUATED"
    """A weight is an unknown value."""


_FAILED = {CanaryStatus.SKIPPED_STEP, CanaryStatus.INVALID_STEP, CanaryStatus.MIXED}


class Move(NamedTuple):
    """What an input does to one canary."""

    status: CanaryStatus
    message: str

    @property
    def is_ok(self) -> bool:
        """Whether the plan may be applied: no step is left out, and no weight is unknown."""
        return self.status not in _FAILED and self.status is not CanaryStatus.NOT_EVALUATED


def move_of(canary: Canary, steps: Sequence[float], *, is_plan: bool) -> Move:
    """Return the move of a canary.

    Args:
        canary: a canary of one input.
        steps: the steps of the deployment.
        is_plan: whether the input is a plan; other inputs do not contain the deployed weights.
    """
    moves = {_part_move(part, steps, is_plan=is_plan) for part in canary.parts}
    if len(moves) > 1:
        parts = "; ".join(f"{part.address} {_part_move(part, steps, is_plan=is_plan).message}" for part in canary.parts)
        return Move(CanaryStatus.MIXED, f"the records disagree: {parts}")
    (move,) = moves
    if canary.other_changes and move.status in {CanaryStatus.NEXT_STEP, CanaryStatus.ROLLBACK}:
        return Move(
            CanaryStatus.MIXED, f"{move.message}, and the plan changes more than weights; apply the step separately"
        )
    return move


def next_step(percent: float, steps: Sequence[float]) -> float | None:
    """Return the step after a percentage; None after the last one."""
    return next((step for step in steps if step > percent), None)


def is_at_step(part: Part, step: float, percent: float | None) -> bool:
    """Return whether a percentage is the share that the weights of a step result in."""
    stable, canary = weights(step, part.max_weight)
    return percent is not None and abs(percent - 100 * canary / (stable + canary)) < 1e-9  # noqa: PLR2004


def _part_move(part: Part, steps: Sequence[float], *, is_plan: bool) -> Move:
    if part.after is None:
        return Move(CanaryStatus.REMOVED, "is deleted")
    after = part.after.percent
    if after is None:
        return Move(CanaryStatus.NOT_EVALUATED, _why_unknown(part.after, is_plan=is_plan))
    if not any(is_at_step(part, step, after) for step in steps):
        return Move(CanaryStatus.INVALID_STEP, f"{after:g} % is not one of the steps")
    if not is_plan:
        return Move(CanaryStatus.UNCHANGED, f"at {after:g} %")
    before = part.before.percent if part.before else None
    return _creation(after, steps) if before is None else _change(before, after, steps, promoted=part.promoted)


def _why_unknown(split: Split, *, is_plan: bool) -> str:
    reasons = dict.fromkeys(weight.reason for weight in split.weights if isinstance(weight, Unknown))
    reason = "; ".join(reasons) or "a variant has no weight"
    return reason if is_plan else f"{reason}; check a plan"


def _creation(after: float, steps: Sequence[float]) -> Move:
    if after > steps[1]:
        return Move(CanaryStatus.SKIPPED_STEP, f"is created at {after:g} %; start at {steps[1]:g} % or less")
    return Move(CanaryStatus.NEW, f"is created at {after:g} %")


def _change(before: float, after: float, steps: Sequence[float], *, promoted: bool) -> Move:
    if promoted and (before, after) == (100, 0):
        return Move(CanaryStatus.PROMOTED, "the canary variant becomes the stable variant")
    change = f"{before:g} % -> {after:g} %"
    if after == before:
        return Move(CanaryStatus.UNCHANGED, f"at {after:g} %")
    if after < before:
        return Move(CanaryStatus.ROLLBACK, change)
    expected = next_step(before, steps)
    if expected is not None and after > expected:
        return Move(CanaryStatus.SKIPPED_STEP, f"{change} skips {expected:g} %")
    return Move(CanaryStatus.NEXT_STEP, change)
