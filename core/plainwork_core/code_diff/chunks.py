"""The blocks of a file as parts of its text: those that two versions have in common need not be parsed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_START = re.compile(r"[a-z_]+\b[^#/]*\{\s*$")
_NO_SECTION = "Directly in the stack"
_HEREDOC = re.compile(r"<<[-~]?([A-Za-z_][\w-]*)\s*$")
_HEADING = re.compile(rf"#\s+({_NO_SECTION}|\w\S*(?: \w\S*)?(?<![.:!?]))\s*$")
"""A word, or two: the class and the name of a construct. A sentence is a comment on what follows."""
Chunk = tuple[int, int]
"""The first line of a block and the line after its last one, from 0."""


def chunks(lines: Sequence[str]) -> Iterator[Chunk]:
    """Yield the blocks that begin and end at the start of a line, as `terraform fmt` writes them."""
    start: int | None = None
    end_of_text = ""
    for number, line in enumerate(lines):
        if end_of_text:
            end_of_text = "" if line.strip() == end_of_text else end_of_text
        elif start is None:
            if _START.match(line):
                start = number
        elif line.startswith("}"):
            yield start, number + 1
            start = None
        if not end_of_text and "<<" in line and (opened := _HEREDOC.search(line)):
            end_of_text = opened[1]


def without_common(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the texts of two lists of files with empty lines in place of each block that both have."""
    old, new = [text.split("\n") for text in before], [text.split("\n") for text in after]
    common = Counter(_texts(old)) & Counter(_texts(new))
    left, other = Counter(common), Counter(common)
    return [_blanked(lines, left) for lines in old], [_blanked(lines, other) for lines in new]


def _texts(files: Iterable[Sequence[str]]) -> Iterator[str]:
    return ("\n".join(lines[first:last]) for lines in files for first, last in chunks(lines))


def _blanked(lines: Sequence[str], left: Counter[str]) -> str:
    """Return the text without the blocks of *left*, from which they are taken."""
    kept = list(lines)
    for first, last in chunks(lines):
        text = "\n".join(lines[first:last])
        if left[text]:
            left[text] -= 1
            kept[first:last] = [""] * (last - first)
    return "\n".join(kept)


class Sections:
    """The comments between empty lines in *text* that name what follows, as in a rendered stack."""

    def __init__(self, text: str) -> None:
        lines = ["", *text.split("\n"), ""]
        found = [
            (number, heading[1])
            for number in range(1, len(lines) - 1)
            if lines[number].startswith("#")
            and not lines[number - 1].strip()
            and not lines[number + 1].strip()
            and (heading := _HEADING.fullmatch(lines[number]))
        ]
        self._lines = [number for number, _ in found]
        self._names = ["" if name == _NO_SECTION else name for _, name in found]

    def at(self, line: int) -> str:
        """Return the section of *line*; `""` for none."""
        index = bisect_right(self._lines, line)
        return self._names[index - 1] if index else ""
