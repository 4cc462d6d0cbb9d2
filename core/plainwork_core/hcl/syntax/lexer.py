"""From HCL text to tokens.

The kinds of token are `name`, `number`, `string` (with no interpolation in it), `template`,
`newline`, `end`, and each operator as itself. A template's value is a list of `Part`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.literals import BYTE_ORDER_MARK, normal, unescape
from plainwork_core.hcl.syntax.parts import Insertion, Part, Text, Token, dedent, strip
from plainwork_core.model.conversion import number
from plainwork_core.model.values import Value

_TOKEN = re.compile(
    r"""(?P<blank>[ \t]+)
    |(?P<remark>(?:\#|//)[^\n]*)
    |(?P<newline>\r?\n)
    |(?P<name>(?:[^\W\d]|[^\x00-\x7f])(?:[\w-]|[^\x00-\x7f])*)
    |(?P<string>"[^"\\$%\r\n]*")
    |(?P<operator>\.\.\.|==|!=|<=|>=|&&|\|\||=>|::|~\}|[=.,()\[\]{}:?!>+\-*%]|<(?!<)|/(?![*/]))
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<comment>/\*.*?\*/)
    |(?P<quote>")
    |<<-?(?P<heredoc>[^\W\d][\w-]*)\r?\n""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(r'(?:[^"\\$%\r\n]+|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))+')
_LINE = re.compile(r"(?:[^$%\n]++|\$\$\{|%%\{|[$%](?!\{))*+\n|(?:[^$%\n]++|\$\$\{|%%\{|[$%](?!\{))+")


def lex(text: str) -> list[Token]:
    """Return the tokens of a file or an expression; the last is `end`.

    Raises:
        HclError: an unexpected character, or a string, comment or heredoc that is not closed.
    """
    return _Lexer(text.removeprefix(BYTE_ORDER_MARK), 1).tokens()


def lex_with_remarks(text: str) -> tuple[list[Token], list[tuple[int, str]]]:
    """Return the tokens as `lex` does, and line and text of each comment from `#` or `//` to the end of its line.

    Raises:
        HclError: as for `lex`.
    """
    lexer = _Lexer(text.removeprefix(BYTE_ORDER_MARK), 1)
    return lexer.tokens(), lexer.remarks


def lex_template(text: str, line: int = 1) -> list[Part]:
    """Return the parts of *text*, a template without quotes and without backslash escapes, as in Terraform's JSON.

    Terraform reads it as a heredoc: each line is a separate text, and `~` strips only up to its end.
    """
    return _Lexer(text.removeprefix(BYTE_ORDER_MARK), line).parts(_LINE)


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the kind of each token of a file, and where it begins and ends; a comment is `blank` or `comment`.

    Raises:
        HclError: as for `lex`.
    """
    lexer = _Lexer(text, 1)
    lexer.skip(text.startswith(BYTE_ORDER_MARK))
    yield from lexer.spans()


class _Lexer:
    """A position in a text, and its line."""

    def __init__(self, text: str, line: int) -> None:
        self._text = text
        self._line = line
        self._position = 0
        self.remarks: list[tuple[int, str]] = []

    def tokens(self, *, nested: bool = False) -> list[Token]:
        """Return the tokens up to the end of the text, or to the brace that closes a *nested* insertion."""
        found: list[Token] = []
        depth, opened = 0, self._line
        while match := _TOKEN.match(self._text, self._position):
            kind, value = match.lastgroup, match.group()
            self._position = match.end()
            if kind == "operator":
                depth += (value == "{") - (value[-1] == "}")
                found.append((value, value, self._line))
                if nested and depth < 0:
                    return found
            elif kind != "blank":
                self._add(kind, value, found)
        if self._position < len(self._text):
            raise self._unexpected()
        if nested:
            raise HclError("`${` or `%{` is not closed: expected `}`", opened)
        found.append(("end", "", self._line))
        return found

    def skip(self, characters: int) -> None:
        """Pass *characters*."""
        self._position += characters

    def spans(self) -> Iterator[tuple[str, int, int]]:
        """Yield the kind, the start and the end of each token."""
        while match := _TOKEN.match(self._text, self._position):
            kind, start = match.lastgroup or "", self._position
            self._position = match.end()
            if kind == "quote":
                self.parts(_QUOTED, '"')
            elif kind == "heredoc":
                self._heredoc(match.group().strip())
                yield kind, start, self._position - 1
                kind, start = "newline", self._position - 1
            yield match.group() if kind == "operator" else kind, start, self._position
        if self._position < len(self._text):
            raise self._unexpected()

    def _add(self, kind: str | None, value: str, found: list[Token]) -> None:
        line = self._line
        if kind == "name":
            found.append((kind, _name(value, line), line))
        elif kind == "newline":
            found.append((kind, "", line))
            self._line += 1
        elif kind == "string":
            found.append((kind, normal(value[1:-1]), line))
        elif kind == "number":
            found.append((kind, _number(value, line, found), line))
        elif kind == "remark":
            self.remarks.append((line, value))
        elif kind == "comment":
            self._line += value.count("\n")
        elif kind == "quote":
            found.append(("template", self.parts(_QUOTED, '"'), line))
        else:
            found.append(("template", self._heredoc(value.strip()), line))
            found.append(("newline", "", self._line))
            self._line += 1

    def _unexpected(self) -> HclError:
        rest = self._text[self._position :]
        for start, message in _HINTS:
            if rest.startswith(start):
                return HclError(message, self._line)
        return HclError(f"unexpected character {rest[0]!r}", self._line)

    def parts(self, literal: re.Pattern[str], quote: str = "") -> list[Part]:
        """Return a template's parts up to the closing *quote*, or to the end of the text where there is none."""
        found: list[Part] = []
        opened = self._line
        while True:
            match = literal.match(self._text, self._position)
            if match:
                found.append(self._literal(match, quoted=bool(quote)))
            if self._text.startswith(("${", "%{"), self._position):
                found.append(self._insertion())
            elif quote and self._text.startswith(quote, self._position):
                self._position += 1
                return strip(found)
            elif not quote and self._position == len(self._text):
                return strip(found)
            elif not match:
                raise HclError('the string is not closed on its line: expected `"`', opened)

    def _literal(self, match: re.Match[str], *, quoted: bool) -> Text:
        text, line = match.group(), self._line
        self._position = match.end()
        self._line += text.count("\n")
        return Text(unescape(text, line, quoted=quoted), line)

    def _insertion(self) -> Insertion:
        opener, line = self._text[self._position : self._position + 2], self._line
        self._position += 2
        strip_left = self._text.startswith("~", self._position)
        self._position += strip_left
        tokens = self.tokens(nested=True)
        closer, _, end = tokens[-1]
        tokens[-1] = ("end", closer, end)
        return Insertion(opener, tokens, strip_left, closer == "~}", line)

    def _heredoc(self, opener: str) -> list[Part]:
        found: list[Part] = []
        marker, opened, at_line_start = opener.lstrip("<-"), self._line, True
        self._line += 1
        while not (at_line_start and self._closes(marker)):
            if match := _LINE.match(self._text, self._position):
                found.append(self._literal(match, quoted=False))
                at_line_start = match.group().endswith("\n")
            elif self._text.startswith(("${", "%{"), self._position):
                found.append(self._insertion())
                at_line_start = False
            else:
                raise HclError(f"the heredoc is not closed: expected a line with `{marker}` alone", opened)
        return dedent(strip(found)) if opener.startswith("<<-") else strip(found)

    def _closes(self, marker: str) -> bool:
        """Pass a heredoc's closing line, if the position is at its start."""
        end = self._text.find("\n", self._position)
        if end < 0 or self._text[self._position : end].strip() != marker:
            return False
        self._position = end + 1
        return True


_HINTS = (
    ("/*", "the comment is not closed: expected `*/`"),
    ("<<<<<<<", "the file has an unresolved merge conflict"),
    ("<<", "a heredoc starts with `<<NAME` or `<<-NAME` and a new line"),
    ("'", "unexpected `'`: a string has double quotes"),
    ("&", "unexpected `&`: the operator is `&&`"),
    ("|", "unexpected `|`: the operator is `||`"),
)


def _number(digits: str, line: int, found: list[Token]) -> Value:
    if found and found[-1][0] == "." and not digits.isdigit():
        raise HclError(f"`.{digits}` is not an index; write `[{digits.replace('.', '][')}]`", line)
    return number(digits)


def _name(name: str, line: int) -> str:
    if not name.isascii() and not name.replace("-", "_").isidentifier():
        raise HclError(f"`{name}` is not a name: expected letters, digits, `_` and `-`", line)
    return name
