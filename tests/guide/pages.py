"""The code blocks of a page of the guide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
DEPLOYED = (("install", "first-stack"), ("environments", "state"))
"""Pages whose commands apply stacks; those of one group are followed in one folder."""

_BLOCK = re.compile(r"(?:<!-- not run: (?P<reason>[^>]+) -->\n)?```(?P<language>[a-z]+)\n(?P<text>.*?)\n```", re.DOTALL)
_FILE = re.compile(r"# (?P<file>[\w./-]+\.(py|json|toml))\n")


@dataclass(frozen=True)
class Block:
    """A code block.

    Attributes:
        language: after the fence.
        text: between the fences, without the line that names a file.
        file: that the block is the content of; None for a snippet.
        reason: why it is not run; None for a block that is.
        line: in the page.
    """

    language: str
    text: str
    file: str | None
    reason: str | None
    line: int


def blocks(page: str) -> list[Block]:
    """Return the code blocks of a page in their order; a table of contents is none."""
    content = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
    return [_block(content, found) for found in _BLOCK.finditer(content)]


def pages() -> list[str]:
    return sorted(path.stem for path in GUIDE.glob("*.md"))


def _block(content: str, found: re.Match[str]) -> Block:
    text = found["text"]
    named = _FILE.match(text)
    line = content.count("\n", 0, found.start()) + 1
    body = text[named.end() :] if named else text
    return Block(found["language"], body, named["file"] if named else None, found["reason"], line)
