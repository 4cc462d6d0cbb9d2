"""Python code as a tree, and its text as Ruff formats it: https://docs.astral.sh/ruff/formatter/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import east_asian_width

from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 120
_INDENT = 4
_SUBSCRIPT = re.compile(r"(.+)\[(\"[^\"]*\"|'[^']*')\]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\S*\s*")


@frozen(slots=True)
class Code:
    """Code that is never broken: a name, a number, a reference such as `bucket["arn"]`."""

    text: str


@frozen(slots=True)
class Inserted:
    """A reference in a string: `{bucket['arn']}`; *name* is the variable, *steps* what follows."""

    name: str
    steps: tuple[str, ...]

    def text(self, quote: str) -> str:
        """Return the code, with the keys of *steps* in *quote*."""
        return f"{{{self.name}{''.join(f'[{quote}{key}{quote}]' if key != _VALUE else key for key in self.steps)}}}"


_VALUE = ".reference"


@frozen(slots=True)
class Text:
    """A string; an f-string if a part is inserted."""

    parts: tuple[str | Inserted, ...]


@frozen(slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]


@frozen(slots=True)
class Dictionary:
    """A dict."""

    entries: tuple[tuple[Node, Node], ...]


@frozen(slots=True)
class Call:
    """A call with positional and named arguments."""

    function: str
    positional: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


Node: TypeAlias = Code | Text | Sequence | Dictionary | Call


def string(text: str) -> Text:
    """Return plain text as a node."""
    return Text((text,) if text else ())


def variables(node: Node) -> Iterator[str]:
    """Yield the name that each piece of code in *node* begins with."""
    match node:
        case Code(text):
            yield text.partition("[")[0].partition(".")[0]
        case Text(parts):
            yield from (part.name for part in parts if isinstance(part, Inserted))
        case Sequence(items):
            yield from (name for item in items for name in variables(item))
        case Dictionary(entries):
            yield from (name for entry in entries for member in entry for name in variables(member))
        case Call():
            yield node.function.partition(".")[0]
            yield from (name for _, value in _arguments(node) for name in variables(value))


def one_line(node: Node) -> str:
    """Return *node* on one line."""
    match node:
        case Code(text):
            return text
        case Text(parts):
            return _quoted(parts)
        case Sequence(items):
            return f"[{', '.join(map(one_line, items))}]"
        case Dictionary(entries):
            return f"{{{', '.join(f'{one_line(key)}: {one_line(value)}' for key, value in entries)}}}"
        case Call():
            return f"{node.function}({_flat_arguments(node)})"


def lines(node: Node, indent: int, before: str = "", after: str = "") -> list[str]:
    """Return the lines of *node* at *indent*, between the text *before* and *after* it."""
    flat = f"{before}{one_line(node)}{after}"
    if _fits(flat, indent) or (isinstance(node, Code) and not _SUBSCRIPT.fullmatch(node.text)):
        return [f"{' ' * indent}{flat}"]
    opening, inside, closing = _broken(node, indent + _INDENT)
    return [f"{' ' * indent}{before}{opening}", *inside, f"{' ' * indent}{closing}{after}"]


def _broken(node: Node, indent: int) -> tuple[str, list[str], str]:
    """Return how a node opens, the lines in it at *indent*, and how it closes."""
    match node:
        case Code(text) if found := _SUBSCRIPT.fullmatch(text):
            return f"{found[1]}[", [f"{' ' * indent}{found[2]}"], "]"
        case Text(parts):
            return "(", _text_lines(parts, indent), ")"
        case Sequence(items):
            return "[", [line for item in items for line in lines(item, indent, after=",")], "]"
        case Dictionary(entries):
            return (
                "{",
                [line for key, value in entries for line in lines(value, indent, f"{one_line(key)}: ", ",")],
                "}",
            )
        case Call():
            return f"{node.function}(", _call_lines(node, indent), ")"
    return "", [], ""


def _call_lines(call: Call, indent: int) -> list[str]:
    """Return the arguments on one line if they fit, and otherwise a line for each, which ends with a comma."""
    flat = _flat_arguments(call)
    if _fits(flat, indent):
        return [f"{' ' * indent}{flat}"]
    return [line for name, value in _arguments(call) for line in lines(value, indent, name, ",")]


def _flat_arguments(call: Call) -> str:
    return ", ".join(f"{name}{one_line(value)}" for name, value in _arguments(call))


def _arguments(call: Call) -> list[tuple[str, Node]]:
    """Return the text before each argument, and the argument."""
    return [
        *(("", value) for value in call.positional),
        *((name if name == "**" else f"{name}=", value) for name, value in call.named),
    ]


def _text_lines(parts: tuple[str | Inserted, ...], indent: int) -> list[str]:
    flat = _quoted(parts)
    pieces = [flat] if _fits(flat, indent) else [_quoted(piece) for piece in _pieces(parts, WIDTH - indent)]
    return [f"{' ' * indent}{piece}" for piece in pieces]


def _pieces(parts: tuple[str | Inserted, ...], width: int) -> list[tuple[str | Inserted, ...]]:
    """Return a string in pieces: a piece for each line of it, and for each part of a line that fits into *width*."""
    pieces: list[list[str | Inserted]] = [[]]
    for part in parts:
        for word in [part] if isinstance(part, Inserted) else _words(part, width):
            extended = (*pieces[-1], word)
            if pieces[-1] and (_ends_line(pieces[-1]) or not _fits(_quoted(extended), WIDTH - width)):
                pieces.append([])
            pieces[-1].append(word)
    return [tuple(piece) for piece in pieces if piece]


def _words(text: str, width: int) -> list[str]:
    """Return the words of each line, with the space after them; a word that does not fit is cut."""
    words = [word for line in _LINES.findall(text) for word in _WORDS.findall(line) if word]
    most = max(width - len('f""'), 1) // 10  # escapes of one character have up to ten
    return [part for word in words for part in ([word] if _width(_quoted((word,))) <= width else _cut(word, most))]


def _cut(word: str, most: int) -> list[str]:
    return [word[start : start + most] for start in range(0, len(word), most)]


def _ends_line(piece: list[str | Inserted]) -> bool:
    return isinstance(piece[-1], str) and piece[-1].endswith("\n")


def _quoted(parts: tuple[str | Inserted, ...]) -> str:
    text = "".join(part for part in parts if isinstance(part, str))
    quote, other = ("'", '"') if text.count('"') > text.count("'") else ('"', "'")
    is_formatted = any(isinstance(part, Inserted) for part in parts)
    inside = (
        part.text(other) if isinstance(part, Inserted) else _escaped(part, quote, is_formatted=is_formatted)
        for part in parts
    )
    return f"{'f' if is_formatted else ''}{quote}{''.join(inside)}{quote}"


_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_BYTE, _PLANE = 0xFF, 0xFFFF


def _escaped(text: str, quote: str, *, is_formatted: bool) -> str:
    if is_formatted:
        text = text.replace("{", "{{").replace("}", "}}")
    return "".join(f"\\{quote}" if character == quote else _character(character) for character in text)


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= _BYTE else f"\\u{code:04x}" if code <= _PLANE else f"\\U{code:08x}"


def _fits(text: str, indent: int) -> bool:
    return indent + _width(text) <= WIDTH


def _width(text: str) -> int:
    """Return the columns of a text: those of East Asia are two wide."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
