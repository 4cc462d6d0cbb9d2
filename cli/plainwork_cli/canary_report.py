"""The text report of `plainwork canary`: the move of each canary, its alarm, and its steps."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

from rich.text import Text

from plainwork_core.canary.moves import CanaryStatus, is_at_step, next_step
from plainwork_core.canary.splits import Split
from plainwork_core.canary.steps import weights
from plainwork_core.terminal import console, grid
from plainwork_core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.canary.moves import Move
    from plainwork_core.canary.splits import Canary, Part

_STYLES = {CanaryStatus.ROLLBACK: "bold yellow", CanaryStatus.NOT_EVALUATED: "bold blue"}
_LABEL_WIDTH = max(map(len, CanaryStatus))


class ReportedCanary(NamedTuple):
    """One canary of the report.

    Attributes:
        source: the input that contains the canary.
        is_plan: whether the input is a plan.
        canary: the canary.
        move: what the input does to the canary.
    """

    source: str
    is_plan: bool
    canary: Canary
    move: Move


def write(entries: Sequence[ReportedCanary], steps: Sequence[float], stream: IO[str]) -> None:
    """Write the canaries, grouped by input."""
    with console(stream) as out:
        previous = None
        for entry in entries:
            if entry.source != previous:
                out.print(Text(clean(entry.source), "bold underline"), end="\n\n")
            previous = entry.source
            out.print(grid(_lines(entry, steps), label_width=_LABEL_WIDTH))


def _lines(entry: ReportedCanary, steps: Sequence[float]) -> Iterator[tuple[Text, Text]]:
    canary, move = entry.canary, entry.move
    style = _STYLES.get(move.status, "bold green" if move.is_ok else "bold red")
    yield Text(move.status, style), Text.assemble((clean(canary.name), "bold"), f"  {clean(move.message)}")
    for part in canary.parts:
        yield Text(), Text(f"{clean(part.address)}: {_weight_changes(part)}")
    for change in canary.other_changes:
        yield Text("also", "yellow"), Text(clean(change))
    if canary.gate:
        name, address = map(clean, canary.gate)
        yield Text("alarm", "cyan"), Text(f"{name}  {address}: take the next step only while it is OK")
    else:
        yield Text("alarm", "yellow"), Text("none; add one with gate(...), or monitor both variants yourself")
    yield from _steps(canary.parts[0], steps, is_plan=entry.is_plan)


def _weight_changes(part: Part) -> str:
    return ", ".join(
        f"{variant} {_weight_change(getattr(part.before, variant, None), getattr(part.after, variant, None))}"
        for variant in ("stable", "canary")
    )


def _weight_change(before: object, after: object) -> str:
    old, new = (clean(str(weight)) if isinstance(weight, int | float) else None for weight in (before, after))
    if old is None or old == new:
        return new or "unknown"
    return f"{old} -> {new or 'deleted'}"


def _steps(part: Part, steps: Sequence[float], *, is_plan: bool) -> Iterator[tuple[Text, Text]]:
    current = _percent(part.before if is_plan else part.after)
    planned = _percent(part.after) if is_plan and part.after != part.before else None
    following = next_step(current, steps) if current is not None and planned is None else None
    is_one = not (part.after or part.before or Split(None, None)).others
    for step in steps:
        stable, canary = weights(step, part.max_weight)
        shares = f"stable {stable:>3}  canary {canary:>3}" if is_one else f"canary {canary:>3}"
        notes = [
            *(["current"] if is_at_step(part, step, current) else []),
            *(["this plan"] if is_at_step(part, step, planned) else []),
            *(["next"] if step == following else []),
            *(
                [f"rollback: {'all traffic to the stable' if is_one else 'no traffic to this'} variant"]
                if step == 0
                else []
            ),
            *(["no traffic to the stable variant"] if step == steps[-1] else []),
        ]
        label = Text("steps" if step == steps[0] else "", "dim")
        yield label, Text(f"{step:>5g} %  {shares}  {', '.join(notes)}".rstrip())


def _percent(split: Split | None) -> float | None:
    return split.percent if split else None
