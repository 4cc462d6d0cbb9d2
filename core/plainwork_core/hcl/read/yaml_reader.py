"""YAML as Terraform's `yamldecode` reads it: blocks, flow collections, strings and comments.

See https://developer.hashicorp.com/terraform/language/functions/yamldecode. Not evaluated are anchors, tags, several
documents, times, and strings over several lines that are not blocks.
"""

from __future__ import annotations

import re
from itertools import pairwise

from plainwork_core.hcl.read.errors import Unsupported
from plainwork_core.hcl.read.yaml_flow import read_flow
from plainwork_core.hcl.read.yaml_scalars import QUOTED, key_of, plain, unquoted
from plainwork_core.model.values import Value

_KEY = re.compile(
    rf"(?P<quoted>{QUOTED})\s*:(?:\s+(?P<after>.*))?|"
    r"(?P<plain>[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:(?!:\s|:$|\s#).)*?)\s*:(?:\s+(?P<rest>.*))?"
)
_START = re.compile(r"---\s*(?:\s#.*)?")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_BLOCK = re.compile(r"([|>])([-+]?)(?:\s+#.*)?")
_MOST_LINES = 10_000


def read_yaml(text: str) -> Value:
    """Return the value of *text*.

    Raises:
        Unsupported: it is not YAML, or more than is evaluated.
    """
    if "\t" in text or text.startswith("\ufeff"):
        raise Unsupported("on YAML with tabs, or with a byte order mark")
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > _MOST_LINES:
        raise Unsupported(f"beyond {_MOST_LINES:,} lines")
    return _Reader(lines).document()


class _Reader:
    """The lines of a document, and the position of the next one."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._position = 0

    def document(self) -> Value:
        if self._next() is not None and _START.fullmatch(self._lines[self._position]):
            self._position += 1
        if self._next() is None:
            raise Unsupported("on an empty document")
        value = self._node(0)
        if self._next() is not None:
            self._fail()
        return value

    def _fail(self) -> None:
        raise Unsupported(f"on line {self._position + 1} of the YAML")

    def _next(self) -> int | None:
        """Skip blank lines and comments, and return the indentation of the next line; `None` at the end."""
        while self._position < len(self._lines):
            line = self._lines[self._position]
            content = line.lstrip(" ")
            if content and not content.startswith("#"):
                return len(line) - len(content)
            self._position += 1
        return None

    def _content(self) -> str:
        line = self._lines[self._position]
        if line.startswith(("---", "...", "%")):
            self._fail()
        return line.strip(" ")

    def _node(self, least: int) -> Value:
        """Return the block at the next line, if that has at least this indentation; null otherwise."""
        indent = self._next()
        if indent is None or indent < least:
            return None
        content = self._content()
        if content == "-" or content.startswith("- "):
            return self._sequence(indent)
        if _KEY.fullmatch(content):
            return self._mapping(indent)
        self._position += 1
        return self._inline(content, least - 1)

    def _mapping(self, indent: int) -> Value:
        members: dict[str, Value] = {}
        while self._next() == indent:
            match = _KEY.fullmatch(self._content())
            if not match:
                self._fail()
                break
            key = unquoted(match["quoted"]) if match["quoted"] else key_of(match["plain"])
            rest = match["after"] if match["quoted"] else match["rest"]
            self._position += 1
            members[key] = self._value(rest or "", indent, is_member=True)
        return dict(sorted(members.items()))

    def _sequence(self, indent: int) -> Value:
        items: list[Value] = []
        while self._next() == indent:
            content = self._content()
            if content != "-" and not content.startswith("- "):
                break
            rest = content[1:].lstrip(" ")
            if rest.startswith("- ") or rest == "-" or _KEY.fullmatch(rest):
                column = indent + len(content) - len(rest)
                self._lines[self._position] = " " * column + rest
                items.append(self._node(column))
            else:
                self._position += 1
                items.append(self._value(rest, indent, is_member=False))
        return items

    def _value(self, rest: str, indent: int, *, is_member: bool) -> Value:
        """Return the value after `key:` or `-`, of which *rest* is on the same line."""
        if not _COMMENT.sub("", rest):
            following = self._next()
            is_list = following == indent and self._lines[self._position].lstrip(" ").startswith("- ")
            return self._sequence(indent) if is_member and is_list else self._node(indent + 1)
        if rest[0] in "|>":
            return self._block(rest, indent)
        return self._inline(rest, indent)

    def _inline(self, text: str, indent: int) -> Value:
        """Return the value of *text*, which may go on in lines with more indentation only in a flow collection."""
        if text[0] in "[{":
            return self._flow(text)
        quoted = re.fullmatch(rf"({QUOTED})\s*(?:\s#.*)?", text)
        following = self._next()
        if following is not None and following > indent:
            self._fail()
        return unquoted(quoted[1]) if quoted else plain(_COMMENT.sub("", text).rstrip())

    def _block(self, header: str, indent: int) -> str:
        match = _BLOCK.fullmatch(header)
        first = self._lines[self._position] if self._position < len(self._lines) else ""
        column = len(first) - len(first.lstrip(" "))
        if not match or not first.strip() or column <= indent:
            self._fail()
            return ""
        lines: list[str] = []
        while self._position < len(self._lines) and self._is_of_block(column):
            lines.append(self._lines[self._position][column:])
            self._position += 1
        style, chomping = match.groups()
        if self._position == len(self._lines) and lines[-1]:
            chomping = "-"  # the text does not end with a new line
        elif self._position == len(self._lines):
            lines.pop()  # what follows the last new line
        return _joined(lines, style, chomping)

    def _is_of_block(self, column: int) -> bool:
        line = self._lines[self._position]
        if line.strip():
            return line.startswith(" " * column)
        if len(line) > column:
            self._fail()
        return True

    def _flow(self, text: str) -> Value:
        while (found := read_flow(text)) is None:
            if self._next() is None:
                self._fail()
            text = f"{text} {self._content()}"
            self._position += 1
        return found


def _joined(lines: list[str], style: str, chomping: str) -> str:
    content = len(lines)
    while not lines[content - 1]:
        content -= 1
    kept, blank = lines[:content], len(lines) - content
    text = kept[0]
    for before, line in pairwise(kept):
        if style == ">" and (line.startswith(" ") or before.startswith(" ")):
            raise Unsupported("on a folded block with indentation")
        text += f"\n{line}" if style == "|" or not line else line if not before else f" {line}"
    return text + {"": "\n", "-": "", "+": "\n" * (blank + 1)}[chomping]
