"""Text in GitHub Flavored Markdown (https://github.github.com/gfm/) that stays the text that it is."""

from __future__ import annotations

import re

from plainwork_core.text import clean

_CODE = re.compile(r"`([^`]+)`")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$:-])")
_NUMBERED = re.compile(r"^(\d+)\.(?= )")
_MENTION = re.compile(r"@(?=\w)")


def inline(text: str) -> str:
    """Return *text* on one line: what is in backticks is code, and no other character has a meaning in Markdown."""
    parts = _CODE.split(clean(text))
    return "".join(code(part) if index % 2 else _escaped(part) for index, part in enumerate(parts))


def code(text: str) -> str:
    """Return *text* as code on one line, between more backticks than it has in a row."""
    one_line = clean(text) or " "
    fence = "`" * (longest_backticks(one_line) + 1)
    blank = " " if one_line.startswith("`") or one_line.endswith("`") else ""
    return f"{fence}{blank}{one_line}{blank}{fence}"


def longest_backticks(text: str) -> int:
    """Return the number of backticks in the longest row of them in *text*."""
    return max(map(len, re.findall("`+", text)), default=0)


def _escaped(text: str) -> str:
    """Return *text* without a character that has a meaning in Markdown, and without a mention."""
    escaped = _NUMBERED.sub(r"\1\\.", _SPECIAL.sub(r"\\\1", text))
    return _MENTION.sub("@\N{ZERO WIDTH SPACE}", escaped)
