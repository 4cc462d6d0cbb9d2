"""The page on the language lists each newer part with its versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plainwork_core.hcl.definitions import NEVER, Since
from plainwork_core.hcl.language import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork_core.hcl.definitions import Block

PAGE = Path(__file__).parents[1] / "docs" / "language.md"


def newer(name: str, block: Block) -> Iterator[tuple[str, Since]]:
    if block.since:
        yield name, block.since
    for argument_name, argument in block.arguments.items():
        yield from ((argument_name, since) for since in (argument.since, argument.expression) if since)
        yield from argument.values.items()
    for inner_name, inner in block.blocks.items():
        if inner_name not in ("dynamic", "content"):
            yield from newer(inner_name, inner)


PARTS = sorted(
    {
        (name, since.terraform or "no", since.opentofu or "no")
        for top, block in LANGUAGE.items()
        for name, since in newer(top, block)
        if since != NEVER
    }
)


@pytest.mark.parametrize(("name", "terraform", "opentofu"), PARTS)
def test_the_page_has_a_row_for_each_newer_part(name: str, terraform: str, opentofu: str) -> None:
    rows = (line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    assert any(f"`{name}`" in row[0] and row[1:3] == [terraform, opentofu] for row in rows)
