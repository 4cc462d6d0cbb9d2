"""What a plan does to a canary, in one word and one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from plainwork.canary.steps import weights
from plainwork_core.model.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwork.canary.splits import Canary, Part, Split


class Verdict(NamedTuple):
    """The word, whether a pipeline may go on, and the sentence."""

    word: str
    is_fine: bool
    sentence: str


def verdict(canary: Canary, steps: Sequence[float], *, is_plan: bool) -> Verdict:
    """Judge what happens to the split.

    Fine are: nothing, the next step up, any way down, a canary that is made at the first step or before it, and one
    that becomes the stable side.
    """
    moves = {_move(part, steps, is_plan=is_plan) for part in canary.parts}
    if len(moves) > 1:
        parts = "; ".join(f"{part.address} {_move(part, steps, is_plan=is_plan).sentence}" for part in canary.parts)
        return Verdict("MIXED", is_fine=False, sentence=f"its records do not go together: {parts}")
    (move,) = moves
    if canary.others and move.word in {"STEP", "BACK"}:
        return Verdict("MIXED", is_fine=False, sentence=f"{move.sentence}, and more than weights: take the step alone")
    return move


def following(percent: float, steps: Sequence[float]) -> float | None:
    """The next step up; None from the last one."""
    return next((step for step in steps if step > percent), None)


def matches(part: Part, step: float, percent: float | None) -> bool:
    """Whether a share is what a step comes to on the part's scale."""
    stable, canary = weights(step, part.most)
    return percent is not None and abs(percent - 100 * int(canary) / (int(stable) + int(canary))) < 1e-9  # noqa: PLR2004


def _move(part: Part, steps: Sequence[float], *, is_plan: bool) -> Verdict:
    if part.after is None:
        return Verdict("REMOVED", is_fine=True, sentence="is removed")
    after = part.after.percent
    if after is None:
        return Verdict("UNKNOWN", is_fine=False, sentence=_why_unknown(part.after, is_plan=is_plan))
    if not any(matches(part, step, after) for step in steps):
        return Verdict("OFF", is_fine=False, sentence=f"{after:g} % is none of the steps")
    if not is_plan:
        return Verdict("STANDS", is_fine=True, sentence=f"at {after:g} %")
    before = part.before.percent if part.before else None
    return _made(after, steps) if before is None else _moved(before, after, steps, promoted=part.promoted)


def _why_unknown(split: Split, *, is_plan: bool) -> str:
    reasons = dict.fromkeys(each.reason for each in split if isinstance(each, Unknown))
    why = "; ".join(reasons) or "a side has no weight of its own"
    return f"not known: {why}{'' if is_plan else '; a plan may know'}"


def _made(after: float, steps: Sequence[float]) -> Verdict:
    if after > steps[1]:
        return Verdict("SKIP", is_fine=False, sentence=f"is made at {after:g} %: begin with {steps[1]:g} % at most")
    return Verdict("NEW", is_fine=True, sentence=f"is made at {after:g} %")


def _moved(before: float, after: float, steps: Sequence[float], *, promoted: bool) -> Verdict:
    if promoted and (before, after) == (100, 0):
        return Verdict("PROMOTED", is_fine=True, sentence="what was the canary becomes the stable side")
    way = f"{before:g} % -> {after:g} %"
    if after == before:
        return Verdict("STAYS", is_fine=True, sentence=f"at {after:g} %")
    if after < before:
        return Verdict("BACK", is_fine=True, sentence=f"{way}, {'the rollback' if after == 0 else 'a way back'}")
    expected = following(before, steps)
    if expected is not None and after > expected:
        return Verdict("SKIP", is_fine=False, sentence=f"{way} leaves out {expected:g} %")
    return Verdict("STEP", is_fine=True, sentence=f"{way}, the next step")
