"""The outline of a file has the blocks, arguments and members that the parser finds, with their places in the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork_core.hcl.syntax.nodes import Body
from plainwork_core.hcl.syntax.outline import BlockOutline, Entry, members, outline
from plainwork_core.hcl.syntax.parser import parse, parse_value

ROOT = Path(__file__).parents[2]
FAMILIES = sorted((ROOT / "examples" / "policies").iterdir())


def names(block: BlockOutline) -> tuple[list[str], list[tuple[str, object]]]:
    return [entry.name for entry in block.entries], [(inner.type, names(inner)) for inner in block.blocks]


def parsed(body: Body) -> tuple[list[str], list[tuple[str, object]]]:
    return [attribute.name for attribute in body.attributes], [
        (inner.type, parsed(inner.body)) for inner in body.blocks
    ]


def entries(block: BlockOutline) -> Iterator[Entry]:
    yield from block.entries
    for inner in block.blocks:
        yield from entries(inner)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_outline_of_each_example_is_that_of_the_parser(family: Path) -> None:
    for file in family.rglob("*.tf"):
        text = file.read_text()
        found = outline(text)
        assert names(found) == parsed(parse(text)), file
        for entry in entries(found):
            assert text[entry.start : entry.name_end] == entry.name
            parse_value(f"{text[entry.value_start : entry.end]}\n")
            for member in members(text, entry.value_start, entry.end):
                parse_value(f"{text[member.value_start : member.end]}\n")


def test_a_heredoc_ends_before_the_end_of_its_line() -> None:
    text = 'a = <<-EOT\n  b = "${c}"\n  EOT\nd = 1\n'
    first, second = outline(text).entries
    assert text[first.value_start : first.end].endswith("EOT")
    assert text[second.start : second.end] == "d = 1"


def test_members_have_the_number_of_brackets_around_them() -> None:
    text = 'a = merge({ b = "}" }, [{ "c" : { d = 1 } }])'
    (entry,) = outline(text).entries
    assert [(member.name, member.depth) for member in members(text, entry.value_start, entry.end)] == [
        ("b", 2),
        ("c", 3),
        ("d", 4),
    ]


def test_the_innermost_block_comes_first() -> None:
    text = "a {\n  b {\n    c = 1\n  }\n}\n"
    assert [block.type for block in outline(text).innermost(text.index("c"))] == ["b", "a", ""]
