"""The canaries for people: what happens, which alarm to watch, and every step."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from rich.text import Text

from plainwork.canary.steps import weights
from plainwork.canary.verdict import following, matches
from plainwork_core.terminal import clean, console, grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork.canary.splits import Canary, Part, Split
    from plainwork.canary.verdict import Verdict

_STYLES = {"BACK": "bold yellow", "UNKNOWN": "bold blue"}


def write(found: Sequence[tuple[str, Canary, Verdict]], steps: Sequence[float], stream: IO[str]) -> None:
    """Write what was found, each canary under the file that it is in."""
    with console(stream) as out:
        previous = None
        for source, canary, verdict in found:
            if source != previous:
                out.print(Text(clean(source), "bold underline"), end="\n\n")
            previous = source
            out.print(grid(_lines(canary, verdict, steps)))


def _lines(canary: Canary, verdict: Verdict, steps: Sequence[float]) -> Iterator[tuple[Text, Text]]:
    style = _STYLES.get(verdict.word, "bold green" if verdict.is_fine else "bold red")
    yield Text(verdict.word, style), Text.assemble((clean(canary.name), "bold"), f"  {clean(verdict.sentence)}")
    for part in canary.parts:
        yield Text(), Text(f"{clean(part.address)}: {_weights(part)}")
    for other in canary.others:
        yield Text("also", "yellow"), Text(clean(other))
    if canary.gate:
        name, address = map(clean, canary.gate)
        yield Text("watch", "cyan"), Text(f"{name}  {address}: take a step only while it is OK")
    else:
        yield Text("watch", "yellow"), Text("no alarm: make one with gate(...), or watch both sides yourself")
    yield from _steps(canary.parts[0], steps, is_plan=verdict.word != "STANDS")


def _weights(part: Part) -> str:
    sides = [
        f"{side} {_way(getattr(part.before, side, None), getattr(part.after, side, None))}"
        for side in ("stable", "canary")
    ]
    return ", ".join(sides)


def _way(before: object, after: object) -> str:
    old, new = (clean(str(each)) if isinstance(each, int | float) else None for each in (before, after))
    if old is None or old == new:
        return new or "not known"
    return f"{old} -> {new or 'gone'}"


def _steps(part: Part, steps: Sequence[float], *, is_plan: bool) -> Iterator[tuple[Text, Text]]:
    now = _percent(part.before if is_plan else part.after)
    planned = _percent(part.after) if is_plan and part.after != part.before else None
    after = following(now, steps) if now is not None and planned is None else None
    for step in steps:
        stable, canary = weights(step, part.most)
        notes = [
            *(["now"] if matches(part, step, now) else []),
            *(["this plan"] if matches(part, step, planned) else []),
            *(["next"] if step == after else []),
            *(["everything on the stable side: the rollback"] if step == 0 else []),
            *(["the stable side gets nothing"] if step == steps[-1] else []),
        ]
        label = Text("steps" if step == steps[0] else "", "dim")
        yield label, Text(f"{step:>5g} %  stable {stable:>3}  canary {canary:>3}  {', '.join(notes)}".rstrip())


def _percent(split: Split | None) -> float | None:
    return split.percent if split else None
