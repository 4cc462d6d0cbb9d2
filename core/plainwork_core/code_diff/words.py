"""Words that all forms of a diff have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from plainwork_core.aws import replacing_arguments
from plainwork_core.code_diff.model import BlockChange, CodeChange, CodeDiff, Verb
from plainwork_core.text import count, listed

_COUNTED: Mapping[Verb, str] = {
    "replace": "replaced",
    "delete": "removed",
    "forget": "forgotten",
    "update": "changed",
    "create": "added",
    "none": "renamed",
}


def counted(changes: Iterable[BlockChange]) -> str:
    """Return the numbers of blocks by what happens to them: `1 replaced, 2 added`."""
    numbers = Counter(change.verb for change in changes)
    return ", ".join(f"{numbers[verb]:,} {word}" for verb, word in _COUNTED.items() if numbers[verb])


def headline(found: CodeDiff) -> str:
    """Return what differs, in one sentence."""
    between = f"{found.before} and {found.after}"
    if not found.parts:
        return f"No difference between {between}"
    if not found.changes:
        return f"No difference in meaning between {between}: only comments, layout, order and spelling differ"
    return f"{between}: {counted(found.changes)} in {count(len(found.parts), 'module')}"


def summary(found: CodeDiff) -> str:
    """Return which resources the change replaces, or that it replaces none that is known."""
    replaced = [change.address for change in found.changes if change.verb == "replace"]
    return f"Replaces {listed('block', replaced)}" if replaced else "No argument is known to force a replacement"


def without_meaning(part: CodeChange) -> str:
    """Return that the texts of *part* differ, and nothing else."""
    return f"{part.name}: only comments, layout, order and spelling differ"


def notes(changes: Iterable[BlockChange]) -> tuple[str, ...]:
    """Return what is not known about *changes*, and where the rest is from."""
    updated = [change for change in changes if change.kind == "resource" and change.verb in ("update", "replace")]
    lines = [line for change in updated for line in change.lines]
    unknown = sorted({change.type for change in updated if not replacing_arguments.knows(change.type)})
    found = []
    if any(line.forces or line.note.startswith("may ") for line in lines):
        found.append(f"Arguments that force a replacement are those of {replacing_arguments.source()}.")
    if unknown:
        found.append(f"Not known which arguments force a replacement of {listed('type', unknown)}.")
    return tuple(found)
