"""The order of a block's arguments and nested blocks, and the blank lines between them.

Paragraphs follow HashiCorp's style guide, https://developer.hashicorp.com/terraform/language/style ("Code formatting"):
arguments first, then blocks, with a blank line between, meta-arguments apart from the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.hcl.write.layout import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plainwork_core.hcl.write.kinds import Kind
    from plainwork_core.hcl.write.layout import Row

Blocks = list[list[str]]


def arranged(rows: Mapping[str, Row], nested: Mapping[str, Blocks], kind: Kind) -> list[str]:
    """Return the lines of a block's body.

    Args:
        rows: the arguments by name.
        nested: the lines of each nested block, by the blocks' name.
        kind: the kind of the block, which has the order.
    """
    paragraphs = [*_head(rows, kind), *_middle(rows, nested, kind), *_tail(rows, nested, kind)]
    return [line for paragraph in paragraphs if paragraph for line in ("", *paragraph)][1:]


def _head(rows: Mapping[str, Row], kind: Kind) -> Iterator[list[str]]:
    for names in kind.head:
        yield from _paragraphs(rows[name] for name in names if name in rows)


def _middle(rows: Mapping[str, Row], nested: Mapping[str, Blocks], kind: Kind) -> Iterator[list[str]]:
    placed = {*kind.tail, *(name for names in kind.head for name in names)}
    arguments = [row for name, row in rows.items() if name not in placed]
    yield from [aligned(arguments)] if kind.tight else _paragraphs(arguments)
    yield from (lines for name, blocks in nested.items() if name not in kind.tail for lines in blocks)


def _tail(rows: Mapping[str, Row], nested: Mapping[str, Blocks], kind: Kind) -> Iterator[list[str]]:
    for name in kind.tail:
        yield from nested.get(name, [])
        yield from _paragraphs([rows[name]] if name in rows else [])


def _paragraphs(rows: Iterable[Row]) -> Iterator[list[str]]:
    """Yield neighbors of one line together, and an argument of several lines alone."""
    together: list[Row] = []
    for row in rows:
        if len(row[1]) == 1:
            together.append(row)
            continue
        yield aligned(together)
        yield aligned([row])
        together = []
    yield aligned(together)
