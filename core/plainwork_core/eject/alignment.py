"""The column of `=` in a block, as `terraform fmt` has it."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.hcl.syntax.outline import Entry, outline


def aligned_at(text: str, positions: Iterable[int]) -> str:
    """Return *text* with the arguments of the blocks around *positions* aligned.

    Neighbors of one line have their `=` in one column; an argument of several lines has one space before it.
    """
    file = outline(text)
    blocks = {block.open: block for position in positions for block in [next(file.innermost(position))]}
    groups = [group for block in blocks.values() for group in _groups(text, block.entries)]
    widths = [(entry, max(len(one.name) for one in group)) for group in groups for entry in group]
    for entry, width in sorted(widths, key=lambda pair: pair[0].start, reverse=True):
        text = f"{text[: entry.name_end]}{'':{width - len(entry.name)}} = {text[entry.value_start :]}"
    return text


def _groups(text: str, entries: tuple[Entry, ...]) -> list[list[Entry]]:
    groups: list[list[Entry]] = []
    previous: Entry | None = None
    for entry in entries:
        is_next = previous is not None and text.count("\n", previous.end, entry.start) == 1
        is_one_line = "\n" not in text[entry.start : entry.end]
        if previous is not None and is_next and is_one_line and "\n" not in text[previous.start : previous.end]:
            groups[-1].append(entry)
        else:
            groups.append([entry])
        previous = entry
    return groups
