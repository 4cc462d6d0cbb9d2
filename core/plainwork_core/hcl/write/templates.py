"""String templates as text: quoted, or a heredoc for text of several lines.

https://developer.hashicorp.com/terraform/language/expressions/strings describes both forms.
"""

from __future__ import annotations

import re
from itertools import count, pairwise
from typing import TYPE_CHECKING

from plainwork_core.hcl.write.literals import escape, escape_sequences
from plainwork_core.hcl.write.spacing import insertion
from plainwork_core.hcl.write.tree import Heredoc, Inserted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.hcl.write.tree import Piece

_FEWEST_LINES = 2
_SIGNS = re.compile(r"[$%]+\Z")


def quote(pieces: Sequence[Piece]) -> str:
    """Return the quoted template made of *pieces*."""
    return f'"{"".join(_quoted(pieces))}"'


def heredoc(pieces: Sequence[Piece]) -> Heredoc | None:
    """Return the heredoc made of *pieces*, or None where a quoted string is shorter or the value would differ.

    A heredoc always ends with a new line and has no escapes, and `<<-` removes the indentation that all lines share.
    """
    if isinstance(pieces[-1], Inserted) or not pieces[-1].endswith("\n"):
        return None
    if not all(
        isinstance(piece, Inserted) or piece.replace("\n", "").replace("\t", "").isprintable() for piece in pieces
    ):
        return None
    text = "".join(_inserted(piece) if isinstance(piece, Inserted) else escape_sequences(piece) for piece in pieces)
    lines = text.split("\n")[:-1]
    if (
        len(lines) < _FEWEST_LINES
        or not _keeps_indentation(lines)
        or any(_completes_an_escape(*pair) for pair in pairwise(pieces))
    ):
        return None
    return Heredoc(next(marker for marker in _markers() if marker not in map(str.strip, lines)), text, quote(pieces))


def unquoted(pieces: Sequence[Piece]) -> str:
    """Return the template of *pieces* without quotes and backslash escapes: a string of Terraform's JSON syntax."""
    return "".join(_unquoted(piece, following) for piece, following in pairwise([*pieces, ""]))


def _unquoted(piece: Piece, following: Piece) -> str:
    """Return one piece; `$` and `%` at its end become an insertion: before `${` or `%{` they would be an escape."""
    if isinstance(piece, Inserted):
        return _inserted(piece)
    text = escape_sequences(piece)
    return _SIGNS.sub(r'${"\g<0>"}', text) if isinstance(following, Inserted) else text


def _quoted(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece, following in pairwise([*pieces, ""]):
        if isinstance(piece, Inserted):
            yield _inserted(piece)
        elif _completes_an_escape(piece, following):
            yield f"{escape(piece[:-1])}\\u{ord(piece[-1]):04x}"
        else:
            yield escape(piece)


def _completes_an_escape(piece: Piece, following: Piece) -> bool:
    """Return whether `$` and `${` would meet, and together mean a literal `${`."""
    return isinstance(piece, str) and isinstance(following, Inserted) and piece.endswith(following.opener[0])


def _inserted(piece: Inserted) -> str:
    return insertion(piece.opener, piece.expression)


def _keeps_indentation(lines: Sequence[str]) -> bool:
    """Return whether one line begins at the margin, and no line consists of spaces."""
    return any(line and not line[0].isspace() for line in lines) and not any(line.isspace() for line in lines)


def _markers() -> Iterator[str]:
    yield "EOT"
    yield from (f"EOT{number}" for number in count(2))
